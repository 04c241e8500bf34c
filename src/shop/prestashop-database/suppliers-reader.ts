import type { BatchReading } from './batch-reading.js';
import type { TableRead } from './read-tables.js';
import { RowCursor } from './row-cursor.js';

/** Rows of `readSupplierReferences`: product, combination, reference. */
export const SUPPLIER_REFERENCE = { product: 0, combination: 1, reference: 2 } as const;

/** Reads the references that each product's default supplier uses, as a cursor in product order. */
export function readSupplierReferences({ table, products }: BatchReading): TableRead<RowCursor> {
  return {
    sql: `SELECT s.id_product AS product, s.id_product_attribute AS combination, s.product_supplier_reference AS reference
     FROM ${table('product_supplier')} s
     JOIN ${table('product')} p ON p.id_product = s.id_product AND p.id_supplier = s.id_supplier
     WHERE ${products.where('s.id_product')} ORDER BY s.id_product, s.id_product_attribute`,
    of: (rows) => new RowCursor(rows),
  };
}
