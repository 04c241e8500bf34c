import { dialectOf } from '../../db/dialect.js';
import type { Db } from '../../db/open-database.js';

/** Whose view of which shop: offers differ by account. */
export interface SweptShop {
  readonly accountId: number;
  readonly shopId: number;
}

/** What the sweep saw of a product the last time something changed. */
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

  async write(of: SweptShop, fingerprints: ReadonlyMap<number, string>, nowMs: number): Promise<void> {
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
        .merge();
  }

  async setMissed(of: SweptShop, productIds: readonly number[], missedAtMs: number | null): Promise<void> {
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
