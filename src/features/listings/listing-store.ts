import type { Knex } from 'knex';
import { dialectOf } from '../../db/dialect.js';
import type { Db } from '../../db/open-database.js';
import type { Part } from '../offers/offer-settings.js';
import type { ListingRecord, MarketplaceRecord, PartRecord, PartStatus, PoolEntry } from './listing.js';
import { POOL } from './listing.js';

interface PoolRow {
  id: number;
  sku: string;
  shop_id: number;
  product_id: number;
  combination_id: number;
  channel: string;
}

interface ListingRow {
  pool_listing_id: number;
  marketplace_id: number;
  at_amazon: number | null;
  create_intent: number;
  asin: string;
  status: string;
}

interface PartRow {
  pool_listing_id: number;
  marketplace_id: number;
  part: Part;
  state: PartStatus;
  desired_value: string | null;
  submitted_value: string | null;
  submitted_feed_id: number | null;
  submitted_revision: number | null;
  submitted_at_ms: number | null;
  accepted_value: string | null;
  accepted_at_ms: number | null;
  effective_value: string | null;
  effective_at_ms: number | null;
  tries: number;
  suspect_group: number | null;
}

const POOL_COLUMNS = ['id', 'sku', 'shop_id', 'product_id', 'combination_id', 'channel'];

