import type { Db } from '../../db/open-database.js';
import { applyListFilter, type ListFilter } from './list-filter.js';
import type { LogEntry } from './log-entry.js';
import { LogStore } from './log-store.js';
import type { ProcessingStatus } from './processing-status.js';
import { inSlices, numberOrNull, type Row, textOrNull } from './row.js';

export interface StoredFeed {
  /** Row number; `feedIdOf` makes the id that clients see. */
  readonly id: number;
  readonly sellerId: string;
  readonly feedType: string;
  readonly marketplaceIds: readonly string[];
  readonly inputDocumentId: string;
  readonly status: ProcessingStatus;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  /** Messages worked off so far, in working order. */
  readonly applied: number;
  readonly withError: number;
  readonly withWarning: number;
  readonly resultDocumentId: string | null;
}

export interface NewFeed {
  readonly sellerId: string;
  readonly feedType: string;
  readonly marketplaceIds: readonly string[];
  /** As it was uploaded; the hash is over the bytes, not compressed. */
  readonly document: { readonly id: string; readonly sha256: string; readonly sizeBytes: number };
  readonly nowMs: number;
}

export interface StoredFeedEnd {
  readonly status: 'CANCELLED' | 'DONE' | 'FATAL';
  readonly endedAtMs: number;
  readonly resultDocumentId: string | null;
}

/** One line of a processing report. */
export interface FeedResult {
  /** "0" = the whole feed. */
  readonly messageId: string;
  readonly result: 'Error' | 'Warning';
  readonly code: string;
  readonly description: string;
  readonly sku: string | null;
}

const FIRST_FEED_ID = 50_000_000_000;

/** The id that clients see: a number as text, like Amazon's. */
export function feedIdOf(id: number): string {
  return String(FIRST_FEED_ID + id);
}

/** The row number behind a client's id, or null when it cannot be one. */
export function feedRowOf(feedId: string): number | null {
  return /^\d{11,15}$/.test(feedId) ? Number(feedId) - FIRST_FEED_ID : null;
}

