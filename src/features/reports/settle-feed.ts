import type { ReportResult } from '../../../feeds/xml/processing-report.js';
import { readEnvelope } from '../../../feeds/xml/read-envelope.js';
import type { Clock } from '../../core/clock.js';
import { groupBy } from '../../core/group-by.js';
import type { Db } from '../../db/open-database.js';
import type { Journal } from '../journal/journal.js';
import type { CarriedPart, PartOutcome } from '../listings/listing.js';
import type { ListingService } from '../listings/listing-service.js';
import type { PartMask } from '../queue/queue-row.js';
import type { QueueService } from '../queue/queue-service.js';
import { type Archive, ArchivedFileMissing } from './archive.js';
import type { Feed, FeedIssue } from './feed.js';
import { FeedIssueStore } from './feed-issue-store.js';
import { FeedStore } from './feed-store.js';
import { type FeedEnd, type FeedVerdict, judgeFeed } from './judge-report.js';
import {
  countOutcomes,
  decideOutcomes,
  failuresByProduct,
  figures,
  keyOf,
  type SettledFeed,
  unknownSkus,
} from './part-outcomes.js';
import { settlementEntries } from './settlement-entries.js';
import { SuspectFeeds } from './suspect-feeds.js';
import { blamesOf, decideSuspects, isUnexplained, splitOtherHalf } from './suspect-groups.js';

const RETRY_DELAYS_MINUTES = [1, 5, 15, 60];

/**
 * How long a value waits after a passing failure before it is sent again.
 *
 * @param failuresBefore how often it had failed before in a row (>= 0)
 * @returns milliseconds: 1, 5, 15 minutes, then an hour each time
 */
export function retryDelayMs(failuresBefore: number): number {
  const minutes = RETRY_DELAYS_MINUTES[Math.min(failuresBefore, RETRY_DELAYS_MINUTES.length - 1)] ?? 60;
  return minutes * 60_000;
}

export interface SettlementDependencies {
  readonly db: Db;
  readonly clock: Clock;
  readonly archive: Archive;
  readonly listings: ListingService;
  readonly queue: QueueService;
  readonly journal: Journal;
  /** What a queue row must have compared before it may go, for each marketplace of an account. */
  readonly neededParts: (accountId: number) => Promise<ReadonlyMap<number, PartMask>>;
  /** From which shop each marketplace of an account sells. */
  readonly shops: (accountId: number) => Promise<ReadonlyMap<number, number>>;
}

/** Settles each SKU and part of a feed by what Amazon says, and lets go of the queue rows that are done. */
export class FeedSettlement {
  readonly #on: SettlementDependencies;
  readonly #feeds: FeedStore;
  readonly #issues: FeedIssueStore;
  readonly #suspects: SuspectFeeds;

  constructor(dependencies: SettlementDependencies) {
    this.#on = dependencies;
    this.#feeds = new FeedStore(dependencies.db);
    this.#issues = new FeedIssueStore(dependencies.db);
    this.#suspects = new SuspectFeeds(dependencies.db);
  }

