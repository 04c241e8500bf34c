import type { Db } from '../../db/open-database.js';
import type { Feed, FeedIntent, FeedKind, FeedStatus } from './feed.js';

export type FeedTableRow = Record<string, string | number | null>;

/** Which feeds a list shows; newest first. */
export interface FeedListFilter {
  readonly runId?: number;
  readonly marketplaceId?: number;
  readonly status?: FeedStatus;
  /** Only feeds with a smaller id: the next page. */
  readonly beforeId?: number;
  readonly limit: number;
}

/** The table `feed`. */
export class FeedStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  on(transaction: Db): FeedStore {
    return new FeedStore(transaction);
  }

  /**
   * Writes the intent to send a feed and reserves its kind on its marketplace.
   *
   * @throws a unique violation when a feed of that kind is open there: at most one may be
   */
  async insertIntent(intent: FeedIntent, nowMs: number): Promise<number> {
    const row = {
      run_id: intent.runId,
      account_id: intent.accountId,
      marketplace_id: intent.marketplaceId,
      kind: intent.kind,
      message_type: intent.messageType,
      feed_type: intent.feedType,
      format: intent.format,
      status: 'intent',
      open_key: openKey(intent.marketplaceId, intent.kind),
      messages: intent.messages,
      document_bytes: intent.documentBytes,
      document_path: intent.documentPath,
      suspect_group: intent.suspectGroup ?? null,
      polls: 0,
      created_at_ms: nowMs,
    };
    const [id] = await this.#db('feed').insert(row);
    return Number(id);
  }

  /** Notes that Amazon is about to be asked to make the feed: from now on it may exist there. */
  async asked(feedId: number, nowMs: number): Promise<void> {
    await this.#db('feed').where({ id: feedId }).update({ asked_at_ms: nowMs });
  }

  /** Notes that nobody knows whether Amazon made the feed; `doubles` = those of its feeds that may be this one, null = not known yet. */
  async unanswered(
    feedId: number,
    { doubles, nowMs, nextPollAtMs }: { doubles: readonly string[] | null; nowMs: number; nextPollAtMs: number },
  ): Promise<void> {
    const values = {
      status: 'unanswered',
      next_poll_at_ms: nextPollAtMs,
      polls: this.#db.raw('polls + 1'),
      unanswered_at_ms: this.#db.raw('COALESCE(unanswered_at_ms, ?)', [nowMs]),
    };
    await this.#db('feed')
      .where({ id: feedId })
      .whereNotNull('open_key')
      .update(doubles === null ? values : { ...values, doubles: JSON.stringify(doubles) });
  }

  /** Of these numbers of Amazon's, those that belong to a feed of ours, or may. */
  async owned(accountId: number, but: number, amazonFeedIds: readonly string[]): Promise<ReadonlySet<string>> {
    const ofAccount = () => this.#db('feed').where({ account_id: accountId }).whereNot({ id: but });
    const owned: string[] = await ofAccount().whereIn('amazon_feed_id', amazonFeedIds).pluck('amazon_feed_id');
    const doubles: string[] = await ofAccount().whereNotNull('doubles').pluck('doubles');
    return new Set([...owned, ...doubles.flatMap((one) => JSON.parse(one) as string[])]);
  }

  /**
   * Notes the number that Amazon gave to a feed.
   *
   * @param times isAdopted = it was found there after its answer was lost
   * @returns false when the feed is closed: somebody gave it up meanwhile, and the number is kept as that of a known double
   */
  async submitted(
    feedId: number,
    amazonFeedId: string,
    times: { nowMs: number; nextPollAtMs: number; isAdopted?: boolean },
  ): Promise<boolean> {
    const isOpen = await this.#db('feed')
      .where({ id: feedId })
      .whereNotNull('open_key')
      .update({
        status: 'submitted',
        amazon_feed_id: amazonFeedId,
        adopted: times.isAdopted ? 1 : 0,
        submitted_at_ms: times.nowMs,
        next_poll_at_ms: times.nextPollAtMs,
      });
    if (isOpen > 0) return true;
    await this.#db('feed')
      .where({ id: feedId })
      .update({ doubles: JSON.stringify([amazonFeedId]) });
    return false;
  }

  async polled(feedId: number, status: FeedStatus, nextPollAtMs: number): Promise<void> {
    await this.#db('feed')
      .where({ id: feedId })
      .update({ status, next_poll_at_ms: nextPollAtMs, polls: this.#db.raw('polls + 1') });
  }

  /**
   * Closes a feed with its result; its kind is free again.
   *
   * @returns false when it was closed before: two processes that read one report settle it once
   */
  async close(feedId: number, result: Partial<ClosedFeed> & { status: FeedStatus; nowMs: number }): Promise<boolean> {
    const closed = await this.#db('feed')
      .where({ id: feedId })
      .whereNotNull('open_key')
      .update({
        status: result.status,
        open_key: null,
        next_poll_at_ms: null,
        result_path: result.resultPath ?? null,
        accepted: result.accepted ?? null,
        warnings: result.warnings ?? null,
        errors: result.errors ?? null,
        unknown: result.unknown ?? null,
        fault: result.fault ?? null,
        ended_at_ms: result.nowMs,
        settled_at_ms: result.nowMs,
      });
    return closed > 0;
  }

  async find(feedId: number): Promise<Feed | null> {
    const row = await this.#db<FeedTableRow>('feed').where({ id: feedId }).first();
    return row === undefined ? null : toFeed(row);
  }

  async list(filter: FeedListFilter): Promise<readonly Feed[]> {
    const query = this.#db<FeedTableRow>('feed').orderBy('id', 'desc').limit(filter.limit);
    if (filter.runId !== undefined) query.where({ run_id: filter.runId });
    if (filter.marketplaceId !== undefined) query.where({ marketplace_id: filter.marketplaceId });
    if (filter.status !== undefined) query.where({ status: filter.status });
    if (filter.beforeId !== undefined) query.where('id', '<', filter.beforeId);
    return (await query).map(toFeed);
  }

  /** What the feeds of each run came to so far; runs without feeds are left out. */
  async resultsOfRuns(runIds: readonly number[]): Promise<ReadonlyMap<number, RunResults>> {
    if (runIds.length === 0) return new Map();
    const rows: FeedTableRow[] = await this.#db('feed')
      .whereIn('run_id', [...runIds])
      .groupBy('run_id')
      .select('run_id')
      .sum({ accepted: 'accepted', rejected: 'errors', unknown: 'unknown' });
    return new Map(
      rows.map((row) => [
        Number(row.run_id),
        // A sum over nothing but nulls is null.
        { accepted: Number(row.accepted), rejected: Number(row.rejected), unknown: Number(row.unknown) },
      ]),
    );
  }

  /** Feeds at Amazon whose state is due to be asked for, the longest waiting first; of one account, or of all. */
  async due(nowMs: number, limit: number, accountId?: number): Promise<readonly Feed[]> {
    const rows = await this.#db<FeedTableRow>('feed')
      .where(accountId === undefined ? {} : { account_id: accountId })
      .whereIn('status', ['unanswered', 'submitted', 'in-progress'])
      .where('next_poll_at_ms', '<=', nowMs)
      .orderBy('next_poll_at_ms')
      .limit(limit);
    return rows.map(toFeed);
  }

  /** Every feed that counts as open for an account: reserved, at Amazon or on its way. */
  async open(accountId: number): Promise<readonly Feed[]> {
    const rows = await this.#db<FeedTableRow>('feed')
      .where({ account_id: accountId })
      .whereNotNull('open_key')
      .orderBy('id');
    return rows.map(toFeed);
  }

  /** How many of the newest feeds of a kind on a marketplace never were at Amazon, one after the other; at most `limit` are looked at. */
  async failuresInARow(of: { marketplaceId: number; kind: FeedKind }, limit: number): Promise<number> {
    const newest: FeedStatus[] = await this.#db('feed')
      .where({ marketplace_id: of.marketplaceId, kind: of.kind })
      .orderBy('id', 'desc')
      .limit(limit)
      .pluck('status');
    const other = newest.findIndex((status) => status !== 'failed');
    return other < 0 ? newest.length : other;
  }
}

interface ClosedFeed {
  readonly resultPath: string | null;
  readonly accepted: number;
  readonly warnings: number;
  readonly errors: number;
  readonly unknown: number;
  readonly fault: string;
}

/** Values by what Amazon said of them. */
export interface RunResults {
  readonly accepted: number;
  readonly rejected: number;
  readonly unknown: number;
}

/** The reservation of design rule 6. Quantity is addressed to one marketplace of its account, so the same key serves it. */
function openKey(marketplaceId: number, kind: string): string {
  return `${marketplaceId}:${kind}`;
}

function toFeed(row: FeedTableRow): Feed {
  const number = (name: string) => (row[name] === null || row[name] === undefined ? null : Number(row[name]));
  const text = (name: string) => (row[name] === null || row[name] === undefined ? null : String(row[name]));
  return {
    id: Number(row.id),
    runId: Number(row.run_id),
    accountId: Number(row.account_id),
    marketplaceId: Number(row.marketplace_id),
    kind: row.kind as Feed['kind'],
    messageType: String(row.message_type),
    feedType: String(row.feed_type),
    format: row.format as Feed['format'],
    status: row.status as FeedStatus,
    messages: Number(row.messages),
    documentBytes: Number(row.document_bytes),
    documentPath: String(row.document_path),
    amazonFeedId: text('amazon_feed_id'),
    resultPath: text('result_path'),
    accepted: number('accepted'),
    warnings: number('warnings'),
    errors: number('errors'),
    unknown: number('unknown'),
    fault: text('fault'),
    polls: Number(row.polls),
    createdAtMs: Number(row.created_at_ms),
    askedAtMs: number('asked_at_ms'),
    unansweredAtMs: number('unanswered_at_ms'),
    isAdopted: number('adopted') === 1,
    suspectGroup: number('suspect_group'),
    submittedAtMs: number('submitted_at_ms'),
    endedAtMs: number('ended_at_ms'),
    settledAtMs: number('settled_at_ms'),
    removedAtMs: number('removed_at_ms'),
  };
}
