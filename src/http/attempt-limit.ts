import type { Clock } from '../core/clock.js';
import { TooManyAttempts } from './http-errors.js';

const WINDOW_MS = 15 * 60_000;
const MOST_FAILURES = 10;
/** A flood of made-up names must not fill the memory. */
const MOST_KEYS = 10_000;

/** Counts failed attempts by key within 15 minutes, in this process; the eleventh is refused unseen. */
export class AttemptLimit {
  readonly #clock: Clock;
  readonly #failures = new Map<string, { count: number; endsAtMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws TooManyAttempts */
  check(key: string): void {
    const known = this.#failures.get(key);
    const leftMs = (known?.endsAtMs ?? 0) - this.#clock.nowMs();
    if (known !== undefined && leftMs > 0 && known.count >= MOST_FAILURES)
      throw new TooManyAttempts({ minutes: Math.ceil(leftMs / 60_000) });
  }

  fail(key: string): void {
    const nowMs = this.#clock.nowMs();
    const known = this.#failures.get(key);
    if (known !== undefined && known.endsAtMs > nowMs) known.count += 1;
    else {
      if (this.#failures.size >= MOST_KEYS) this.#forgetEnded(nowMs);
      this.#failures.set(key, { count: 1, endsAtMs: nowMs + WINDOW_MS });
    }
  }

  succeed(key: string): void {
    this.#failures.delete(key);
  }

  #forgetEnded(nowMs: number): void {
    for (const [key, { endsAtMs }] of this.#failures) if (endsAtMs <= nowMs) this.#failures.delete(key);
    if (this.#failures.size >= MOST_KEYS) this.#failures.clear();
  }
}
