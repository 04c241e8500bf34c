import { type Row, readRows } from '../../db/read-rows.js';
import type { SkuField, SkuHolder } from '../catalogue.js';
import { integerOf, textOf } from './read-cell.js';
import type { ShopReading } from './shop-identity.js';

/**
 * Finds every item of one shop context that carries one of some texts in a field, byte for byte.
 *
 * The database compares without case and accents, so it finds too many; what is not the same text is left out here.
 *
 * @param skus at most 2,000
 */
export async function readSkuHolders(
  reading: ShopReading,
  shopId: number,
  { field, skus }: { readonly field: SkuField; readonly skus: readonly string[] },
): Promise<readonly SkuHolder[]> {
  if (skus.length === 0) return [];
  const marks = skus.map(() => '?').join(',');
  const rows = await readRows(reading.db, productsCarrying(reading, { shopId, field, marks }), skus);
  const combinationRows = await readRows(reading.db, combinationsCarrying(reading, { shopId, field, marks }), skus);
  const wanted = new Set(skus);
  const holders = [...rows, ...combinationRows].map(holderOf).filter(({ sku }) => wanted.has(sku));
  return holders.sort((a, b) => a.productId - b.productId || a.combinationId - b.combinationId);
}

interface Search {
  readonly shopId: number;
  readonly field: SkuField;
  readonly marks: string;
}

/** A product that has combinations in this shop is not sold by itself, so its own code is nobody's. */
function productsCarrying({ table }: ShopReading, { shopId, field, marks }: Search): string {
  const column = field === 'supplier-reference' ? 's.product_supplier_reference' : `p.${field}`;
  const supplier = `JOIN ${table('product_supplier')} s ON s.id_product = p.id_product AND s.id_product_attribute = 0
    AND s.id_supplier = p.id_supplier`;
  return `SELECT ${column} AS sku, p.id_product AS product, 0 AS combination FROM ${table('product')} p
    JOIN ${table('product_shop')} h ON h.id_product = p.id_product AND h.id_shop = ${shopId}
    ${field === 'supplier-reference' ? supplier : ''}
    WHERE ${column} IN (${marks}) AND NOT EXISTS (SELECT 1 FROM ${table('product_attribute_shop')} x
      JOIN ${table('product_attribute')} y ON y.id_product_attribute = x.id_product_attribute
      WHERE x.id_product = p.id_product AND x.id_shop = ${shopId})`;
}

function combinationsCarrying({ table }: ShopReading, { shopId, field, marks }: Search): string {
  const column = field === 'supplier-reference' ? 's.product_supplier_reference' : `a.${field}`;
  const supplier = `JOIN ${table('product')} p ON p.id_product = a.id_product
    JOIN ${table('product_supplier')} s ON s.id_product = a.id_product
      AND s.id_product_attribute = a.id_product_attribute AND s.id_supplier = p.id_supplier`;
  return `SELECT ${column} AS sku, a.id_product AS product, a.id_product_attribute AS combination
    FROM ${table('product_attribute')} a
    JOIN ${table('product_attribute_shop')} x ON x.id_product_attribute = a.id_product_attribute
      AND x.id_shop = ${shopId}
    JOIN ${table('product_shop')} h ON h.id_product = a.id_product AND h.id_shop = ${shopId}
    ${field === 'supplier-reference' ? supplier : ''}
    WHERE ${column} IN (${marks})`;
}

function holderOf(row: Row): SkuHolder {
  return { sku: textOf(row[0]), productId: integerOf(row[1]), combinationId: integerOf(row[2]) };
}
