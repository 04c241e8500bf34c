import type { BatchReading } from './batch-reading.js';
import type { TableRead } from './read-tables.js';
import { RowCursor } from './row-cursor.js';

/** Reads the categories of the batch's products, as a cursor in product order; all shops share them. */
export function readProductCategories({ table, products }: BatchReading): TableRead<RowCursor> {
  return {
    sql: `SELECT id_product, id_category FROM ${table('category_product')} WHERE ${products.where('id_product')}
     ORDER BY id_product, id_category`,
    of: (rows) => new RowCursor(rows),
  };
}