/** Feeds and the results of their messages. */
export class FeedStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Makes a feed and logs it, both or neither. */
  create(feed: NewFeed): Promise<number> {
    const { sellerId, feedType, marketplaceIds, document, nowMs } = feed;
    return this.#db.transaction(async (trx) => {
      const [id] = await trx('sim_feed').insert({
        seller_id: sellerId,
        feed_type: feedType,
        marketplace_ids: JSON.stringify(marketplaceIds),
        input_document_id: document.id,
        status: 'IN_QUEUE',
        created_at_ms: nowMs,
        applied: 0,
        with_error: 0,
        with_warning: 0,
      });
      const what = { feedType, marketplaceIds, document };
      await new LogStore(trx).append(sellerId, [aboutFeed('feed-created', Number(id), nowMs, what)]);
      return Number(id);
    });
  }

  async find(sellerId: string, id: number): Promise<StoredFeed | null> {
    const row = await this.#db('sim_feed').where({ id, seller_id: sellerId }).first();
    return row === undefined ? null : fromRow(row);
  }

  /** One page, newest first, and one row more when another page follows. */
  async list(sellerId: string, filter: ListFilter): Promise<readonly StoredFeed[]> {
    const rows = await this.#db('sim_feed')
      .where({ seller_id: sellerId })
      .modify((query) => applyListFilter(query, filter, 'feed_type'));
    return rows.map(fromRow);
  }

  /** Feeds that still have something before them, oldest first. */
  async open(): Promise<readonly StoredFeed[]> {
    const rows = await this.#db('sim_feed').whereIn('status', ['IN_QUEUE', 'IN_PROGRESS']).orderBy('id');
    return rows.map(fromRow);
  }

  /** When the last feed of this type and seller was finished; 0 when none was. */
  async lastEndMs(sellerId: string, feedType: string): Promise<number> {
    const row = await this.#db('sim_feed')
      .where({ seller_id: sellerId, feed_type: feedType })
      .whereIn('status', ['DONE', 'FATAL'])
      .max({ last: 'ended_at_ms' })
      .first();
    return Number(row?.last ?? 0);
  }

  async setStarted(id: number, startedAtMs: number): Promise<void> {
    await this.#db('sim_feed').where({ id }).update({ status: 'IN_PROGRESS', started_at_ms: startedAtMs });
  }

  /** Ends a feed and logs it, both or neither. */
  async setEnded({ id, sellerId }: StoredFeed, end: StoredFeedEnd): Promise<void> {
    const { status, endedAtMs, resultDocumentId } = end;
    await this.#db.transaction(async (trx) => {
      await trx('sim_feed')
        .where({ id })
        .update({ status, ended_at_ms: endedAtMs, result_document_id: resultDocumentId });
      const counts = await trx('sim_feed').where({ id }).first('feed_type', 'applied', 'with_error', 'with_warning');
      const what = {
        status,
        feedType: String(counts.feed_type),
        applied: Number(counts.applied),
        withError: Number(counts.with_error),
        withWarning: Number(counts.with_warning),
      };
      await new LogStore(trx).append(sellerId, [aboutFeed('feed-ended', id, endedAtMs, what)]);
    });
  }

  /** Adds results and counts, inside the transaction that applies the messages. */
  async addProgress(
    trx: Db,
    id: number,
    progress: { applied: number; withError: number; withWarning: number; results: readonly FeedResult[] },
  ): Promise<void> {
    for (const results of inSlices(progress.results, 500))
      await trx('sim_feed_result').insert(results.map((result) => resultToRow(id, result)));
    await trx('sim_feed')
      .where({ id })
      .update({
        applied: trx.raw('applied + ?', [progress.applied]),
        with_error: trx.raw('with_error + ?', [progress.withError]),
        with_warning: trx.raw('with_warning + ?', [progress.withWarning]),
      });
  }

  /** The results of a feed in the order they arose, page by page. */
  async *results(id: number): AsyncGenerator<FeedResult> {
    for (let after = 0; ; ) {
      const rows = await this.#db('sim_feed_result')
        .where({ feed_id: id })
        .where('id', '>', after)
        .orderBy('id')
        .limit(1_000);
      for (const row of rows) yield resultFromRow(row);
      if (rows.length < 1_000) return;
      after = Number(rows[rows.length - 1]?.id);
    }
  }
}

function aboutFeed(
  kind: 'feed-created' | 'feed-ended',
  feedId: number,
  atMs: number,
  what: Readonly<Record<string, unknown>>,
): LogEntry {
  return { kind, atMs, sku: '', marketplaceId: null, feedId, messageId: null, what };
}

function fromRow(row: Row): StoredFeed {
  return {
    id: Number(row.id),
    sellerId: String(row.seller_id),
    feedType: String(row.feed_type),
    marketplaceIds: JSON.parse(String(row.marketplace_ids)) as string[],
    inputDocumentId: String(row.input_document_id),
    status: String(row.status) as ProcessingStatus,
    createdAtMs: Number(row.created_at_ms),
    startedAtMs: numberOrNull(row.started_at_ms),
    endedAtMs: numberOrNull(row.ended_at_ms),
    applied: Number(row.applied),
    withError: Number(row.with_error),
    withWarning: Number(row.with_warning),
    resultDocumentId: textOrNull(row.result_document_id),
  };
}

function resultToRow(feedId: number, result: FeedResult): Row {
  const { messageId, code, description, sku } = result;
  return { feed_id: feedId, message_id: messageId, result: result.result, code, description, sku };
}

function resultFromRow(row: Row): FeedResult {
  return {
    messageId: String(row.message_id),
    result: row.result === 'Warning' ? 'Warning' : 'Error',
    code: String(row.code),
    description: String(row.description),
    sku: textOrNull(row.sku),
  };
}
