import { parseProcessingReport } from '../../../feeds/xml/processing-report.js';
import type { AmazonAccount, Feed as AmazonFeed } from '../../amazon/amazon-account.js';
import { NotFound } from '../../amazon/amazon-errors.js';
import type { Clock } from '../../core/clock.js';
import type { AnswerArchive } from './answer-archive.js';
import type { Feed } from './feed.js';
import type { FeedStore } from './feed-store.js';
import { lookUpFeed } from './look-up-feed.js';
import { type FeedSettlement, retryDelayMs } from './settle-feed.js';

/** How long to wait before asking for a feed again, by how often it was asked; the last one repeats. */
export const POLL_DELAYS_MS = {
  amazon: [30_000, 60_000, 120_000, 300_000],
  simulator: [500],
} as const;

/** How long after one look for a feed without an answer the next one comes. */
const LOOK_AGAIN_MS = 60_000;

const FORGOTTEN = 'Amazon no longer knows this feed, so nobody can say what came of it; its values are sent again.';
const NEVER_MADE = 'Amazon was asked to make it, gave no answer, and shows no such feed; its values are sent again.';
const SEVERAL =
  'Amazon was asked to make it and gave no answer, and several of its feeds may be this one; all have ended, and its values are sent again.';

const END_STATUS = { DONE: 'done', CANCELLED: 'cancelled', FATAL: 'fatal' } as const;

export interface PollDependencies {
  readonly clock: Clock;
  readonly answers: AnswerArchive;
  readonly feeds: FeedStore;
  readonly settlement: FeedSettlement;
  /** Opens Amazon as the feed's account sees it. */
  readonly access: (feed: Feed) => Promise<FeedAccess>;
}

/** Amazon as the account of a feed sees it. */
export interface FeedAccess {
  readonly amazon: AmazonAccount;
  readonly simulator: boolean;
  /** Amazon's own id of the feed's marketplace. */
  readonly amazonMarketplaceId: string;
}

export interface PollOptions {
  readonly signal?: AbortSignal;
  /** Only this account's feeds. */
  readonly accountId?: number;
  readonly limit?: number;
}

/** What one round of asking found. */
export interface PollResult {
  readonly asked: number;
  readonly settled: number;
}

/** Asks Amazon for the state of feeds on their way, reads the reports of those that ended, and settles them. */
export class FeedPoller {
  readonly #on: PollDependencies;

  constructor(dependencies: PollDependencies) {
    this.#on = dependencies;
  }

  /** How long a feed just submitted is left alone. */
  static firstDelayMs(simulator: boolean): number {
    return POLL_DELAYS_MS[simulator ? 'simulator' : 'amazon'][0];
  }

  /**
   * Asks for every feed that is due, one after the other; each is settled by itself, so a failure loses nothing of the others.
   *
   * @throws the first error of Amazon, the disk or the database, once every feed was asked for; its feed is asked for again
   */
  async pollDue(options: PollOptions = {}): Promise<PollResult> {
    const due = await this.#on.feeds.due(this.#on.clock.nowMs(), options.limit ?? 100, options.accountId);
    const failures: unknown[] = [];
    const result = { asked: 0, settled: 0 };
    for (const feed of due) {
      if (options.signal?.aborted) break;
      result.asked += 1;
      try {
        if (await this.#poll(feed, options.signal)) result.settled += 1;
      } catch (error) {
        // The next feed may be another account's, and its report must not wait until this one can be read.
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return result;
  }

  async #poll(feed: Feed, signal?: AbortSignal): Promise<boolean> {
    const access = await this.#on.access(feed);
    if (feed.status === 'unanswered') return this.#lookUp(feed, access, signal);
    if (feed.amazonFeedId === null) return false;
    const { amazon, simulator } = access;
    const call = signal ? { signal } : {};
    const answer = await orNullIfGone(amazon.feeds.getFeed(feed.amazonFeedId, call));
    if (answer === null) {
      await this.#on.settlement.giveBack(feed, { fault: FORGOTTEN, delayMs: retryDelayMs(0) });
      return true;
    }
    if (answer.processingStatus === 'IN_QUEUE' || answer.processingStatus === 'IN_PROGRESS') {
      await this.#later(feed, answer, simulator);
      return false;
    }
    const status = END_STATUS[answer.processingStatus];
    const text =
      answer.resultFeedDocumentId === null
        ? null
        : await orNullIfGone(amazon.feeds.readDocument(answer.resultFeedDocumentId, call));
    if (text === null) {
      await this.#on.settlement.settle(feed, { status, report: null, resultPath: null });
      await this.#on.answers.settled(feed);
      return true;
    }
    const resultPath = await this.#on.answers.keep(feed, text);
    await this.#on.settlement.settle(feed, { status, report: parseProcessingReport(text), resultPath });
    await this.#on.answers.settled(feed);
    return true;
  }

  /** @returns whether the feed has come to its end by that */
  async #lookUp(feed: Feed, { amazon, amazonMarketplaceId }: FeedAccess, signal?: AbortSignal): Promise<boolean> {
    const { clock, feeds, settlement } = this.#on;
    const nowMs = clock.nowMs();
    const owned = (ids: readonly string[]) => feeds.owned(feed.accountId, feed.id, ids);
    const asked = { ...feed, askedAtMs: feed.askedAtMs ?? feed.createdAtMs };
    const found = await lookUpFeed(asked, { amazon, amazonMarketplaceId, owned, nowMs, signal });
    if (found.kind === 'found') {
      await feeds.submitted(feed.id, found.amazonFeedId, { nowMs, nextPollAtMs: nowMs, isAdopted: true });
      return false;
    }
    const doubles = found.kind === 'several' ? found.amazonFeedIds : null;
    await feeds.unanswered(feed.id, { doubles, nowMs, nextPollAtMs: nowMs + LOOK_AGAIN_MS });
    if (found.kind === 'not-yet' || (found.kind === 'several' && !found.ended)) return false;
    const fault = found.kind === 'several' ? SEVERAL : NEVER_MADE;
    await settlement.giveBack(feed, { fault, delayMs: retryDelayMs(0) });
    return true;
  }

  async #later(feed: Feed, answer: AmazonFeed, simulator: boolean): Promise<void> {
    const delays: readonly number[] = POLL_DELAYS_MS[simulator ? 'simulator' : 'amazon'];
    const delayMs = delays[Math.min(feed.polls + 1, delays.length - 1)] ?? 300_000;
    const status = answer.processingStatus === 'IN_QUEUE' ? 'submitted' : 'in-progress';
    await this.#on.feeds.polled(feed.id, status, this.#on.clock.nowMs() + delayMs);
  }
}

/** Amazon keeps feeds and reports for some weeks; what it has thrown away no patience brings back. */
async function orNullIfGone<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}
