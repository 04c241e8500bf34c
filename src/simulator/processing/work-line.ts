import type { Clock } from '../../core/clock.js';
import { type FeedStore, feedIdOf, type StoredFeed } from '../state/feed-store.js';
import type { ReportStore, StoredReport } from '../state/report-store.js';
import type { Delays } from './delays.js';
import type { FaultSource } from './fault-source.js';
import type { ReportMaker } from './make-report.js';
import type { FeedProcessor } from './process-feed.js';

export interface WorkLineParts {
  readonly clock: Clock;
  readonly feeds: FeedStore;
  readonly reports: ReportStore;
  readonly feedProcessor: FeedProcessor;
  readonly reportMaker: ReportMaker;
  readonly delays: Delays;
  readonly faults: FaultSource;
}

/** Something that becomes due at an instant. */
interface Step {
  readonly atMs: number;
  take(): Promise<void>;
}

/**
 * Brings feeds and reports to where they must be by the clock, in the order in which their steps became due.
 *
 * Nothing happens between requests: whoever asks next finds everything done that is due by then, with the times at which it was due.
 * That needs no timer, gives the same course with a hand-moved clock, and survives any restart.
 */
export class WorkLine {
  readonly #parts: WorkLineParts;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: WorkLineParts) {
    this.#parts = parts;
  }

  /**
   * Does everything that is due, then the given work, with nobody else in between.
   *
   * @param work reads or writes listings, feeds or reports
   */
  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      await this.#catchUp();
      return work();
    });
    this.#last = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  /** Resolves when nothing is running any more. */
  async idle(): Promise<void> {
    await this.#last;
  }

  async #catchUp(): Promise<void> {
    const nowMs = this.#parts.clock.nowMs();
    for (;;) {
      const steps = [...(await this.#feedSteps()), ...(await this.#reportSteps())];
      const due = steps.filter((step) => step.atMs <= nowMs).sort((one, other) => one.atMs - other.atMs)[0];
      if (due === undefined) return;
      await due.take();
    }
  }

  /** The next step of each chain: feeds of one type and seller are worked one after another. */
  async #feedSteps(): Promise<readonly Step[]> {
    const { feeds, delays } = this.#parts;
    const steps: Step[] = [];
    const chains = new Set<string>();
    for (const feed of await feeds.open()) {
      const chain = `${feed.sellerId} ${feed.feedType}`;
      if (chains.has(chain)) continue;
      chains.add(chain);
      if (feed.startedAtMs !== null) {
        const endMs = feed.startedAtMs + delays.processMs;
        steps.push({ atMs: endMs, take: () => this.#endFeed(feed, endMs) });
      } else {
        const startMs = Math.max(
          feed.createdAtMs + delays.queueMs,
          await feeds.lastEndMs(feed.sellerId, feed.feedType),
        );
        steps.push({ atMs: startMs, take: () => feeds.setStarted(feed.id, startMs) });
      }
    }
    return steps;
  }

  async #endFeed(feed: StoredFeed, endedAtMs: number): Promise<void> {
    const { faults, feeds, feedProcessor } = this.#parts;
    const { sellerId, feedType } = feed;
    const fault = faults({ at: 'feed', feedType, feedId: feedIdOf(feed.id), sellerId });
    if (fault?.kind === 'end') {
      await feeds.setEnded(feed, { status: fault.status, endedAtMs, resultDocumentId: null });
      return;
    }
    const end = await feedProcessor.process(feed, endedAtMs);
    await feeds.setEnded(feed, { ...end, endedAtMs });
  }

  async #reportSteps(): Promise<readonly Step[]> {
    const { reports, delays } = this.#parts;
    return (await reports.open()).map((report) => {
      const startMs = report.createdAtMs + delays.queueMs;
      if (report.startedAtMs === null) return { atMs: startMs, take: () => reports.setStarted(report.id, startMs) };
      const endMs = report.startedAtMs + delays.processMs;
      return { atMs: endMs, take: () => this.#endReport(report, endMs) };
    });
  }

  async #endReport(report: StoredReport, endedAtMs: number): Promise<void> {
    const documentId = await this.#parts.reportMaker.make(report, endedAtMs);
    await this.#parts.reports.setEnded(report.id, { status: 'DONE', endedAtMs, documentId });
  }
}
