import { dialectOf } from '../../../db/dialect.js';
import type { Db } from '../../../db/open-database.js';
import { GUARD_WINDOW_MS } from './guard-limits.js';
import type { GraveChange, GraveKind } from './hold.js';

/** The table `grave_change`: what has gone to an account in the last day. */
export class GraveChangeStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Notes changes that go now; one that is noted already counts from now on, and once. */
  async note(accountId: number, changes: readonly GraveChange[], atMs: number): Promise<void> {
    const size = dialectOf(this.#db).rowsPerInsert;
    for (let start = 0; start < changes.length; start += size) {
      const rows = changes.slice(start, start + size).map(({ kind, sku, marketplaceId, value, counts }) => ({
        account_id: accountId,
        kind,
        sku,
        marketplace_id: marketplaceId,
        value,
        counts: counts ? 1 : 0,
        at_ms: atMs,
      }));
      await this.#db('grave_change')
        .insert(rows)
        .onConflict(['account_id', 'kind', 'sku', 'marketplace_id'])
        .merge(['value', 'counts', 'at_ms']);
    }
  }

  /** Forgets what is older than a day. */
  async prune(accountId: number, nowMs: number): Promise<void> {
    await this.#db('grave_change')
      .where({ account_id: accountId })
      .where('at_ms', '<=', nowMs - GUARD_WINDOW_MS)
      .delete();
  }

  /** How many changes of a kind count now. */
  async count(accountId: number, kind: GraveKind, nowMs: number): Promise<number> {
    const row = await this.#recent(accountId, nowMs).where({ kind, counts: 1 }).count({ count: '*' }).first();
    return Number((row as { count?: string | number } | undefined)?.count ?? 0);
  }

  async hasAny(accountId: number, nowMs: number): Promise<boolean> {
    return (await this.#recent(accountId, nowMs).first('sku')) !== undefined;
  }

  /** What of these SKUs has gone in the last day. */
  async ofSkus(accountId: number, skus: readonly string[], nowMs: number): Promise<readonly GraveChange[]> {
    const changes: GraveChange[] = [];
    for (let start = 0; start < skus.length; start += 1_000) {
      const rows: Record<string, string | number>[] = await this.#recent(accountId, nowMs).whereIn(
        'sku',
        skus.slice(start, start + 1_000),
      );
      for (const row of rows)
        changes.push({
          kind: row.kind as GraveKind,
          sku: String(row.sku),
          marketplaceId: Number(row.marketplace_id),
          value: String(row.value),
          counts: Number(row.counts) === 1,
        });
    }
    return changes;
  }

  #recent(accountId: number, nowMs: number) {
    return this.#db('grave_change')
      .where({ account_id: accountId })
      .where('at_ms', '>', nowMs - GUARD_WINDOW_MS);
  }
}
