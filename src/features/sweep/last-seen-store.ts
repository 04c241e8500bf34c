import { dialectOf } from '../../db/dialect.js';
import type { Db } from '../../db/open-database.js';

/** Whose view of which shop: offers differ by account. */
export interface SweptShop {
  readonly accountId: number;
  readonly shopId: number;
}

/** Stands where a run compared a part of a product only: no fingerprint equals it, so the next sweep marks the product. */
export const NOT_COMPARABLE = '';

/** What a sweep or a send run saw of a product the last time something changed: what the queue has been told, or Amazon. */
export interface LastSeen {
  readonly productId: number;
  readonly fingerprint: string;
  /** Since when sweeps have not found it; null while it is there. */
  readonly missedAtMs: number | null;
}

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
    const rows: Record<string, string | number | null>[] = await this.#of(of)
      .whereBetween('product_id', [from, to])
      .orderBy('product_id')
      .select('product_id', 'fingerprint', 'missed_at_ms');
    return rows.map((row) => ({
      productId: Number(row.product_id),
      fingerprint: String(row.fingerprint),
      missedAtMs: row.missed_at_ms === null ? null : Number(row.missed_at_ms),
    }));
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
  write(of: SweptShop, fingerprints: ReadonlyMap<number, string>, nowMs: number): Promise<void> {
    return this.#upsert(of, fingerprints, { nowMs, replaced: ['fingerprint', 'seen_at_ms', 'missed_at_ms'] });
  }

  /** Writes what a run read; whether a product is missing is the sweep's to say. */
  writeRead(of: SweptShop, fingerprints: ReadonlyMap<number, string>, nowMs: number): Promise<void> {
    return this.#upsert(of, fingerprints, { nowMs, replaced: ['fingerprint', 'seen_at_ms'] });
  }

  async #upsert(
    of: SweptShop,
    fingerprints: ReadonlyMap<number, string>,
    { nowMs, replaced }: { readonly nowMs: number; readonly replaced: string[] },
  ): Promise<void> {
    const rows = [...fingerprints].map(([product_id, fingerprint]) => ({
      account_id: of.accountId,
      shop_id: of.shopId,
      product_id,
      fingerprint,
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

  async setMissed(of: SweptShop, productIds: readonly number[], missedAtMs: number): Promise<void> {
    for (let start = 0; start < productIds.length; start += 1_000)
      await this.#of(of)
        .whereIn('product_id', productIds.slice(start, start + 1_000))
        .update({ missed_at_ms: missedAtMs });
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

  #of({ accountId, shopId }: SweptShop) {
    return this.#db('last_seen').where({ account_id: accountId, shop_id: shopId });
  }
}
