import { DateTime } from 'luxon';
import { defineError } from '../../core/errors.js';

export const UnknownTimeZone = defineError<{ timeZone: string }>(
  'UNKNOWN_MARKETPLACE_TIME_ZONE',
  422,
  ({ timeZone }) => `Expected an IANA time zone such as "Europe/Paris", got ${JSON.stringify(timeZone)}.`,
);

/** Calendar days of one place, half-open: from 00:00 of `startDay` to 00:00 of `endDay`. */
export interface DaySpan {
  readonly startDay: string;
  readonly endDay: string;
}

interface Midnight {
  readonly atMs: number;
  readonly day: string;
}

const DAY_MS = 86_400_000;
/** An instant this close to midnight means midnight: shops write 23:59:59 for the end of a day. */
const EDGE_TOLERANCE_MS = 60_000;
/** Some 13 years; beyond that the oldest are read anew. */
const REMEMBERED_DAYS = 5_000;

/**
 * Tells days from instants in one time zone, with clock changes. Days are texts like "2026-11-21".
 *
 * luxon takes 20 µs for the start of a day; remembered by day, a million items ask for it a few hundred times in all.
 */
export class LocalDays {
  readonly timeZone: string;
  /** The midnights around each day of UTC, from the last before it to the first after it. */
  readonly #midnights = new Map<number, readonly Midnight[]>();

  /** @throws UnknownTimeZone */
  constructor(timeZone: string) {
    if (!DateTime.fromMillis(0, { zone: timeZone }).isValid) throw new UnknownTimeZone({ timeZone });
    this.timeZone = timeZone;
  }

  /** The day there at an instant (epoch milliseconds). */
  dayOf(atMs: number): string {
    return this.#around(atMs).before.day;
  }

  /**
   * The whole days inside a window; an edge within 60 seconds of midnight counts as midnight.
   *
   * @param endMs the first instant after the window, epoch milliseconds
   * @returns null when it holds no whole day
   */
  wholeDays(startMs: number, endMs: number): DaySpan | null {
    const startDay = this.#nearMidnight(startMs) ?? this.#around(startMs).after.day;
    const endDay = this.#nearMidnight(endMs) ?? this.#around(endMs).before.day;
    return startDay < endDay ? { startDay, endDay } : null;
  }

  #nearMidnight(atMs: number): string | null {
    const { before, after } = this.#around(atMs);
    if (atMs - before.atMs <= EDGE_TOLERANCE_MS) return before.day;
    return after.atMs - atMs <= EDGE_TOLERANCE_MS ? after.day : null;
  }

  #around(atMs: number): { before: Midnight; after: Midnight } {
    const midnights = this.#midnightsOf(Math.floor(atMs / DAY_MS));
    for (let index = midnights.length - 2; index >= 0; index -= 1) {
      const before = midnights[index];
      const after = midnights[index + 1];
      if (before && after && before.atMs <= atMs) return { before, after };
    }
    throw new RangeError(`Expected an instant in milliseconds that a calendar knows, got ${atMs}.`);
  }

  #midnightsOf(utcDay: number): readonly Midnight[] {
    let midnights = this.#midnights.get(utcDay);
    if (midnights === undefined) {
      if (this.#midnights.size >= REMEMBERED_DAYS) this.#midnights.clear();
      midnights = readMidnights(utcDay * DAY_MS, this.timeZone);
      this.#midnights.set(utcDay, midnights);
    }
    return midnights;
  }
}

/**
 * The day some days before or after another one.
 *
 * @param day "2026-11-21"
 * @param days negative = before
 */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function readMidnights(fromMs: number, zone: string): readonly Midnight[] {
  const midnights: Midnight[] = [];
  let midnight = DateTime.fromMillis(fromMs, { zone }).startOf('day');
  while (midnight.isValid) {
    midnights.push({ atMs: midnight.toMillis(), day: midnight.toFormat('yyyy-MM-dd') });
    if (midnight.toMillis() >= fromMs + DAY_MS) break;
    midnight = midnight.plus({ days: 1 }).startOf('day');
  }
  return midnights;
}
