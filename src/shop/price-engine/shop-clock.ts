import { IANAZone } from 'luxon';
import { defineError } from '../../core/errors.js';

export const UnknownTimeZone = defineError<{ timeZone: string }>(
  'UNKNOWN_TIME_ZONE',
  422,
  ({ timeZone }) =>
    `Expected a time zone such as "Europe/Paris", got ${JSON.stringify(timeZone)}. Set the shop's time zone (PS_TIMEZONE) under International > Localization.`,
);

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Zone conversions are slow, and a shop's rows share few distinct times. */
const MOST_REMEMBERED = 50_000;

/**
 * The wall clock of a shop: its rows hold local times without a zone, compared by the minute.
 *
 * A local time that exists twice (autumn) or not at all (spring) has several instants at which a comparison with it can
 * change; all of them are given, and the clock itself says what holds between them.
 */
export class ShopClock {
  readonly #zone: IANAZone;
  readonly #instants = new Map<number, readonly number[]>();
  readonly #minutes = new Map<number, string>();

  /** @throws UnknownTimeZone when this is no IANA zone */
  constructor(timeZone: string) {
    this.#zone = IANAZone.create(timeZone);
    if (!this.#zone.isValid) throw new UnknownTimeZone({ timeZone });
  }

  /** The wall clock at an instant, cut to the minute: "2026-11-21 14:05:00". */
  minuteAt(epochMs: number): string {
    const known = this.#minutes.get(epochMs);
    if (known !== undefined) return known;
    const minute = this.#findMinute(epochMs);
    if (this.#minutes.size < MOST_REMEMBERED) this.#minutes.set(epochMs, minute);
    return minute;
  }

  #findMinute(epochMs: number): string {
    const local = new Date(epochMs + this.#zone.offset(epochMs) * MINUTE_MS).toISOString();
    return `${local.slice(0, 10)} ${local.slice(11, 16)}:00`;
  }

  /** Instants (epoch ms, ascending) at which "clock >= from" can change for a `from` of a row. */
  startInstants(from: string): readonly number[] {
    return this.#instantsOf(Math.ceil(wallMs(from) / MINUTE_MS) * MINUTE_MS);
  }

  /** Instants (epoch ms, ascending) at which "clock <= to" can change for a `to` of a row: its minute still belongs to it. */
  endInstants(to: string): readonly number[] {
    return this.#instantsOf(Math.floor(wallMs(to) / MINUTE_MS) * MINUTE_MS + MINUTE_MS);
  }

  #instantsOf(wall: number): readonly number[] {
    const known = this.#instants.get(wall);
    if (known !== undefined) return known;
    const found = this.#findInstants(wall);
    if (this.#instants.size < MOST_REMEMBERED) this.#instants.set(wall, found);
    return found;
  }

  #findInstants(wall: number): readonly number[] {
    const before = this.#zone.offset(wall - DAY_MS);
    const after = this.#zone.offset(wall + DAY_MS);
    if (before === after) return [wall - before * MINUTE_MS];
    const change = this.#offsetChange(wall - DAY_MS, wall + DAY_MS);
    return [...new Set([wall - before * MINUTE_MS, wall - after * MINUTE_MS, change])].sort((a, b) => a - b);
  }

  /** The whole minute at which the zone's offset changes between two instants. */
  #offsetChange(fromMs: number, toMs: number): number {
    const first = this.#zone.offset(fromMs);
    let low = Math.floor(fromMs / MINUTE_MS);
    let high = Math.ceil(toMs / MINUTE_MS);
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#zone.offset(middle * MINUTE_MS) === first) low = middle;
      else high = middle;
    }
    return high * MINUTE_MS;
  }
}

/** The fields of a local time as if they were UTC; a day that does not exist (30 February) runs over into the next month. */
function wallMs(local: string): number {
  const part = (start: number, end: number) => Number(local.slice(start, end));
  return Date.UTC(part(0, 4), part(5, 7) - 1, part(8, 10), part(11, 13), part(14, 16), part(17, 19));
}
