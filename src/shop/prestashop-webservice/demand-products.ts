import type { ShopGround } from '../prestashop-database/shop-ground.js';
import type { WebserviceReading } from './ground-reader.js';
import { readPage } from './list-records.js';
import { stockRequest, stockRowCounts } from './stock-rows.js';
import { WebserviceShopEmpty } from './webservice-errors.js';

/**
 * Looks into a list of products that came back empty: a key that no longer sees the shop's products must not pass for a shop that
 * has sold everything. Deleting a product removes its stock rows, which the Webservice shows whatever shop is asked.
 *
 * @throws WebserviceShopEmpty when the shop context lists no product at all and still has stock rows
 */
export async function demandProducts(
  { client, shopId }: Pick<WebserviceReading, 'client' | 'shopId'>,
  { identity }: Pick<ShopGround, 'identity'>,
): Promise<void> {
  const [product] = await readPage(client, { resource: 'products', shopId, display: [] }, { after: 0, limit: 1 });
  if (product !== undefined) return;
  const own = identity.sharesStock ? { id_shop_group: `[${identity.shopGroupId}]` } : { id_shop: `[${shopId}]` };
  const stock = await readPage(client, { ...stockRequest(shopId), filters: own }, { after: 0 });
  if (stock.some((row) => stockRowCounts(row, identity)))
    throw new WebserviceShopEmpty({ where: client.address.where, shopId });
}
