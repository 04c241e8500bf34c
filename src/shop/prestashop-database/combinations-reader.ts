import type { Row } from '../../db/read-rows.js';
import type { BatchReading } from './batch-reading.js';
import { whereInExtent } from './key-extent.js';
import { integerOf } from './read-cell.js';
import type { TableRead } from './read-tables.js';
import { RowCursor } from './row-cursor.js';
import { sortRows } from './sort-rows.js';

/** Rows of ps_product_attribute: product, combination, reference, ean13, upc, mpn. */
export const COMBINATION = { product: 0, id: 1, reference: 2, ean13: 3, upc: 4, mpn: 5 } as const;

/** Rows of ps_product_attribute_shop: combination, price impact, ecotax, cost, minimal quantity, date. */
export const COMBINATION_SHOP = {
  id: 0,
  price: 1,
  ecotax: 2,
  wholesalePrice: 3,
  minimalQuantity: 4,
  availableDate: 5,
} as const;

/** Reads the combinations of the batch's products, whatever shop they are in: a cursor in product and combination order. */
export function readCombinations({ table, columns, products, extents }: BatchReading): TableRead<RowCursor> {
  return {
    sql: `SELECT id_product, id_product_attribute, reference, ean13, upc,
        ${columns.sql('product_attribute.mpn')} AS mpn FROM ${table('product_attribute')}
      WHERE ${whereInExtent(extents.combinations, products, KEYS)}`,
    of: (rows) => new RowCursor(sortRows(rows, [COMBINATION.product, COMBINATION.id])),
  };
}

/** Reads this shop's own rows of the combinations, by combination. */
export function readCombinationShops({
  table,
  columns,
  shop,
  products,
  extents,
}: BatchReading): TableRead<CombinationShops> {
  return {
    sql: `SELECT id_product_attribute, price, ${columns.sql('product_attribute_shop.ecotax')} AS ecotax, wholesale_price,
        minimal_quantity, available_date
      FROM ${table('product_attribute_shop')}
      WHERE ${whereInExtent(extents.combinations, products, KEYS)} AND id_shop = ${shop.shopId}`,
    of: (rows) => {
      const byCombination = new Map<number, Row>();
      for (const row of rows) byCombination.set(integerOf(row[COMBINATION_SHOP.id]), row);
      return byCombination;
    },
  };
}

export type CombinationShops = ReadonlyMap<number, Row>;

const KEYS = { column: 'id_product_attribute', product: 'id_product' } as const;
