import type { Db } from '../../db/open-database.js';
import type { Part } from '../offers/offer-settings.js';

/** One change in the past of a SKU: what was handed to Amazon, or what came of it. */
export interface HistoryEntry {
  readonly id: number;
  readonly atMs: number;
  /** 0 for parts of the pool. */
  readonly marketplaceId: number;
  readonly part: Part;
  readonly event: 'submitted' | 'accepted' | 'rejected' | 'unknown' | 'read';
  readonly value: string | null;
  readonly valueBefore: string | null;
  readonly runId: number | null;
  readonly feedId: number | null;
}

/** The table `history`: append-only, one row per change. */
export class HistoryStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * Appends one row for every part that a feed last carried, in one statement.
   *
   * @param eventSql what happened, as SQL over the row of `part`
   */
  async record(
    eventSql: string,
    by: { feedId: number; accountId: number; runId: number; atMs: number },
  ): Promise<void> {
    await this.#db.raw(
      `INSERT INTO history (account_id, marketplace_id, sku, part, event, value, value_before, run_id, feed_id, at_ms)
       SELECT ?, part.marketplace_id, pool_listing.sku, part.part, ${eventSql}, part.submitted_value, part.accepted_value, ?, ?, ?
       FROM part JOIN pool_listing ON pool_listing.id = part.pool_listing_id
       WHERE part.submitted_feed_id = ?`,
      [by.accountId, by.runId, by.feedId, by.atMs, by.feedId],
    );
  }

  /** Newest first. */
  async ofSku(accountId: number, sku: string, limit: number): Promise<readonly HistoryEntry[]> {
    const rows: Record<string, string | number | null>[] = await this.#db('history')
      .where({ account_id: accountId, sku })
      .orderBy('id', 'desc')
      .limit(limit);
    return rows.map((row) => ({
      id: Number(row.id),
      atMs: Number(row.at_ms),
      marketplaceId: Number(row.marketplace_id),
      part: row.part as Part,
      event: row.event as HistoryEntry['event'],
      value: row.value === null ? null : String(row.value),
      valueBefore: row.value_before === null ? null : String(row.value_before),
      runId: row.run_id === null ? null : Number(row.run_id),
      feedId: row.feed_id === null ? null : Number(row.feed_id),
    }));
  }
}