/** The tables `pool_listing`, `listing` and `part`: reading what is remembered, and who carries a SKU. */
export class ListingStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** What the account remembers of these SKUs, whoever carries them. */
  async ofSkus(accountId: number, skus: readonly string[]): Promise<readonly ListingRecord[]> {
    const pools: PoolRow[] = [];
    for (let start = 0; start < skus.length; start += 1_000) {
      const chunk = skus.slice(start, start + 1_000);
      pools.push(
        ...(await this.#db('pool_listing').where({ account_id: accountId }).whereIn('sku', chunk).select(POOL_COLUMNS)),
      );
    }
    return this.#complete(pools);
  }

  /** A page of everything the account remembers, by id. */
  async page(accountId: number, afterId: number, limit: number): Promise<readonly ListingRecord[]> {
    const pools: PoolRow[] = await this.#db('pool_listing')
      .where({ account_id: accountId })
      .where('id', '>', afterId)
      .orderBy('id')
      .limit(limit)
      .select(POOL_COLUMNS);
    return this.#complete(pools);
  }

  /** Distinct products that an account remembers of a shop, ascending. */
  async productIds(
    of: { accountId: number; shopId: number },
    afterProductId: number,
    limit: number,
  ): Promise<readonly number[]> {
    return this.#db('pool_listing')
      .where({ account_id: of.accountId, shop_id: of.shopId })
      .where('product_id', '>', afterProductId)
      .distinct('product_id')
      .orderBy('product_id')
      .limit(limit)
      .pluck('product_id');
  }

  async countOf(accounts: { readonly only: number } | { readonly allBut: readonly number[] }): Promise<number> {
    const query = this.#db('pool_listing').whereNot({ product_id: 0 });
    if ('only' in accounts) query.where({ account_id: accounts.only });
    else query.whereNotIn('account_id', accounts.allBut);
    const [row] = await query.count({ count: '*' });
    return Number(row?.count ?? 0);
  }

  async count(accountId: number): Promise<number> {
    const [row] = await this.#db('pool_listing').where({ account_id: accountId }).count({ count: '*' });
    return Number(row?.count ?? 0);
  }

  /**
   * Makes sure that these SKUs have a row each, carried by what is given; a known SKU changes its carrier.
   *
   * @returns the row ids by SKU
   */
  async remember(
    accountId: number,
    entries: readonly PoolEntry[],
    nowMs: number,
  ): Promise<ReadonlyMap<string, number>> {
    const ids = new Map<string, number>();
    const size = dialectOf(this.#db).rowsPerInsert;
    for (let start = 0; start < entries.length; start += size) {
      const chunk = entries.slice(start, start + size);
      const rows = chunk.map((entry) => ({
        account_id: accountId,
        sku: entry.sku,
        shop_id: entry.shopId,
        product_id: entry.productId,
        combination_id: entry.combinationId,
        channel: '',
        created_at_ms: nowMs,
      }));
      await this.#db('pool_listing')
        .insert(rows)
        .onConflict(['account_id', 'sku'])
        .merge(['shop_id', 'product_id', 'combination_id']);
      const known: PoolRow[] = await this.#db('pool_listing')
        .where({ account_id: accountId })
        .whereIn(
          'sku',
          chunk.map((entry) => entry.sku),
        )
        .select('id', 'sku');
      for (const row of known) ids.set(row.sku, row.id);
    }
    return ids;
  }

  /** Makes sure that these SKUs have a listing row on a marketplace. */
  async ensureListings(poolListingIds: readonly number[], marketplaceId: number): Promise<void> {
    const size = dialectOf(this.#db).rowsPerInsert;
    for (let start = 0; start < poolListingIds.length; start += size) {
      const rows = poolListingIds.slice(start, start + size).map((pool_listing_id) => ({
        pool_listing_id,
        marketplace_id: marketplaceId,
        at_amazon: null,
        create_intent: 0,
        asin: '',
        status: '',
      }));
      await this.#db('listing').insert(rows).onConflict(['pool_listing_id', 'marketplace_id']).ignore();
    }
  }

  /** Remembers that these were asked to be created: from now on any change of them is tried as a creation until Amazon accepts it. */
  async intendToCreate(poolListingIds: readonly number[], marketplaceId: number): Promise<void> {
    await this.#updateListings(poolListingIds, marketplaceId, { create_intent: 1 });
  }

  /** Records what is known of their being at Amazon; a listing that is there needs no creating any more. */
  async setAtAmazon(poolListingIds: readonly number[], marketplaceId: number, atAmazon: boolean): Promise<void> {
    await this.#updateListings(
      poolListingIds,
      marketplaceId,
      atAmazon ? { at_amazon: 1, create_intent: 0 } : { at_amazon: 0 },
    );
  }

  async #updateListings(ids: readonly number[], marketplaceId: number, values: Record<string, number>): Promise<void> {
    for (let start = 0; start < ids.length; start += 1_000) {
      await this.#db('listing')
        .where({ marketplace_id: marketplaceId })
        .whereIn('pool_listing_id', ids.slice(start, start + 1_000))
        .update(values);
    }
  }

  async #complete(pools: readonly PoolRow[]): Promise<readonly ListingRecord[]> {
    if (pools.length === 0) return [];
    const memories = new Map<number, MutableMemory>();
    for (const row of pools) memories.set(row.id, emptyMemory(row));
    const ids = [...memories.keys()];
    for (let start = 0; start < ids.length; start += 5_000) {
      const chunk = ids.slice(start, start + 5_000);
      for (const row of await narrow<ListingRow>(this.#db('listing').select('*'), 'pool_listing_id', chunk))
        addListing(memories, row);
      for (const row of await narrow<PartRow>(this.#db('part').select('*'), 'pool_listing_id', chunk))
        addPart(memories, row);
    }
    return [...memories.values()];
  }
}

interface MutableMemory extends ListingRecord {
  quantity: PartRecord | null;
  readonly marketplaces: Map<number, MarketplaceRecord & { parts: Partial<Record<Part, PartRecord>> }>;
}

/** Ids that lie close together are read as one range, which both databases do several times faster than a long IN list. */
async function narrow<Row>(
  query: Knex.QueryBuilder,
  column: keyof Row & string,
  ids: readonly number[],
): Promise<readonly Row[]> {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = 0;
  for (const one of ids) {
    if (one < lowest) lowest = one;
    if (one > highest) highest = one;
  }
  if (highest - lowest >= ids.length * 2) return query.whereIn(column, ids);
  const rows: Row[] = await query.whereBetween(column, [lowest, highest]);
  if (highest - lowest + 1 === ids.length) return rows;
  const wanted = new Set(ids);
  return rows.filter((row) => wanted.has(Number(row[column])));
}

function emptyMemory(row: PoolRow): MutableMemory {
  return {
    poolListingId: row.id,
    sku: row.sku,
    shopId: row.shop_id,
    productId: row.product_id,
    combinationId: row.combination_id,
    channel: row.channel,
    quantity: null,
    marketplaces: new Map(),
  };
}

function addListing(memories: ReadonlyMap<number, MutableMemory>, row: ListingRow): void {
  memories.get(row.pool_listing_id)?.marketplaces.set(row.marketplace_id, {
    atAmazon: row.at_amazon === null ? null : row.at_amazon === 1,
    createIntent: row.create_intent === 1,
    asin: row.asin,
    status: row.status,
    parts: {},
  });
}

function addPart(memories: ReadonlyMap<number, MutableMemory>, row: PartRow): void {
  const memory = memories.get(row.pool_listing_id);
  if (!memory) return;
  if (row.marketplace_id === POOL) {
    memory.quantity = toPart(row);
    return;
  }
  const listing = memory.marketplaces.get(row.marketplace_id);
  if (listing) listing.parts[row.part] = toPart(row);
}

function toPart(row: PartRow): PartRecord {
  return {
    state: row.state,
    desiredValue: row.desired_value,
    submittedValue: row.submitted_value,
    submittedFeedId: row.submitted_feed_id,
    submittedRevision: row.submitted_revision,
    submittedAtMs: row.submitted_at_ms,
    acceptedValue: row.accepted_value,
    acceptedAtMs: row.accepted_at_ms,
    effectiveValue: row.effective_value,
    effectiveAtMs: row.effective_at_ms,
    tries: row.tries,
    suspectGroup: row.suspect_group,
  };
}
