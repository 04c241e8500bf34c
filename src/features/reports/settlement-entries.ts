import type { JournalEntry } from '../journal/journal.js';
import type { CarriedPart, PartOutcome } from '../listings/listing.js';
import type { Feed } from './feed.js';
import type { FeedVerdict } from './judge-report.js';
import { keyOf, MOST_TRIES, type SettledFeed } from './part-outcomes.js';

/** What came of a feed, to be told. */
export interface ToldSettlement {
  readonly verdict: FeedVerdict;
  readonly counts: SettledFeed;
  readonly outcomes: readonly PartOutcome[];
  readonly carried: readonly CarriedPart[];
}

/** What the journal says of a settled feed: how it ended, then each value that was given up or found to be to blame. */
export function settlementEntries(feed: Feed, told: ToldSettlement): readonly JournalEntry[] {
  const { fault } = told.verdict;
  const { accepted, rejected, unknown } = told.counts;
  const sentence = `Feed ${feed.id} (${feed.messageType}, ${feed.messages} messages): ${accepted} accepted, ${rejected} rejected, ${unknown} unknown.`;
  const level = fault !== null && !feed.isAdopted ? 'error' : rejected > 0 || unknown > 0 ? 'warning' : 'info';
  const message = fault === null ? sentence : `${sentence} ${fault}`;
  const ended = { level, code: 'feed-settled', message, ...aboutFeed(feed) } as const;
  return [ended, ...noticesOf(feed, told)];
}

function noticesOf(feed: Feed, { outcomes, carried }: ToldSettlement): readonly JournalEntry[] {
  const ended = new Map(outcomes.filter((one) => one.isGivenUp).map((one) => [keyOf(one), one]));
  return carried.flatMap((part): JournalEntry[] => {
    const outcome = ended.get(keyOf(part));
    if (outcome === undefined) return [];
    const about = { sku: part.sku, productId: part.productId, ...aboutFeed(feed) };
    const notice = outcome.isBlamed
      ? { code: 'fatal-message', message: blame(part) }
      : { code: 'gave-up', message: surrender(part) };
    return [{ level: 'error', ...notice, ...about }];
  });
}

function surrender({ part, sku }: CarriedPart): string {
  return `Amazon gave no clear answer about the ${part} of ${sku} ${MOST_TRIES} times. It is not tried again until something changes or a person requeues it.`;
}

function blame({ part, sku }: CarriedPart): string {
  return `Amazon ended every feed that held the ${part} of ${sku} with FATAL, also when it was sent alone, and took others without it. It is not sent again until something changes or a person requeues it, and then alone.`;
}

function aboutFeed({ runId, accountId, marketplaceId }: Feed) {
  return { runId, accountId, marketplaceId };
}
