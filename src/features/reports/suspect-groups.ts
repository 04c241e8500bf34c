import type { CarriedPart, PartOutcome } from '../listings/listing.js';
import type { ListingService } from '../listings/listing-service.js';
import type { Feed, FeedIssue } from './feed.js';
import type { FeedEnd, FeedVerdict } from './judge-report.js';
import { isZeroing, undecided } from './part-outcomes.js';

/** The code of our own word about a message that makes every feed end FATAL; Amazon has none for it. */
export const FATAL_MESSAGE_CODE = 'FATAL';

/** Whether a feed of ours ended FATAL and nothing names a message that is to blame. */
export function isUnexplained({ isAdopted }: Feed, { status }: FeedEnd, { bySku }: FeedVerdict): boolean {
  return status === 'fatal' && !isAdopted && bySku.size === 0;
}

/**
 * What becomes of the parts of a feed that ended FATAL without a reason (design section 4, step 9): they go once more whole, then in
 * halves, until one SKU is alone.
 *
 * A SKU that is alone and still ends FATAL is rejected once Amazon has taken another feed since it all began: till then Amazon itself may
 * be to blame, and the SKU is tried again like everything of which nobody knows.
 *
 * @param isAmazonWell whether such a feed ended well since the first FATAL
 */
export function decideSuspects(
  carried: readonly CarriedPart[],
  { id, suspectGroup }: Feed,
  isAmazonWell: boolean,
): readonly PartOutcome[] {
  const [first, second] = groupsFrom(id);
  const skus = [...new Set(carried.map((part) => part.sku))].toSorted(bytewise);
  if (suspectGroup === null || skus.length > 1) {
    const firstHalf = new Set(suspectGroup === null ? skus : firstHalfOf(skus, carried));
    return carried.map(({ poolListingId, part, sku }) => ({
      ...{ poolListingId, part, state: 'unknown', isNoTry: true },
      suspectGroup: firstHalf.has(sku) ? first : second,
    }));
  }
  return carried.map((part) => {
    const { poolListingId } = part;
    // It stays apart whatever comes of it: the next time it is sent, nothing else may fail because of it.
    if (isAmazonWell && !isZeroing(part))
      return { poolListingId, part: part.part, state: 'rejected', isGivenUp: true, isBlamed: true, suspectGroup };
    return { ...undecided(part), suspectGroup };
  });
}

/** What is brought to 0 goes first and by itself: it may be sold at Amazon, and is rarely what makes a feed end FATAL. */
function firstHalfOf(skus: readonly string[], carried: readonly CarriedPart[]): readonly string[] {
  const zeroed = new Set(carried.filter(isZeroing).map((part) => part.sku));
  const isMixed = zeroed.size > 0 && zeroed.size < skus.length;
  return isMixed ? [...zeroed] : skus.slice(0, Math.floor(skus.length / 2));
}

/**
 * Splits the other half of a group that ended well: the message to blame is in there, so sending it whole once more would tell nothing.
 *
 * @param listings inside the settlement's transaction
 */
export async function splitOtherHalf({ id, suspectGroup }: Feed, listings: ListingService): Promise<void> {
  if (suspectGroup === null) return;
  const feedId = Math.floor(suspectGroup / 2);
  const [first, second] = groupsFrom(feedId);
  const from = { group: suspectGroup === first ? second : first, feedId };
  const waiting = await listings.suspectsWaiting(from);
  if (waiting.length < 2) return;
  const [one, other] = groupsFrom(id);
  const half = Math.floor(waiting.length / 2);
  const idsOf = (some: typeof waiting) => some.map(({ poolListingId }) => poolListingId);
  await listings.regroup(from, idsOf(waiting.slice(0, half)), one);
  await listings.regroup(from, idsOf(waiting.slice(half)), other);
}

/** Our own words about the parts that were found to be to blame. */
export function blamesOf(carried: readonly CarriedPart[], outcomes: readonly PartOutcome[]): readonly FeedIssue[] {
  const blamed = new Set(outcomes.filter((one) => one.isBlamed).map((one) => one.poolListingId));
  const skus = new Set(carried.filter((part) => blamed.has(part.poolListingId)).map((part) => part.sku));
  return [...skus].map((sku) => ({
    ...{ messageId: 1, sku, severity: 'error', code: FATAL_MESSAGE_CODE },
    description:
      'Amazon ended every feed with this message with FATAL, also when it was sent alone; it took others without it.',
  }));
}

/** The numbers of the groups that a feed's end makes: no other feed's have them. */
function groupsFrom(feedId: number): readonly [number, number] {
  return [feedId * 2, feedId * 2 + 1];
}

/** As both databases order SKUs. */
function bytewise(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
