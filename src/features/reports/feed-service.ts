import type { Readable } from 'node:stream';
import { defineError } from '../../core/errors.js';
import type { Db } from '../../db/open-database.js';
import type { Archive } from './archive.js';
import { explainIssue, type IssueExplanation } from './explain-issue.js';
import type { Feed, FeedIntent, FeedIssue, FeedKind } from './feed.js';
import { FeedIssueStore, type IssueGroup } from './feed-issue-store.js';
import { type FeedListFilter, FeedStore, type RunResults } from './feed-store.js';
import { keptAnswer, keptDocument } from './kept-files.js';
import { FIRST_LOOK_MS } from './look-up-feed.js';
import { SuspectFeeds } from './suspect-feeds.js';

export const FeedUnknown = defineError<{ feedId: number }>(
  'FEED_UNKNOWN',
  404,
  ({ feedId }) => `Expected the number of a feed, got ${feedId}, which is none. "feedbridge feed list" shows them.`,
);

/** A cause that came up in a feed, explained. */
export interface ExplainedGroup extends IssueGroup {
  readonly explanation: IssueExplanation | null;
}

/** What people and other features ask about feeds: their state, their documents, and what Amazon said. */
export class FeedService {
  readonly #store: FeedStore;
  readonly #issues: FeedIssueStore;
  readonly #suspects: SuspectFeeds;
  readonly #archive: Archive;

  constructor(db: Db, archive: Archive) {
    this.#store = new FeedStore(db);
    this.#issues = new FeedIssueStore(db);
    this.#suspects = new SuspectFeeds(db);
    this.#archive = archive;
  }

  /**
   * Writes the intent to send a feed and reserves its kind on its marketplace, in the caller's transaction.
   *
   * @returns the feed's number
   * @throws a unique violation when a feed of that kind is open there
   */
  writeIntent(intent: FeedIntent, transaction: Db, nowMs: number): Promise<number> {
    return this.#store.on(transaction).insertIntent(intent, nowMs);
  }

  /** Notes, in the caller's transaction, that Amazon is about to be asked to make the feed. */
  asked(feedId: number, transaction: Db, nowMs: number): Promise<void> {
    return this.#store.on(transaction).asked(feedId, nowMs);
  }

  /** Notes that nobody knows whether Amazon made the feed; it is looked for from then on. */
  unanswered(feedId: number, nowMs: number): Promise<void> {
    return this.#store.unanswered(feedId, { doubles: null, nowMs, nextPollAtMs: nowMs + FIRST_LOOK_MS });
  }

  /**
   * Notes that Amazon took the feed and gave it a number.
   *
   * @returns false when it was given up meanwhile: then its values are on their way a second time
   */
  submitted(feedId: number, amazonFeedId: string, times: { nowMs: number; nextPollAtMs: number }): Promise<boolean> {
    return this.#store.submitted(feedId, amazonFeedId, times);
  }

  /** Closes a feed that never was, or of which nobody knows, at Amazon. */
  async fail(feedId: number, fault: string, transaction: Db, nowMs: number): Promise<void> {
    await this.#store.on(transaction).close(feedId, { status: 'failed', fault, nowMs });
  }

  /** How many of the newest feeds of a kind on a marketplace never were at Amazon, one after the other; at most ten are looked at. */
  failuresInARow(of: { marketplaceId: number; kind: FeedKind }): Promise<number> {
    return this.#store.failuresInARow(of, 10);
  }

  /** Whether a feed of the account ever ended FATAL; only then anything of it can be under suspicion. */
  hasFatal(accountId: number): Promise<boolean> {
    return this.#suspects.hasFatal(accountId);
  }

  /** Whether the newest feed of a kind on a marketplace carried parts under suspicion. */
  wasSuspect(of: { marketplaceId: number; kind: FeedKind }): Promise<boolean> {
    return this.#suspects.wasLast(of);
  }

  list(filter: FeedListFilter): Promise<readonly Feed[]> {
    return this.#store.list(filter);
  }

  /** @throws FeedUnknown */
  async find(feedId: number): Promise<Feed> {
    const feed = await this.#store.find(feedId);
    if (feed === null) throw new FeedUnknown({ feedId });
    return feed;
  }

  /** Every feed of an account that counts as open. */
  open(accountId: number): Promise<readonly Feed[]> {
    return this.#store.open(accountId);
  }

  issues(feedId: number, filter: { afterId: number; limit: number }): Promise<readonly (FeedIssue & { id: number })[]> {
    return this.#issues.ofFeed(feedId, filter);
  }

  issuesOfSku(feedIds: readonly number[], sku: string): Promise<readonly (FeedIssue & { feedId: number })[]> {
    return this.#issues.ofSku(feedIds, sku);
  }

  /** The causes in a feed, the most frequent first, each with what it means and what to do. */
  async causes(feedId: number): Promise<readonly ExplainedGroup[]> {
    const groups = await this.#issues.groups(feedId);
    return groups.map((group) => ({ ...group, explanation: explainIssue(group.code) }));
  }

  /**
   * The document as it was sent, uncompressed.
   *
   * @throws FileRemoved, ArchivedFileMissing
   */
  async document(feed: Feed): Promise<Readable> {
    return this.#archive.open(keptDocument(feed));
  }

  /**
   * Amazon's answer, uncompressed; null while there is none.
   *
   * @throws FileRemoved, ArchivedFileMissing
   */
  async result(feed: Feed): Promise<Readable | null> {
    const path = keptAnswer(feed);
    return path === null ? null : this.#archive.open(path);
  }

  /** What Amazon said of all feeds of each run so far; runs without feeds are left out. */
  resultsOfRuns(runIds: readonly number[]): Promise<ReadonlyMap<number, RunResults>> {
    return this.#store.resultsOfRuns(runIds);
  }
}
