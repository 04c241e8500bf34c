import type { Knex } from 'knex';
import { dialectOf } from '../../db/dialect.js';
import type { Db } from '../../db/open-database.js';
import { readRows } from '../../db/read-rows.js';
import { StockDigest } from '../../shop/stock-digest.js';

/** Whose view of which shop: offers differ by account. */
export interface SweptShop {
  readonly accountId: number;
  readonly shopId: number;
}

/** What a product came to at one moment. */
export interface Seen {
  readonly fingerprint: string;
  /** Of the stock rows that it was made of; empty = not known. */
  readonly stockDigest: string;
}

/** Stands where a run compared a part of a product only: nothing equals it, so the next sweep of either kind marks the product. */
export const NOT_COMPARABLE: Seen = { fingerprint: '', stockDigest: '' };

/** What a sweep or a send run saw of a product the last time something changed: what the queue has been told, or Amazon. */
export interface LastSeen extends Seen {
  readonly productId: number;
  /** Since when sweeps have not found it; null while it is there. */
  readonly missedAtMs: number | null;
}

const SEEN = ['fingerprint', 'stock_digest'];

/** The table `last_seen`. */
export class LastSeenStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  on(transaction: Db): LastSeenStore {
    return new LastSeenStore(transaction);
  }

  /** Rows of products in [from, to], ascending. */
  async range(of: SweptShop, from: number, to: number): Promise<readonly LastSeen[]> {
    return (await this.#select(this.#of(of).whereBetween('product_id', [from, to]).orderBy('product_id'))).map(
      toLastSeen,
    );
  }

  /** Rows of some products, of at most a batch of them; those never seen are missing. */
  async rows(of: SweptShop, productIds: readonly number[]): Promise<readonly LastSeen[]> {
    const rows: LastSeen[] = [];
    for (let start = 0; start < productIds.length; start += 1_000) {
      const some = this.#of(of).whereIn('product_id', productIds.slice(start, start + 1_000));
      rows.push(...(await this.#select(some)).map(toLastSeen));
    }
    return rows;
  }

  /** What the stock of the products in [from, to] came to together; null when it is not known of all of them. */
  async stockDigest(of: SweptShop, from: number, to: number): Promise<string | null> {
    const { exclusiveOrSql } = dialectOf(this.#db);
    if (exclusiveOrSql === null) {
      const sum = new StockDigest();
      for (const digest of (await this.stockDigests(of, from, to)).values()) {
        if (digest === '') return null;
        sum.add(digest);
      }
      return sum.toString();
    }
    const [row] = await readRows(
      this.#db,
      `SELECT ${exclusiveOrSql('stock_digest')} AS digest, COALESCE(SUM(stock_digest = ''), 0) AS unknown_ones FROM last_seen
       WHERE account_id = ? AND shop_id = ? AND product_id BETWEEN ? AND ?`,
      [of.accountId, of.shopId, from, to],
    );
    return Number(row?.[1]) > 0 ? null : String(row?.[0]);
  }

  /** By product, of those in [from, to] that were seen. */
  async stockDigests(of: SweptShop, from: number, to: number): Promise<ReadonlyMap<number, string>> {
    const rows = await readRows(
      this.#db,
      `SELECT product_id, stock_digest FROM last_seen WHERE account_id = ? AND shop_id = ? AND product_id BETWEEN ? AND ?`,
      [of.accountId, of.shopId, from, to],
    );
    return new Map(rows.map(([productId, digest]) => [Number(productId), String(digest)]));
  }

  /** By product, of at most a batch of them; those never seen are missing. */
  async fingerprints(of: SweptShop, productIds: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const found = new Map<number, string>();
    for (let start = 0; start < productIds.length; start += 1_000) {
      const rows: { product_id: number; fingerprint: string }[] = await this.#of(of)
        .whereIn('product_id', productIds.slice(start, start + 1_000))
        .select('product_id', 'fingerprint');
      for (const row of rows) found.set(Number(row.product_id), row.fingerprint);
    }
    return found;
  }

  /** Writes what a sweep found: these products are there. */
  write(of: SweptShop, seen: ReadonlyMap<number, Seen>, nowMs: number): Promise<void> {
    return this.#upsert(of, seen, { nowMs, replaced: [...SEEN, 'seen_at_ms', 'missed_at_ms'] });
  }

  /** Writes what a run read; whether a product is missing is the sweep's to say. */
  writeRead(of: SweptShop, seen: ReadonlyMap<number, Seen>, nowMs: number): Promise<void> {
    return this.#upsert(of, seen, { nowMs, replaced: [...SEEN, 'seen_at_ms'] });
  }

  /** Writes of what stock products came to the same as before: the fingerprint stays, and since when. */
  writeStock(of: SweptShop, seen: ReadonlyMap<number, Seen>, nowMs: number): Promise<void> {
    return this.#upsert(of, seen, { nowMs, replaced: ['stock_digest'] });
  }

  async #upsert(
    of: SweptShop,
    seen: ReadonlyMap<number, Seen>,
    { nowMs, replaced }: { readonly nowMs: number; readonly replaced: string[] },
  ): Promise<void> {
    const rows = [...seen].map(([product_id, { fingerprint, stockDigest }]) => ({
      account_id: of.accountId,
      shop_id: of.shopId,
      product_id,
      fingerprint,
      stock_digest: stockDigest,
      seen_at_ms: nowMs,
      missed_at_ms: null,
    }));
    const size = dialectOf(this.#db).rowsPerInsert;
    for (let start = 0; start < rows.length; start += size)
      await this.#db('last_seen')
        .insert(rows.slice(start, start + size))
        .onConflict(['account_id', 'shop_id', 'product_id'])
        .merge(replaced);
  }

  /** Notes that products were not found; the stock sweep looks for them too until they are back or gone. */
  async setMissed(of: SweptShop, productIds: readonly number[], missedAtMs: number): Promise<void> {
    for (let start = 0; start < productIds.length; start += 1_000)
      await this.#of(of)
        .whereIn('product_id', productIds.slice(start, start + 1_000))
        .update({ missed_at_ms: missedAtMs, stock_digest: '' });
  }

  async remove(of: SweptShop, productIds: readonly number[]): Promise<void> {
    for (let start = 0; start < productIds.length; start += 1_000)
      await this.#of(of)
        .whereIn('product_id', productIds.slice(start, start + 1_000))
        .delete();
  }

  /** Some products whose fingerprint changed at or after an instant, ascending, from the next one on. */
  async changedSince(
    of: SweptShop,
    sinceMs: number,
    page: { readonly afterProductId: number; readonly limit: number },
  ): Promise<readonly number[]> {
    return this.#of(of)
      .where('seen_at_ms', '>=', sinceMs)
      .where('product_id', '>', page.afterProductId)
      .orderBy('product_id')
      .limit(page.limit)
      .pluck('product_id');
  }

  /** Those of some products, at most 2,000, that were seen at all. */
  async among(of: SweptShop, productIds: readonly number[]): Promise<readonly number[]> {
    return this.#of(of)
      .whereIn('product_id', [...productIds])
      .pluck('product_id');
  }

  #select(rows: Knex.QueryBuilder): Promise<readonly LastSeenRow[]> {
    return rows.select('product_id', 'fingerprint', 'stock_digest', 'missed_at_ms');
  }

  #of({ accountId, shopId }: SweptShop): Knex.QueryBuilder {
    return this.#db('last_seen').where({ account_id: accountId, shop_id: shopId });
  }
}

interface LastSeenRow {
  readonly product_id: number;
  readonly fingerprint: string;
  readonly stock_digest: string;
  readonly missed_at_ms: number | null;
}

function toLastSeen(row: LastSeenRow): LastSeen {
  return {
    productId: Number(row.product_id),
    fingerprint: row.fingerprint,
    stockDigest: row.stock_digest,
    missedAtMs: row.missed_at_ms === null ? null : Number(row.missed_at_ms),
  };
}
