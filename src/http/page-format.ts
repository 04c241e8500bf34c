import type { Clock } from '../core/clock.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How pages write times, spans and figures. */
export class PageFormat {
  readonly timeZone: string;
  readonly #clock: Clock;
  readonly #times: Intl.DateTimeFormat;
  readonly #shortTimes: Intl.DateTimeFormat;
  readonly #numbers: Intl.NumberFormat;

  /** @param timeZone IANA zone in which times are shown; one that is not known is shown as UTC */
  constructor(clock: Clock, options: { readonly language: string; readonly timeZone: string }) {
    this.#clock = clock;
    // British English names European zones (CET) where American English counts hours.
    const locale = options.language === 'en' ? 'en-GB' : options.language;
    this.timeZone = isTimeZone(options.timeZone) ? options.timeZone : 'UTC';
    const { timeZone } = this;
    this.#times = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'long' });
    this.#shortTimes = new Intl.DateTimeFormat(locale, {
      timeZone,
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    this.#numbers = new Intl.NumberFormat(locale);
  }

  /** "21 Nov 2026, 15:04:05 CET"; a dash when there is no time. */
  time(atMs: number | null): string {
    return atMs === null ? '–' : this.#times.format(atMs);
  }

  /** For columns, "21 Nov, 15:04:05"; the page names the zone, and the year where it is not the present one. */
  shortTime(atMs: number): string {
    const isThisYear = new Date(atMs).getUTCFullYear() === new Date(this.#clock.nowMs()).getUTCFullYear();
    return isThisYear ? this.#shortTimes.format(atMs) : this.#times.format(atMs);
  }

  /** The same instant for machines. */
  iso(atMs: number): string {
    return new Date(atMs).toISOString();
  }

  /** How long ago, as two units at most: "3 d 4 h", "12 min", "5 s". */
  age(atMs: number): string {
    return this.span(this.#clock.nowMs() - atMs);
  }

  span(durationMs: number): string {
    const ms = Math.max(0, durationMs);
    if (ms < MINUTE_MS) return `${Math.floor(ms / 1_000)} s`;
    if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
    if (ms < DAY_MS) return `${Math.floor(ms / HOUR_MS)} h ${Math.floor((ms % HOUR_MS) / MINUTE_MS)} min`;
    return `${Math.floor(ms / DAY_MS)} d ${Math.floor((ms % DAY_MS) / HOUR_MS)} h`;
  }

  /** A dash when there is no figure. */
  number(figure: number | null): string {
    return figure === null ? '–' : this.#numbers.format(figure);
  }

  /** "9.5 MiB". */
  size(bytes: number): string {
    if (bytes < 1_024) return `${bytes} B`;
    const [figure, unit] = bytes < 1_048_576 ? [bytes / 1_024, 'KiB'] : [bytes / 1_048_576, 'MiB'];
    return `${figure.toFixed(1)} ${unit}`;
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
