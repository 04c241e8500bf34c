import type { Row } from '../../db/read-rows.js';
import type { BatchReading } from './batch-reading.js';
import { whereInExtent } from './key-extent.js';
import type { ProductRange } from './product-range.js';
import { integerOf } from './read-cell.js';
import type { TableRead } from './read-tables.js';
import { RowCursor } from './row-cursor.js';
import type { ShopIdentity, ShopReading } from './shop-identity.js';
import { sortRows } from './sort-rows.js';

/** Rows of `readStock`: product, combination, quantity (may be negative), out_of_stock. */
export const STOCK = { product: 0, combination: 1, quantity: 2, outOfStock: 3 } as const;

/**
 * Which stock rows count: the group's when it shares stock, else the shop's own; rows of the other form are stale.
 *
 * @param alias of the stock table in the statement
 * @source PrestaShop classes/stock/StockAvailable.php (measured facts, section 5)
 */
export function stockRowRule(shop: ShopIdentity, alias: string): string {
  return shop.sharesStock
    ? `${alias}.id_shop = 0 AND ${alias}.id_shop_group = ${shop.shopGroupId}`
    : `${alias}.id_shop = ${shop.shopId} AND ${alias}.id_shop_group = 0`;
}

const SELECT = `SELECT s.id_product AS product, s.id_product_attribute AS combination, s.quantity AS quantity,
  s.out_of_stock AS out_of_stock`;

/** Reads the stock rows of the batch's products, as a cursor in product and combination order. */
export function readStock({ table, shop, products, extents }: BatchReading): TableRead<RowCursor> {
  return {
    sql: `${SELECT} FROM ${table('stock_available')} s
     WHERE ${whereInExtent(extents.stock, products, COLUMNS)} AND ${stockRowRule(shop, 's')}`,
    of: (rows) => new RowCursor(sortRows(rows, [STOCK.product, STOCK.combination])),
  };
}

/** Reads the stock rows of a range of products as they are. */
export function readStockRows(
  { table }: ShopReading,
  shop: ShopIdentity,
  range: ProductRange,
): TableRead<readonly Row[]> {
  return {
    sql: `${SELECT} FROM ${table('stock_available')} s WHERE ${range.where('s.id_product')} AND ${stockRowRule(shop, 's')}`,
    of: (rows) => rows,
  };
}

const COLUMNS = { column: 's.id_stock_available', product: 's.id_product' } as const;

const ACCEPT = 1;
const USE_DEFAULT = 2;

/**
 * Whether a product's orders are accepted at stock 0. Only the row of the product itself counts; combination rows carry
 * stale values.
 *
 * @param productRow the stock row of combination 0, undefined when missing
 * @param shopDefault what PS_ORDER_OUT_OF_STOCK says
 */
export function sellsWhenOut(productRow: Row | undefined, shopDefault: boolean): boolean {
  const choice = productRow === undefined ? USE_DEFAULT : integerOf(productRow[STOCK.outOfStock]);
  return choice === USE_DEFAULT ? shopDefault : choice === ACCEPT;
}
