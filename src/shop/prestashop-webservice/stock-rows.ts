import type { Row } from '../../db/read-rows.js';
import type { ShopIdentity } from '../prestashop-database/shop-identity.js';
import { type ListRequest, readList, readProvenPage } from './list-records.js';
import type { WebserviceClient } from './webservice-client.js';
import type { WebserviceRecord } from './webservice-record.js';

/** The request for stock rows; which products' is added by filters. The Webservice lists those of all shops, whatever shop is asked. */
export function stockRequest(shopId: number): ListRequest {
  return {
    resource: 'stock_availables',
    shopId,
    display: ['id_product', 'id_product_attribute', 'id_shop', 'id_shop_group', 'quantity', 'out_of_stock'],
  };
}

/**
 * Reads the stock rows that count for one shop context.
 *
 * Which ones do is decided here, not by filters of the server: one that it did not understand would make every stock 0.
 *
 * @param productFilters of `id_product`, one call and more for each
 * @returns rows as `readStock` of the database gives them: product, combination, quantity, out_of_stock; in that order
 */
export async function readStockRows(
  client: WebserviceClient,
  shop: ShopIdentity,
  productFilters: readonly string[],
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const id_product of productFilters) {
    const request = { ...stockRequest(shop.shopId), filters: { id_product } };
    const records = await readList(client, request, readProvenPage);
    rows.push(...records.filter((record) => stockRowCounts(record, shop)).map(stockRowOf));
  }
  return rows.sort(byKey);
}

/** Whether a stock row is the one that counts: the group's when it shares stock, else the shop's own. */
export function stockRowCounts(
  record: WebserviceRecord,
  shop: Pick<ShopIdentity, 'shopId' | 'shopGroupId' | 'sharesStock'>,
): boolean {
  const shopId = record.integer('id_shop');
  const groupId = record.integer('id_shop_group');
  return shop.sharesStock ? shopId === 0 && groupId === shop.shopGroupId : shopId === shop.shopId && groupId === 0;
}

/** One row of an answer to `stockRequest`. */
export function stockRowOf(record: WebserviceRecord): Row {
  return [
    record.quantity('id_product'),
    record.quantity('id_product_attribute'),
    record.quantity('quantity'),
    record.integer('out_of_stock'),
  ];
}

function byKey(a: Row, b: Row): number {
  return Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1]);
}
