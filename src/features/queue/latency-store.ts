import { dialectOf } from '../../db/dialect.js';
import type { Db } from '../../db/open-database.js';
import { readRows } from '../../db/read-rows.js';
import type { DurationFigures, LatencyFigures } from './latency-figures.js';
import type { PartMask } from './queue-row.js';

const ROWS_PER_DELETE = 1_000;

const DAY_SQL = 'done_at_ms - done_at_ms % 86400000';

/** The table `change_latency`: how long each change took from being seen to Amazon's yes. */
export class LatencyStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * Writes down the changes that end with these rows of the queue; call it just before they go.
   *
   * What was sent, and when, the parts of its listings say: those handed over since the mark. One that is not accepted now is none that ended
   * well. Read by itself and not by INSERT … SELECT, which would lock the parts on MariaDB.
   *
   * @param ids at most 1,000, claimed
   */
  async record(
    ids: readonly number[],
    { neededParts, nowMs }: { neededParts: PartMask; nowMs: number },
  ): Promise<void> {
    if (ids.length === 0) return;
    const rows = await readRows(
      this.#db,
      `SELECT queue.shop_id, queue.product_id, queue.marketplace_id, queue.source, queue.seen_at_ms, queue.first_marked_at_ms,
         MAX(part.submitted_at_ms) AS sent_at_ms, MAX(part.accepted_at_ms) AS accepted_at_ms,
         SUM(CASE WHEN part.state = 'accepted' THEN 0 WHEN part.state IS NULL THEN 0 ELSE 1 END) AS refused
       FROM queue JOIN marketplace ON marketplace.id = queue.marketplace_id
       LEFT JOIN pool_listing ON pool_listing.account_id = marketplace.account_id
         AND pool_listing.shop_id = queue.shop_id AND pool_listing.product_id = queue.product_id
       LEFT JOIN part ON part.pool_listing_id = pool_listing.id AND part.marketplace_id IN (0, queue.marketplace_id)
         AND part.submitted_at_ms >= queue.first_marked_at_ms
       WHERE queue.id IN (${ids.map(Math.trunc).join(', ')}) AND queue.seen_at_ms > 0 AND queue.waiting_parts = 0
         AND ((queue.revision = queue.claimed_revision AND (queue.compared_parts & ?) = ?) OR ${ENDED_BEHIND_A_MARK})
       GROUP BY queue.id`,
      [neededParts, neededParts],
    );
    const latencies = rows.map(([shop, product, marketplace, source, seen, marked, sent, accepted, refused]) => ({
      ...{ shop_id: shop, product_id: product, marketplace_id: marketplace, source },
      ...{ seen_at_ms: seen, marked_at_ms: marked, sent_at_ms: sent },
      accepted_at_ms: sent === null || Number(refused) > 0 ? null : accepted,
      done_at_ms: nowMs,
    }));
    const size = dialectOf(this.#db).rowsPerInsert;
    for (let start = 0; start < latencies.length; start += size)
      await this.#db('change_latency').insert(latencies.slice(start, start + size));
  }

  /** By day and source, the newest day first. */
  async figures(sinceMs: number): Promise<readonly LatencyFigures[]> {
    const groups = await readRows(
      this.#db,
      `SELECT ${DAY_SQL} AS day_ms, source, COUNT(*) AS changes, COUNT(accepted_at_ms) AS accepted FROM change_latency
       WHERE done_at_ms >= ? GROUP BY ${DAY_SQL}, source ORDER BY day_ms DESC, source`,
      [sinceMs],
    );
    const figures: LatencyFigures[] = [];
    for (const [dayMs, source, changes, accepted] of groups) {
      const group = { dayMs: Number(dayMs), source: String(source) };
      figures.push({
        day: new Date(group.dayMs).toISOString().slice(0, 10),
        source: group.source,
        changes: Number(changes),
        accepted: Number(accepted),
        toMark: await this.#durations('marked_at_ms', group, Number(changes)),
        toAcceptance: await this.#durations('accepted_at_ms', group, Number(accepted)),
      });
    }
    return figures;
  }

  /** Forgets what was done before an instant, in small steps that keep nobody waiting. */
  async forget(beforeMs: number): Promise<void> {
    for (;;) {
      const ids: number[] = await this.#db('change_latency')
        .where('done_at_ms', '<', beforeMs)
        .orderBy('done_at_ms')
        .limit(ROWS_PER_DELETE)
        .pluck('id');
      if (ids.length === 0) return;
      await this.#db('change_latency').whereIn('id', ids).delete();
    }
  }

  async #durations(
    end: 'marked_at_ms' | 'accepted_at_ms',
    { dayMs, source }: { readonly dayMs: number; readonly source: string },
    count: number,
  ): Promise<DurationFigures | null> {
    if (count === 0) return null;
    const at = async (share: number) => {
      const [row] = await readRows(
        this.#db,
        `SELECT ${end} - seen_at_ms AS duration FROM change_latency
         WHERE done_at_ms >= ? AND done_at_ms < ? AND source = ? AND ${end} IS NOT NULL
         ORDER BY duration LIMIT 1 OFFSET ${Math.ceil(share * count) - 1}`,
        [dayMs, dayMs + 86_400_000, source],
      );
      return Number(row?.[0]);
    };
    return { p50Ms: await at(0.5), p95Ms: await at(0.95), maxMs: await at(1) };
  }
}

/** A claimed row whose own change is done while a newer mark, a change of its own, keeps it. */
export const ENDED_BEHIND_A_MARK =
  '(queue.revision <> queue.claimed_revision AND queue.seen_anew_at_ms IS NOT NULL AND queue.plan_recorded = 1 AND queue.left_waiting = 0)';
