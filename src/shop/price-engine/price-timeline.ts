import type { ExactPrice } from '../../core/money.js';
import type { ItemPrice, PriceStep } from '../catalogue.js';
import type { PriceSegment } from './price-segments.js';
import type { SpecificPrice } from './specific-price.js';

/** Steps that begin later than this are not looked at. */
const HORIZON_MS = 400 * 86_400_000;

const NO_STEPS: readonly PriceStep[] = [];

/** The price of the item when a row wins. */
export type PriceOfWinner = (winner: SpecificPrice | null) => ExactPrice;

interface PricedSegment {
  readonly startMs: number;
  readonly endMs: number;
  readonly price: ExactPrice;
  readonly standard: ExactPrice;
}

/**
 * The item's price as a step function around one instant.
 *
 * @param segments of the item, from `priceSegments`
 * @param atMs the instant that "now" is, epoch milliseconds
 * @returns the standard price now, and the windows with another price: the running one from its true start, and those
 *   that begin within 400 days
 */
export function priceTimeline(segments: readonly PriceSegment[], priceOf: PriceOfWinner, atMs: number): ItemPrice {
  const only = segments.length === 1 ? segments[0] : undefined;
  if (only !== undefined) return { standard: priceOf(only.standardWinner), steps: NO_STEPS };
  const now = segments.findLastIndex((segment) => segment.startMs <= atMs);
  const remembered = rememberPrices(priceOf);
  const standard = remembered(segments[now]?.standardWinner ?? null);
  return { standard, steps: stepsFrom(segments, now, { priceOf: remembered, atMs }) };
}

/** The same few rows win again and again along one timeline: a list of them is faster than a map, and both than computing. */
function rememberPrices(priceOf: PriceOfWinner): PriceOfWinner {
  const winners: (SpecificPrice | null)[] = [];
  const prices: ExactPrice[] = [];
  return (winner) => {
    const known = prices[winners.indexOf(winner)];
    if (known !== undefined) return known;
    const price = priceOf(winner);
    winners.push(winner);
    prices.push(price);
    return price;
  };
}

interface StepScope {
  readonly priceOf: PriceOfWinner;
  readonly atMs: number;
}

function stepsFrom(segments: readonly PriceSegment[], now: number, scope: StepScope): readonly PriceStep[] {
  const steps: PriceStep[] = [];
  const latestStart = scope.atMs + HORIZON_MS;
  for (let i = runningStart(segments, now, scope); i < segments.length; i += 1) {
    const segment = pricedSegment(segments, i, scope);
    if (segment === null || segment.price === segment.standard) continue;
    const before = steps.at(-1);
    if (before?.endMs === segment.startMs && before.price === segment.price)
      steps[steps.length - 1] = { ...before, endMs: segment.endMs };
    else if (segment.startMs <= latestStart) steps.push(segment);
    else break;
  }
  return steps;
}

/** The segment at which the window that runs now began: back over neighbours of the same price. */
function runningStart(segments: readonly PriceSegment[], now: number, scope: StepScope): number {
  const running = pricedSegment(segments, now, scope);
  let start = now;
  if (running === null || running.price === running.standard) return start;
  for (;;) {
    const before = pricedSegment(segments, start - 1, scope);
    if (before === null || before.price !== running.price || before.price === before.standard) return start;
    start -= 1;
  }
}

function pricedSegment(segments: readonly PriceSegment[], index: number, scope: StepScope): PricedSegment | null {
  const segment = segments[index];
  if (segment === undefined) return null;
  return {
    startMs: segment.startMs,
    endMs: segments[index + 1]?.startMs ?? Number.POSITIVE_INFINITY,
    price: scope.priceOf(segment.winner),
    standard: scope.priceOf(segment.standardWinner),
  };
}
