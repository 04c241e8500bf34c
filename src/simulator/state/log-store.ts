import { dialectOf } from '../../db/dialect.js';
import type { Db } from '../../db/open-database.js';
import type { LogEntry, LogKind } from './log-entry.js';
import { inSlices, numberOrNull, type Row, textOrNull } from './row.js';

export interface LogFilter {
  readonly sku?: string | undefined;
  readonly kind?: string | undefined;
  /** Row number of the feed. */
  readonly feedId?: number | undefined;
  /** Only entries with larger numbers. */
  readonly afterId: number;
  readonly limit: number;
}

/** The append-only log. Open it on the transaction that does what is logged, so that both are there or neither is. */
export class LogStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async append(sellerId: string, entries: readonly LogEntry[]): Promise<void> {
    const rowsPerInsert = Math.min(500, dialectOf(this.#db).rowsPerInsert);
    const rows = entries.map((entry) => toRow(sellerId, entry));
    for (const slice of inSlices(rows, rowsPerInsert)) await this.#db('sim_log').insert(slice);
  }

  /** Entries in the order in which they were written. */
  async page(sellerId: string, filter: LogFilter): Promise<readonly (LogEntry & { readonly id: number })[]> {
    const rows: Row[] = await this.#db('sim_log')
      .where({ seller_id: sellerId })
      .where('id', '>', filter.afterId)
      .modify((query) => {
        if (filter.sku !== undefined) query.where({ sku: filter.sku });
        if (filter.kind !== undefined) query.where({ kind: filter.kind });
        if (filter.feedId !== undefined) query.where({ feed_id: filter.feedId });
      })
      .orderBy('id')
      .limit(filter.limit);
    return rows.map((row) => ({ id: Number(row.id), ...fromRow(row) }));
  }
}

function toRow(sellerId: string, entry: LogEntry): Row {
  return {
    seller_id: sellerId,
    at_ms: entry.atMs,
    kind: entry.kind,
    sku: entry.sku,
    marketplace_id: entry.marketplaceId,
    feed_id: entry.feedId,
    message_id: entry.messageId,
    what: JSON.stringify(entry.what),
  };
}

function fromRow(row: Row): LogEntry {
  return {
    kind: String(row.kind) as LogKind,
    atMs: Number(row.at_ms),
    sku: String(row.sku),
    marketplaceId: textOrNull(row.marketplace_id),
    feedId: numberOrNull(row.feed_id),
    messageId: textOrNull(row.message_id),
    what: JSON.parse(String(row.what)) as Readonly<Record<string, unknown>>,
  };
}
