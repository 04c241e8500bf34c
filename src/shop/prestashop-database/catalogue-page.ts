import { readRows } from '../../db/read-rows.js';
import type { CatalogueSelection } from '../catalogue.js';
import type { BatchExtents } from './batch-reading.js';
import { readKeyExtent } from './key-extent.js';
import { type ProductRange, rangeBetween, rangeOf } from './product-range.js';
import { type ProductRow, readProducts } from './products-reader.js';
import { integerOf } from './read-cell.js';
import { readTables } from './read-tables.js';
import type { ShopReading } from './shop-identity.js';

/** The products of one batch, and where the rows about them lie. */
export interface CataloguePage {
  /** Every product looked at, ascending. */
  readonly productIds: readonly number[];
  readonly products: readonly ProductRow[];
  readonly range: ProductRange;
  readonly extents: BatchExtents;
  /** The last product looked at, after which the next page begins; null when nothing is left. */
  readonly nextAfter: number | null;
}

export interface PageRequest {
  readonly selection: CatalogueSelection;
  /** Products above this id. */
  readonly after: number;
  readonly mostProducts: number;
  /** A page holds no more combinations than this, unless its one product does. */
  readonly mostCombinations: number;
}

type Candidates = Omit<CataloguePage, 'extents'>;

/**
 * Reads the next products of a selection, cut short when their combinations would be too many.
 *
 * @returns null when the selection holds no further product
 */
export async function readCataloguePage(reading: ShopReading, request: PageRequest): Promise<CataloguePage | null> {
  const found = await readCandidates(reading, request);
  if (found === null) return null;
  const extents = await readExtents(reading, found.range);
  if (extents.combinations.rows <= request.mostCombinations) return { ...found, extents };
  const kept = await cutShort(reading, found, request.mostCombinations);
  return { ...kept, extents: await readExtents(reading, kept.range) };
}

function readExtents({ db, table }: ShopReading, range: ProductRange): Promise<BatchExtents> {
  return readTables(db, {
    combinations: readKeyExtent(table, { table: 'product_attribute', key: 'id_product_attribute' }, range),
    stock: readKeyExtent(table, { table: 'stock_available', key: 'id_stock_available' }, range),
  });
}

async function readCandidates(reading: ShopReading, request: PageRequest): Promise<Candidates | null> {
  const { selection, mostProducts } = request;
  if (selection.kind === 'all') return readNextProducts(reading, request);
  const ids =
    selection.kind === 'category'
      ? await readNextOfCategory(reading, selection.categoryId, request)
      : selection.productIds.filter((id) => id > request.after);
  const productIds = ids.slice(0, mostProducts);
  const last = productIds.at(-1);
  if (last === undefined) return null;
  const range = rangeOf(productIds);
  const products = await readProducts(reading, range.where('id_product'), mostProducts);
  return { productIds, products, range, nextAfter: ids.length > mostProducts ? last : null };
}

async function readNextProducts(
  reading: ShopReading,
  { after, mostProducts }: PageRequest,
): Promise<Candidates | null> {
  const products = await readProducts(reading, `id_product > ${after}`, mostProducts);
  const [first, last] = [products[0], products.at(-1)];
  if (first === undefined || last === undefined) return null;
  const nextAfter = products.length === mostProducts ? last.id : null;
  return { productIds: products.map(({ id }) => id), products, range: rangeBetween(first.id, last.id), nextAfter };
}

/** One more than a page holds tells whether there is a next one. */
async function readNextOfCategory(
  { db, table }: ShopReading,
  categoryId: number,
  { after, mostProducts }: PageRequest,
): Promise<readonly number[]> {
  const rows = await readRows(
    db,
    `SELECT id_product FROM ${table('category_product')} WHERE id_category = ? AND id_product > ?
     ORDER BY id_product LIMIT ${mostProducts + 1}`,
    [categoryId, after],
  );
  return rows.map((row) => integerOf(row[0]));
}

/** Keeps the first products whose combinations fit together, at least one product. */
async function cutShort(reading: ShopReading, found: Candidates, most: number): Promise<Candidates> {
  const rows = await readRows(
    reading.db,
    `SELECT id_product, COUNT(*) AS combinations FROM ${reading.table('product_attribute')}
     WHERE ${found.range.where('id_product')} GROUP BY id_product ORDER BY id_product`,
  );
  let total = 0;
  const tooMany = rows.find(([, combinations], index) => {
    total += integerOf(combinations);
    return index > 0 && total > most;
  });
  if (tooMany === undefined) return found;
  const end = integerOf(tooMany[0]);
  const productIds = found.productIds.filter((id) => id < end);
  return {
    productIds,
    products: found.products.filter(({ id }) => id < end),
    range: rangeOf(productIds),
    nextAfter: productIds.at(-1) ?? null,
  };
}

/** Counts the products of a selection that the shop's database has. */
export async function countProducts({ db, table }: ShopReading, selection: CatalogueSelection): Promise<number> {
  if (selection.kind === 'products') return new Set(selection.productIds).size;
  const from =
    selection.kind === 'all'
      ? table('product')
      : `${table('category_product')} WHERE id_category = ${Math.trunc(selection.categoryId)}`;
  const [row] = await readRows(db, `SELECT COUNT(*) AS products FROM ${from}`);
  return integerOf(row?.[0]);
}
