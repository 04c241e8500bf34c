import type { Db } from '../../db/open-database.js';
import { type Cell, type Row, readRows } from '../../db/read-rows.js';
import type { Part } from '../offers/offer-settings.js';
import { type ListingMemory, type MarketplaceListing, type PartMemory, type PartStatus, POOL } from './listing.js';

/** Whose SKUs are read: everything an account remembers for some products, whichever of these shops carried it last. */
export interface MemoryScope {
  readonly accountId: number;
  readonly shopIds: readonly number[];
  /** Ascending. */
  readonly productIds: readonly number[];
}

/** SQLite binds 32,766 values in one statement. */
const PRODUCTS_PER_QUERY = 5_000;
/** A stretch of keys is read whole while at least this share of it is wanted. */
const DENSE_ENOUGH = 0.5;

/**
 * Reads what is known of the SKUs of some products: four queries, the last three of them at once.
 *
 * The first one asks the index on products between which keys the rows lie. A stretch of the primary key is then read in one go, which
 * takes a third of the time of looking up each row by product: 0.7 s, not 1.8 s of the server's time for a million.
 *
 * @returns in the order of their keys
 */
export async function readListingMemories(db: Db, scope: MemoryScope): Promise<readonly ListingMemory[]> {
  const { productIds } = scope;
  if (productIds.length === 0) return [];
  if (productIds.length > PRODUCTS_PER_QUERY) {
    const start = await readListingMemories(db, { ...scope, productIds: productIds.slice(0, PRODUCTS_PER_QUERY) });
    return [
      ...start,
      ...(await readListingMemories(db, { ...scope, productIds: productIds.slice(PRODUCTS_PER_QUERY) })),
    ];
  }
  const products = conditionOf(scope, 'product_id');
  const [extent] = await readRows(
    db,
    `SELECT COUNT(*) AS found, MIN(id) AS first_id, MAX(id) AS last_id FROM pool_listing WHERE ${products.sql}`,
    products.bindings,
  );
  const [found = 0, first = 0, last = 0] = (extent ?? []).map(Number);
  if (found === 0) return [];
  const isDense = found >= DENSE_ENOUGH * (last - first + 1);
  return readRowsOf(db, isDense ? stretch(scope, first, last) : scattered(products));
}

/** A condition for SQL with the values of its question marks. */
interface Condition {
  readonly sql: string;
  readonly bindings: readonly Cell[];
}

/** @param column of the product; `product_id + 0` keeps the server from choosing the index on it */
function conditionOf({ accountId, shopIds, productIds }: MemoryScope, column: string): Condition {
  const [first = 0, last = 0] = [productIds[0], productIds.at(-1)];
  const isRange = last - first + 1 === productIds.length;
  const products = isRange ? 'BETWEEN ? AND ?' : `IN (${productIds.map(() => '?').join(',')})`;
  return {
    sql: `account_id = ? AND shop_id IN (${shopIds.map(() => '?').join(',')}) AND ${column} ${products}`,
    bindings: [accountId, ...shopIds, ...(isRange ? [first, last] : productIds)],
  };
}

/** Where the rows of the three tables are found. */
interface Places {
  readonly pools: Condition;
  readonly others: Condition;
}

function stretch(scope: MemoryScope, first: number, last: number): Places {
  const products = conditionOf(scope, 'product_id + 0');
  return {
    pools: { sql: `id BETWEEN ? AND ? AND ${products.sql}`, bindings: [first, last, ...products.bindings] },
    others: { sql: 'pool_listing_id BETWEEN ? AND ?', bindings: [first, last] },
  };
}

function scattered(products: Condition): Places {
  const sql = `pool_listing_id IN (SELECT id FROM pool_listing WHERE ${products.sql})`;
  return { pools: products, others: { sql, bindings: products.bindings } };
}

