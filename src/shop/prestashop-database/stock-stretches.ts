import type { Knex } from 'knex';
import { isSqlite, type Row, readRows } from '../../db/read-rows.js';
import { NO_STOCK, type StockDigests, type StockStretch } from '../catalogue.js';
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

/** However sparse the ids are, a catalogue has no more stretches than this, and one of a dense catalogue at least so many products. */
const MOST_STRETCHES = 2_000;
const LEAST_PRODUCTS = 1_000;

/** What all stretches of one look share. */
interface StockScope {
  readonly shop: ShopIdentity;
  readonly terms: StockTerms;
  readonly lastProductId: number;
  readonly productsPerStretch: number;
  /** Most shops have no packs, and need not be asked about them a thousand times. */
  readonly hasPacks: boolean;
}

/**
 * The stock of a whole catalogue in stretches, worked out by the server in one walk through its stock rows.
 *
 * The rows are read in the order of their primary key and summed up in memory: found by product they would be fetched one by one.
 */
export async function* readStockStretches(transaction: ReadTransaction, shopId: number): AsyncGenerator<StockStretch> {
  const { scope, digests } = await transaction(async (reading) => {
    const found = await readScope(reading, shopId);
    return { scope: found, digests: isSqlite(reading.db) ? null : await readDigests(reading, found) };
  });
  for (let first = 0; first <= scope.lastProductId; first += scope.productsPerStretch) {
    const last = first + scope.productsPerStretch - 1;
    const products = () => transaction((reading) => readProducts(reading, scope, { first, last }));
    const isLast = last >= scope.lastProductId;
    const at = { firstProductId: first, lastProductId: isLast ? Number.MAX_SAFE_INTEGER : last };
    if (digests !== null) yield { ...at, digest: digests.get(first) ?? NO_STOCK, products };
    else {
      const known = await products();
      const sum = new StockDigest();
      for (const digest of known.values()) sum.add(digest);
      yield { ...at, digest: sum.toString(), products: () => Promise.resolve(known) };
    }
  }
}

async function readScope(reading: ShopReading, shopId: number): Promise<StockScope> {
  const { identity, configuration } = await readShopGround(reading, shopId);
  const { db, table } = reading;
  const [row] = await readRows(
    db,
    `SELECT MAX(id_product) AS last_product, EXISTS (SELECT 1 FROM ${table('pack')}) AS has_packs FROM ${table('product')}`,
  );
  const lastProductId = integerOf(row?.[0]);
  const productsPerStretch = Math.max(LEAST_PRODUCTS, Math.ceil((lastProductId + 1) / MOST_STRETCHES));
  return {
    shop: identity,
    terms: stockTermsOf(configuration),
    lastProductId,
    productsPerStretch,
    hasPacks: flagOf(row?.[1]),
  };
}

/** By the first product of each stretch that has stock rows. */
async function readDigests(reading: ShopReading, scope: StockScope): Promise<ReadonlyMap<number, string>> {
  const size = scope.productsPerStretch;
  const where = (column: string) => `${column} BETWEEN 0 AND ${scope.lastProductId}`;
  const groupOf = (product: string) => `${product} - ${product} % ${size}`;
  return readGroups(reading.db, sourcesOf(reading, scope, { where, inOneWalk: true }), groupOf);
}

/** The products of a stretch that the shop has; rows of others were left behind by products that are gone. */
async function readProducts(
  reading: ShopReading,
  scope: StockScope,
  { first, last }: { readonly first: number; readonly last: number },
): Promise<StockDigests> {
  const { db, table } = reading;
  const range = rangeBetween(first, last);
  const rows = await readRows(db, `SELECT id_product FROM ${table('product')} WHERE ${range.where('id_product')}`);
  const productIds = rows.map((row) => integerOf(row[0]));
  if (!isSqlite(db)) {
    const digests = await readGroups(db, sourcesOf(reading, scope, range), (product) => product);
    return new Map(productIds.map((id) => [id, digests.get(id) ?? NO_STOCK]));
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
  { where, inOneWalk = false }: ProductRange & { readonly inOneWalk?: boolean },
): readonly DigestSource[] {
  const walk = inOneWalk ? 'FORCE INDEX (PRIMARY)' : '';
  const stock = {
    product: 's.id_product',
    text: stockRowTextSql('s', terms),
    from: `FROM ${table('stock_available')} s ${walk} WHERE ${where('s.id_product')} AND ${stockRowRule(shop, 's')}`,
  };
  return hasPacks ? [stock, ...componentSources({ table, shop, terms, where })] : [stock];
}

async function readGroups(
  db: Knex,
  sources: readonly DigestSource[],
  groupOf: (product: string) => string,
): Promise<ReadonlyMap<number, string>> {
  const reads = sources.map((source, index): [string, TableRead<readonly Row[]>] => [
    `source${index}`,
    { sql: digestsSql(source, groupOf), of: (rows) => rows },
  ]);
  const sums = new Map<number, StockDigest>();
  for (const rows of Object.values(await readTables(db, Object.fromEntries(reads))))
    for (const [group, digest] of rows) {
      const sum = sums.get(integerOf(group)) ?? new StockDigest();
      sums.set(integerOf(group), sum.add(textOf(digest)));
    }
  return new Map([...sums].map(([group, sum]) => [group, sum.toString()]));
}
