import type { Row } from '../../db/read-rows.js';
import type { BatchReading } from './batch-reading.js';
import { integerOf } from './read-cell.js';
import type { TableRead } from './read-tables.js';
import { RowCursor } from './row-cursor.js';
import { stockRowRule } from './stock-reader.js';

/** By ps_product_shop.pack_stock_type and PS_PACK_STOCK_TYPE: which stock limits a pack. */
export const PACK_STOCK = { own: 0, components: 1, both: 2, shopDefault: 3 } as const;

/** Reads the components of the batch's packs with their stock in this shop: pack, needed in one pack, in stock. */
export function readPackComponents({ table, shop, products }: BatchReading): TableRead<RowCursor> {
  return {
    sql: `SELECT k.id_product_pack AS pack, k.quantity AS needed, s.quantity AS stock FROM ${table('pack')} k
     LEFT JOIN ${table('stock_available')} s ON s.id_product = k.id_product_item
       AND s.id_product_attribute = k.id_product_attribute_item AND ${stockRowRule(shop, 's')}
     WHERE ${products.where('k.id_product_pack')} ORDER BY k.id_product_pack`,
    of: (rows) => new RowCursor(rows),
  };
}

/**
 * How many packs can be sold.
 *
 * @param stockType of the pack, the shop's default already put in
 * @param ownQuantity of the pack's own stock row
 * @param components rows of `readPackComponents` of this pack
 * @source PrestaShop classes/Pack.php (measured facts, section 5)
 */
export function packQuantity(stockType: number, ownQuantity: number, components: readonly Row[]): number {
  if (components.length === 0 || (stockType !== PACK_STOCK.components && stockType !== PACK_STOCK.both))
    return ownQuantity;
  const possible = Math.min(...components.map((row) => Math.floor(integerOf(row[2]) / Math.max(integerOf(row[1]), 1))));
  return stockType === PACK_STOCK.both ? Math.min(possible, ownQuantity) : possible;
}