  /**
   * Settles one feed in one transaction: listings, history, the feed's own row, its issues, the queue and the journal
   * change together or not at all.
   *
   * @returns the figures, or null when another process settled it meanwhile
   */
  async settle(feed: Feed, end: FeedEnd): Promise<SettledFeed | null> {
    const { clock, journal, listings, neededParts, shops } = this.#on;
    const carried = await listings.carriedBy(feed.id);
    const verdict = await this.#judge(feed, end, carried);
    const outcomes = isUnexplained(feed, end, verdict)
      ? decideSuspects(carried, feed, await this.#suspects.hasEndedWellSince(feed))
      : decideOutcomes(carried, verdict);
    const delayMs = outcomes.some((one) => one.isNoTry) ? () => retryDelayMs(0) : retryDelayMs;
    const needed = await neededParts(feed.accountId);
    const shopOf = await shops(feed.accountId);
    const nowMs = clock.nowMs();
    const counts = countOutcomes(carried, outcomes);
    const settled = await this.#on.db.transaction(async (transaction) => {
      // Two feeds of one product that settle at once: the second sees what the first one left, and ends the row.
      await listings.on(transaction).takeTurn();
      const feeds = this.#feeds.on(transaction);
      const { status, resultPath, report } = end;
      if (!(await feeds.close(feed.id, { status, resultPath, nowMs, ...figures(counts, verdict) }))) return false;
      const issues = [...(report?.results.map(toIssue) ?? []), ...blamesOf(carried, outcomes)];
      await this.#issues.on(transaction).insert(feed.id, issues);
      const lapsed = await listings
        .on(transaction)
        .settle(
          { carried, outcomes, unknownSkus: unknownSkus(carried, verdict), marketplaceId: feed.marketplaceId },
          { feedId: feed.id, accountId: feed.accountId, runId: feed.runId, atMs: nowMs },
        );
      await this.#lookAgain(transaction, { feed, carried, lapsed, shopOf });
      if (verdict.fault === null) await splitOtherHalf(feed, listings.on(transaction));
      await this.#endRows(transaction, { feed, carried, outcomes, needed, shopOf, nowMs, delayMs });
      await journal.write(settlementEntries(feed, { verdict, counts, outcomes, carried }), transaction);
      return true;
    });
    return settled ? counts : null;
  }

  /**
   * Gives back what a feed carried that never was at Amazon, or that nobody can find there: its values are unknown and are sent again.
   *
   * @param fault why, in a sentence that ends with what happens now; delayMs = how long its values wait before they may go again
   */
  async giveBack(feed: Feed, { fault, delayMs }: { fault: string; delayMs: number }): Promise<void> {
    const { clock, db, listings, neededParts, shops, journal } = this.#on;
    const needed = await neededParts(feed.accountId);
    const shopOf = await shops(feed.accountId);
    const nowMs = clock.nowMs();
    await db.transaction(async (transaction) => {
      const inside = listings.on(transaction);
      await inside.takeTurn();
      const carried = await inside.carriedBy(feed.id);
      if (!(await this.#feeds.on(transaction).close(feed.id, { status: 'failed', fault, nowMs }))) return;
      await inside.lose({ feedId: feed.id, accountId: feed.accountId, runId: feed.runId, atMs: nowMs });
      const outcomes = carried.map(({ poolListingId, part }) => ({ poolListingId, part, state: 'unknown' as const }));
      await this.#endRows(transaction, { feed, carried, outcomes, needed, shopOf, nowMs, delayMs: () => delayMs });
      const about = { runId: feed.runId, accountId: feed.accountId, marketplaceId: feed.marketplaceId };
      const message = `Feed ${feed.id} (${feed.messageType}, ${feed.messages} messages): ${fault}`;
      await journal.write({ level: 'warning', code: 'feed-given-back', message, ...about }, transaction);
    });
  }

  async #judge(feed: Feed, end: FeedEnd, carried: readonly CarriedPart[]): Promise<FeedVerdict> {
    const errors = end.report?.results.filter((result) => result.severity === 'error' && result.messageId > 0) ?? [];
    const skuOfMessage = await this.#skusOfMessages(feed, new Set(errors.map((result) => result.messageId)));
    const skus = new Set(carried.map((part) => part.sku));
    return judgeFeed(end, {
      isOurs: !feed.isAdopted,
      messages: feed.messages,
      carries: (sku) => skus.has(sku),
      skuOf: (messageId) => skuOfMessage.get(messageId) ?? null,
    });
  }

  /** By message id; empty when the document is no longer there: then only the report can say which SKUs it means. */
  async #skusOfMessages(feed: Feed, wanted: ReadonlySet<number>): Promise<ReadonlyMap<number, string>> {
    const skus = new Map<number, string>();
    if (wanted.size === 0) return skus;
    try {
      for await (const message of readEnvelope(await this.#on.archive.open(feed.documentPath)))
        if (message.sku !== null && wanted.has(message.messageId)) skus.set(message.messageId, message.sku);
    } catch (error) {
      if (!(error instanceof ArchivedFileMissing)) throw error;
    }
    return skus;
  }

  /** What was refused before its offer was there goes now; its row may be gone, or nobody may wait for it. */
  async #lookAgain(
    transaction: Db,
    { feed, carried, lapsed, shopOf }: Pick<EndedFeed, 'feed' | 'carried' | 'shopOf'> & { lapsed: readonly number[] },
  ): Promise<void> {
    const again = new Set(lapsed);
    const parts = carried.filter((part) => again.has(part.poolListingId));
    // The listing remembers the shop that carried it last; what the marketplace shows is the affair of its own.
    for (const [shopId, some] of groupBy(parts, (part) => shopOf.get(feed.marketplaceId) ?? part.shopId)) {
      const productIds = [...new Set(some.map((part) => part.productId))];
      const mark = { shopId, productIds, marketplaceIds: [feed.marketplaceId], action: 'update' as const };
      await this.#on.queue.on(transaction).mark(mark, 'offer-created');
    }
  }

  async #endRows(transaction: Db, ended: EndedFeed): Promise<void> {
    const { feed, carried, outcomes, needed, shopOf, nowMs, delayMs } = ended;
    const listings = this.#on.listings.on(transaction);
    const queue = this.#on.queue.on(transaction);
    const lost = new Set(outcomes.filter((one) => one.state === 'unknown').map(keyOf));
    const failed = carried.filter((part) => lost.has(keyOf(part)));
    const again = failuresByProduct(failed);
    const products = [...new Set(carried.map((part) => part.productId))];
    // Several shops of the account may sell a SKU: each has a row of its own, and the listing remembers only the one that carried it last.
    const shopIds = [...new Set([...shopOf.values(), ...carried.map((part) => part.shopId)])];
    const inFlight = await listings.productsInFlight(feed.accountId, shopIds, products);
    const idle = products.filter((id) => !inFlight.has(id));
    for (const shopId of shopIds) {
      for (const [failures, some] of groupBy(again, ([, most]) => most)) {
        const productIds = some.map(([productId]) => productId);
        const skus = skusOf(failed.filter((part) => again.get(part.productId) === failures));
        await queue.postpone({ shopId, productIds, skus, neededParts: needed, runId: null }, nowMs + delayMs(failures));
      }
      await queue.end({ shopId, productIds: idle, skus: skusOf(carried), neededParts: needed, runId: null });
    }
  }
}

interface EndedFeed {
  readonly feed: Feed;
  readonly carried: readonly CarriedPart[];
  readonly outcomes: readonly PartOutcome[];
  readonly needed: ReadonlyMap<number, PartMask>;
  readonly shopOf: ReadonlyMap<number, number>;
  readonly nowMs: number;
  /** How long what failed waits, by how often it had failed before. */
  readonly delayMs: (failuresBefore: number) => number;
}

function skusOf(parts: readonly CarriedPart[]): readonly string[] {
  return [...new Set(parts.map((part) => part.sku))];
}

function toIssue(result: ReportResult): FeedIssue {
  return {
    messageId: result.messageId,
    sku: result.sku,
    severity: result.severity,
    code: result.code,
    description: result.description,
  };
}
