import type { Knex } from 'knex';
import { isSqlite, type Row, readRows } from '../../db/read-rows.js';
import { NO_STOCK, type StockDigests, type StockStretch } from '../catalogue.js';
import { cutStretches } from '../cut-stretches.js';
import { StockDigest } from '../stock-digest.js';
import { componentSources, readComponents } from './component-stock.js';
import { type ProductRange, rangeBetween } from './product-range.js';
import { flagOf, integerOf, textOf } from './read-cell.js';
import { readTables, type TableRead } from './read-tables.js';
import type { ReadTransaction } from './read-transaction.js';
import { readShopGround } from './shop-ground.js';
import type { ShopIdentity, ShopReading } from './shop-identity.js';
import {
  type DigestSource,
  digestsSql,
  StockDigestSums,
  type StockTerms,
  stockRowTextSql,
  stockTermsOf,
} from './stock-digests.js';
import { readStockRows, stockRowRule } from './stock-reader.js';

/**
 * So many products are walked for together: the table of 1,000,000 items in one walk, and yet no more in memory where it is larger. A walk
 * for each thousand took three times as long where all of them differed (200,000 items, MariaDB 10.11, measured 2026-11).
 */
const PRODUCTS_PER_WALK = 200_000;

/** What all walks of one look share. */
interface StockScope {
  readonly shop: ShopIdentity;
  readonly terms: StockTerms;
  readonly lastProductId: number;
  readonly productsPerWalk: number;
  /** Most shops have no packs, and need not be asked about them. */
  readonly hasPacks: boolean;
}

/**
 * The stock of a whole catalogue in stretches, worked out by the server in one walk through its stock rows.
 *
 * The rows are read in the order of their primary key and summed up in memory: found by product they would be fetched one by one.
 */
export async function* readStockStretches(transaction: ReadTransaction, shopId: number): AsyncGenerator<StockStretch> {
  const scope = await transaction((reading) => readScope(reading, shopId));
  for (let from = 0; from <= scope.lastProductId; from += scope.productsPerWalk) {
    const last = from + scope.productsPerWalk - 1;
    const to = last >= scope.lastProductId ? Number.MAX_SAFE_INTEGER : last;
    yield* cutStretches(await transaction((reading) => readDigests(reading, scope, { from, to })), { from, to });
  }
}

async function readScope(reading: ShopReading, shopId: number): Promise<StockScope> {
  const { identity, configuration } = await readShopGround(reading, shopId);
  const { db, table } = reading;
  const [row] = await readRows(
    db,
    `SELECT MAX(id_product) AS last_product, COUNT(*) AS products, EXISTS (SELECT 1 FROM ${table('pack')}) AS has_packs
     FROM ${table('product')}`,
  );
  const lastProductId = integerOf(row?.[0]);
  const walks = Math.max(1, Math.ceil(integerOf(row?.[1]) / PRODUCTS_PER_WALK));
  return {
    shop: identity,
    terms: stockTermsOf(configuration),
    lastProductId,
    productsPerWalk: Math.ceil((lastProductId + 1) / walks),
    hasPacks: flagOf(row?.[2]),
  };
}

/** Of the products in a part of the ids that the shop has, ascending; rows of others were left behind by products that are gone. */
async function readDigests(
  reading: ShopReading,
  scope: StockScope,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<StockDigests> {
  const { db, table } = reading;
  const range = rangeBetween(from, to);
  const rows = await readRows(
    db,
    `SELECT id_product FROM ${table('product')} WHERE ${range.where('id_product')} ORDER BY id_product`,
  );
  const productIds = rows.map((row) => integerOf(row[0]));
  if (!isSqlite(db)) {
    const sums = await readSums(db, sourcesOf(reading, scope, range));
    return new Map(productIds.map((id) => [id, sums.get(id) ?? NO_STOCK]));
  }
  const read = await readTables(db, {
    stock: readStockRows(reading, scope.shop, range),
    components: readComponents({ ...scope, ...range, table }),
  });
  return new StockDigestSums(scope.terms).addStock(read.stock).addComponents(read.components).of(productIds);
}

function sourcesOf(
  { table }: ShopReading,
  { shop, terms, hasPacks }: StockScope,
  { where }: ProductRange,
): readonly DigestSource[] {
  const stock = {
    product: 's.id_product',
    text: stockRowTextSql('s', terms),
    from: `FROM ${table('stock_available')} s FORCE INDEX (PRIMARY) WHERE ${where('s.id_product')} AND ${stockRowRule(shop, 's')}`,
  };
  return hasPacks ? [stock, ...componentSources({ table, shop, terms, where })] : [stock];
}

/** By product. */
async function readSums(db: Knex, sources: readonly DigestSource[]): Promise<ReadonlyMap<number, string>> {
  const reads = sources.map((source, index): [string, TableRead<readonly Row[]>] => [
    `source${index}`,
    { sql: digestsSql(source), of: (rows) => rows },
  ]);
  const sums = new Map<number, string>();
  for (const rows of Object.values(await readTables(db, Object.fromEntries(reads))))
    for (const [product, digest] of rows) {
      const known = sums.get(integerOf(product));
      const added = textOf(digest);
      sums.set(integerOf(product), known === undefined ? added : new StockDigest().add(known).add(added).toString());
    }
  return sums;
}
