import type { ProductRange } from './product-range.js';
import { integerOf } from './read-cell.js';
import type { TableRead } from './read-tables.js';
import type { ShopTable, TableNaming } from './shop-tables.js';

/** How many rows of a table belong to some products, and between which primary keys they lie. */
export interface KeyExtent {
  readonly rows: number;
  readonly first: number;
  readonly last: number;
}

/** A table whose primary key usually grows along with the products, and what it is called. */
export interface KeyedTable {
  readonly table: ShopTable;
  readonly key: string;
}

/** Reads the extent of the products' rows from an index alone, which costs a tenth of reading the rows. */
export function readKeyExtent(table: TableNaming, keyed: KeyedTable, products: ProductRange): TableRead<KeyExtent> {
  return {
    sql: `SELECT COUNT(*) AS found, MIN(${keyed.key}) AS first_key, MAX(${keyed.key}) AS last_key
      FROM ${table(keyed.table)} WHERE ${products.where('id_product')}`,
    of: ([row]) => ({ rows: integerOf(row?.[0]), first: integerOf(row?.[1]), last: integerOf(row?.[2]) }),
  };
}

/** A stretch of keys is read whole while at least this share of it is wanted. */
const DENSE_ENOUGH = 0.5;

/**
 * The condition that finds the products' rows by the primary key where they lie close together, else by product.
 *
 * Rows found by another index are fetched one by one; a stretch of the primary key is read in one go. Measured on MariaDB
 * 10.11 with 176,000 combinations: 163 ms of the server's time by product, 50 ms by key. The added zero keeps the server
 * from choosing the index on the product after all.
 *
 * @param column the primary key's column, with its alias
 * @param product the column of the product's id, with its alias
 */
export function whereInExtent(
  extent: KeyExtent,
  products: ProductRange,
  { column, product }: { readonly column: string; readonly product: string },
): string {
  if (extent.rows < DENSE_ENOUGH * (extent.last - extent.first + 1)) return products.where(product);
  return `${column} BETWEEN ${extent.first} AND ${extent.last} AND ${products.where(`${product} + 0`)}`;
}
