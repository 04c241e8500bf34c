import type { ShopClock } from './shop-clock.js';
import type { SpecificPrice } from './specific-price.js';

/** A stretch of time in which the same rows win; it ends where the next one starts. */
export interface PriceSegment {
  /** Epoch milliseconds, inclusive; -Infinity for the first. */
  readonly startMs: number;
  readonly winner: SpecificPrice | null;
  /** The winner when rows with both a start and an end are left out. */
  readonly standardWinner: SpecificPrice | null;
}

const WITHOUT_PRICES: readonly PriceSegment[] = [
  { startMs: Number.NEGATIVE_INFINITY, winner: null, standardWinner: null },
];

/**
 * Cuts time into the stretches in which one row wins.
 *
 * @param ranked the rows that concern one item, best first
 * @param clock the shop's wall clock, by which `from` and `to` are compared
 * @returns at least one segment, in time order, neighbours differ
 * @source PrestaShop classes/SpecificPrice.php: both ends inclusive, "now" cut to the minute (measured facts, section 4.1)
 */
export function priceSegments(ranked: readonly SpecificPrice[], clock: ShopClock): readonly PriceSegment[] {
  if (ranked.length === 0) return WITHOUT_PRICES;
  const segments: PriceSegment[] = [winnersAt(ranked, Number.NEGATIVE_INFINITY, '0')];
  for (const startMs of boundaries(ranked, clock)) {
    const next = winnersAt(ranked, startMs, clock.minuteAt(startMs));
    const last = segments[segments.length - 1];
    if (next.winner !== last?.winner || next.standardWinner !== last.standardWinner) segments.push(next);
  }
  return segments;
}

/** The segment in which an instant (epoch milliseconds) lies. */
export function segmentAt(segments: readonly PriceSegment[], atMs: number): PriceSegment | undefined {
  return segments.findLast((segment) => segment.startMs <= atMs);
}

function boundaries(ranked: readonly SpecificPrice[], clock: ShopClock): readonly number[] {
  const instants = new Set<number>();
  for (const row of ranked) {
    if (row.from !== null) for (const instant of clock.startInstants(row.from)) instants.add(instant);
    if (row.to !== null) for (const instant of clock.endInstants(row.to)) instants.add(instant);
  }
  return [...instants].sort((a, b) => a - b);
}

function winnersAt(ranked: readonly SpecificPrice[], startMs: number, minute: string): PriceSegment {
  let winner: SpecificPrice | null = null;
  for (const row of ranked) {
    if (!holds(row, minute)) continue;
    winner ??= row;
    if (row.from === null || row.to === null) return { startMs, winner, standardWinner: row };
  }
  return { startMs, winner, standardWinner: null };
}

function holds(row: SpecificPrice, minute: string): boolean {
  return (row.from === null || row.from <= minute) && (row.to === null || row.to >= minute);
}
