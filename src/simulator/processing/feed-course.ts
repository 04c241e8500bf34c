import type { Db } from '../../db/open-database.js';
import { FateStore, type FateSubject } from '../faults/fate-store.js';
import type { FaultBook } from '../faults/fault-book.js';
import type { WorkFault } from '../faults/fault-order.js';
import { FeedStore, type StoredFeed } from '../state/feed-store.js';
import type { Delays } from './delays.js';
import type { FeedProcessor } from './process-feed.js';
import type { Step } from './step.js';

export interface FeedCourseParts {
  readonly db: Db;
  readonly feeds: FeedStore;
  readonly feedProcessor: FeedProcessor;
  readonly delays: Delays;
  readonly faults: FaultBook;
}

/** What comes next for feeds. Those of one type and seller are worked one after another, so a stuck one holds up all behind it. */
export class FeedCourse {
  readonly #parts: FeedCourseParts;

  constructor(parts: FeedCourseParts) {
    this.#parts = parts;
  }

  /** The next step of each chain. */
  async steps(): Promise<readonly Step[]> {
    const steps: Step[] = [];
    const chains = new Set<string>();
    for (const feed of await this.#parts.feeds.open()) {
      const chain = `${feed.sellerId} ${feed.feedType}`;
      if (chains.has(chain)) continue;
      chains.add(chain);
      const step = feed.startedAtMs === null ? await this.#start(feed) : await this.#end(feed, feed.startedAtMs);
      if (step !== null) steps.push(step);
    }
    return steps;
  }

  async #start(feed: StoredFeed): Promise<Step> {
    const { feeds, delays, faults, feedProcessor } = this.#parts;
    const lastEndMs = await feeds.lastEndMs(feed.sellerId, feed.feedType);
    const atMs = Math.max(feed.createdAtMs + delays.queueMs, lastEndMs);
    const occasion = {
      subject: subjectOf(feed),
      type: feed.feedType,
      sellerId: feed.sellerId,
      atMs,
      find: (wanted: Parameters<FeedProcessor['find']>[1]) => feedProcessor.find(feed, wanted),
    };
    const take = () => faults.forWork(occasion, (trx, drawn) => this.#begin(feed, { trx, drawn, atMs }));
    return { atMs, take };
  }

  async #begin(
    feed: StoredFeed,
    { trx, drawn, atMs }: { readonly trx: Db; readonly drawn: readonly WorkFault[]; readonly atMs: number },
  ): Promise<void> {
    const feeds = new FeedStore(trx);
    if (!drawn.some(({ kind }) => kind === 'cancelled')) return feeds.setStarted(feed.id, atMs);
    // Amazon cancels a feed before it starts, never in the middle.
    return feeds.setEnded(feed, { status: 'CANCELLED', endedAtMs: atMs, resultDocumentId: null });
  }

  async #end(feed: StoredFeed, startedAtMs: number): Promise<Step | null> {
    const { db, delays, feeds, feedProcessor } = this.#parts;
    const { faults, held, releasedAtMs } = await new FateStore(db).of(subjectOf(feed));
    if (held) return null;
    const endedAtMs = Math.max(startedAtMs + delays.processMs, releasedAtMs);
    const take = async () =>
      feeds.setEnded(feed, { ...(await feedProcessor.process(feed, endedAtMs, faults)), endedAtMs });
    return { atMs: endedAtMs, take };
  }
}

function subjectOf(feed: StoredFeed): FateSubject {
  return { work: 'feed', id: feed.id };
}
