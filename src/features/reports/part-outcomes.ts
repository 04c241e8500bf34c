import type { CarriedPart, PartOutcome } from '../listings/listing.js';
import type { Part } from '../offers/offer-settings.js';
import { unitsOfValue } from '../offers/part-values.js';
import type { FeedVerdict, SkuResult } from './judge-report.js';

/** After so many tries without a clear answer a value is given up. */
export const MOST_TRIES = 6;

/** What came of a feed, in figures. */
export interface SettledFeed {
  readonly accepted: number;
  readonly rejected: number;
  readonly unknown: number;
}

/** The parts that are not accepted: by their own result line, or because the report's silence proves nothing. */
export function decideOutcomes(carried: readonly CarriedPart[], verdict: FeedVerdict): readonly PartOutcome[] {
  const outcomes: PartOutcome[] = [];
  for (const part of carried) {
    const result: SkuResult | null = verdict.bySku.get(part.sku) ?? null;
    const state = result?.state ?? (verdict.silenceIsAcceptance ? null : 'unknown');
    if (state === null) continue;
    if (state === 'unknown') outcomes.push(undecided(part));
    else outcomes.push({ poolListingId: part.poolListingId, part: part.part, state });
  }
  return outcomes;
}

/** A part that got no clear answer: unknown, or at the last try given up. */
export function undecided(part: CarriedPart): PartOutcome {
  const { poolListingId } = part;
  if (!isGivenUp(part)) return { poolListingId, part: part.part, state: 'unknown' };
  return { poolListingId, part: part.part, state: 'rejected', isGivenUp: true };
}

/** Whether one more try without a clear answer is the last. */
function isGivenUp(part: CarriedPart): boolean {
  return !isZeroing(part) && part.tries + 1 >= MOST_TRIES;
}

/** Bringing stock to 0 is never given up: it may be sold at Amazon. */
export function isZeroing({ part, value }: CarriedPart): boolean {
  return part === 'quantity' && unitsOfValue(value) === 0;
}

/** The listings of which Amazon says that it does not know their SKU. */
export function unknownSkus(carried: readonly CarriedPart[], { bySku }: FeedVerdict): readonly number[] {
  return [...new Set(carried.filter((part) => bySku.get(part.sku)?.unknownSku).map((part) => part.poolListingId))];
}

/** Adds up what came of everything that a feed carried. */
export function countOutcomes(carried: readonly CarriedPart[], outcomes: readonly PartOutcome[]): SettledFeed {
  const rejected = outcomes.filter((one) => one.state === 'rejected').length;
  const unknown = outcomes.length - rejected;
  return { accepted: carried.length - outcomes.length, rejected, unknown };
}

/** The figures of a settlement as the feed's own row keeps them. */
export function figures(counts: SettledFeed, { warnings, fault }: FeedVerdict) {
  const { accepted, rejected: errors, unknown } = counts;
  return { accepted, errors, unknown, warnings, ...(fault === null ? {} : { fault }) };
}

/** A listing's part as one text, for sets. */
export function keyOf({ poolListingId, part }: { poolListingId: number; part: Part }): string {
  return `${poolListingId}/${part}`;
}

/** By product: how often the part of it that failed most had failed before. */
export function failuresByProduct(parts: readonly CarriedPart[]): ReadonlyMap<number, number> {
  const failures = new Map<number, number>();
  for (const { productId, tries } of parts) failures.set(productId, Math.max(tries, failures.get(productId) ?? 0));
  return failures;
}
