import type { Clock } from '../core/clock.js';
import { TooManyAttempts } from './http-errors.js';

const WINDOW_MS = 15 * 60_000;
const MOST_ATTEMPTS = 10;
/** A flood of made-up names must not fill the memory. */
const MOST_KEYS = 10_000;

/** Counts attempts by key within 15 minutes, in this process, until one succeeds; the eleventh is refused unseen. */
export class AttemptLimit {
  readonly #clock: Clock;
  readonly #attempts = new Map<string, { count: number; endsAtMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Counts an attempt before it is looked at: what costs time to look at must not be begun by many at once.
   *
   * @throws TooManyAttempts
   */
  attempt(key: string): void {
    const nowMs = this.#clock.nowMs();
    const known = this.#attempts.get(key);
    if (known === undefined || known.endsAtMs <= nowMs) {
      if (this.#attempts.size >= MOST_KEYS) this.#forgetEnded(nowMs);
      this.#attempts.set(key, { count: 1, endsAtMs: nowMs + WINDOW_MS });
      return;
    }
    if (known.count >= MOST_ATTEMPTS)
      throw new TooManyAttempts({ minutes: Math.ceil((known.endsAtMs - nowMs) / 60_000) });
    known.count += 1;
  }

  succeed(key: string): void {
    this.#attempts.delete(key);
  }

  #forgetEnded(nowMs: number): void {
    for (const [key, { endsAtMs }] of this.#attempts) if (endsAtMs <= nowMs) this.#attempts.delete(key);
    if (this.#attempts.size >= MOST_KEYS) this.#attempts.clear();
  }
}