async function readRowsOf(db: Db, { pools, others }: Places): Promise<readonly ListingMemory[]> {
  const poolColumns = 'id, sku, product_id, combination_id, channel, shop_id';
  const rows = await Promise.all([
    readRows(db, `SELECT ${poolColumns} FROM pool_listing WHERE ${pools.sql} ORDER BY id`, pools.bindings),
    readListings(db, others),
    readParts(db, others),
  ]);
  return putTogether(rows);
}

function readListings(db: Db, { sql, bindings }: Condition): Promise<readonly Row[]> {
  const columns = 'pool_listing_id, marketplace_id, at_amazon, create_intent';
  return readRows(db, `SELECT ${columns} FROM listing WHERE ${sql} ORDER BY pool_listing_id`, bindings);
}

/** What was accepted is nearly always what was submitted last: only another value is read, which spares a text in each of millions of rows. */
function readParts(db: Db, { sql, bindings }: Condition): Promise<readonly Row[]> {
  return readRows(
    db,
    `SELECT pool_listing_id, marketplace_id, part, state, submitted_value, submitted_revision,
       NULLIF(accepted_value, submitted_value) AS other_accepted_value, accepted_at_ms, effective_value, effective_at_ms,
       suspect_group
     FROM part WHERE ${sql} ORDER BY pool_listing_id`,
    bindings,
  );
}

type MemoryRows = readonly [pools: readonly Row[], listings: readonly Row[], parts: readonly Row[]];

/** Walks the three lists side by side: all ascend by the pool listing's id. */
function putTogether([pools, listings, parts]: MemoryRows): readonly ListingMemory[] {
  let nextListing = 0;
  let nextPart = 0;
  return pools.map((row): ListingMemory => {
    const id = Number(row[0]);
    const marketplaces = new Map<number, OpenListing>();
    nextListing = skipBelow(listings, nextListing, id);
    for (; listings[nextListing]?.[0] === id; nextListing += 1) addListing(marketplaces, listings[nextListing]);
    let quantity: PartMemory | null = null;
    nextPart = skipBelow(parts, nextPart, id);
    for (; parts[nextPart]?.[0] === id; nextPart += 1) {
      const part = parts[nextPart] ?? [];
      if (part[1] === POOL) quantity = partOf(part);
      else addPart(marketplaces, part);
    }
    return {
      poolListingId: id,
      sku: String(row[1]),
      shopId: Number(row[5]),
      productId: Number(row[2]),
      combinationId: Number(row[3]),
      channel: String(row[4]),
      quantity,
      marketplaces,
    };
  });
}

function skipBelow(rows: readonly Row[], from: number, id: number): number {
  let index = from;
  while (index < rows.length && Number(rows[index]?.[0]) < id) index += 1;
  return index;
}

type OpenListing = MarketplaceListing & { readonly parts: Partial<Record<Part, PartMemory>> };

function addListing(marketplaces: Map<number, OpenListing>, row: Row = []): void {
  const atAmazon = row[2] === null ? null : row[2] === 1;
  marketplaces.set(Number(row[1]), { atAmazon, createIntent: row[3] === 1, parts: {} });
}

function addPart(marketplaces: ReadonlyMap<number, OpenListing>, row: Row): void {
  const listing = marketplaces.get(Number(row[1]));
  if (listing) listing.parts[row[2] as Part] = partOf(row);
}

function partOf(row: Row): PartMemory {
  const submittedValue = textOrNull(row[4]);
  const acceptedAtMs = numberOrNull(row[7]);
  return {
    state: row[3] as PartStatus,
    submittedValue,
    submittedRevision: numberOrNull(row[5]),
    acceptedValue: acceptedAtMs === null ? null : (textOrNull(row[6]) ?? submittedValue),
    acceptedAtMs,
    effectiveValue: textOrNull(row[8]),
    effectiveAtMs: numberOrNull(row[9]),
    suspectGroup: numberOrNull(row[10]),
  };
}

function textOrNull(cell: Cell | undefined): string | null {
  return typeof cell === 'string' ? cell : null;
}

function numberOrNull(cell: Cell | undefined): number | null {
  return typeof cell === 'number' ? cell : null;
}
