import type { Clock, pause } from '../core/clock.js';

export interface RateLimitOptions {
  /** > 0. */
  readonly ratePerSecond: number;
  /** Tokens of a full bucket, >= 1. */
  readonly burst: number;
  readonly clock: Clock;
  readonly pause: typeof pause;
}

/**
 * A token bucket: calls beyond the burst wait for their turn, in the order in which they came.
 *
 * A call takes its token at once, if need be on credit, and waits until the debt before it is paid: the order needs no queue.
 */
export class RateLimit {
  readonly #burst: number;
  readonly #clock: Clock;
  readonly #pause: typeof pause;
  #ratePerSecond: number;
  /** Below zero: so many calls are waiting. */
  #tokens: number;
  #filledAtMs: number;

  constructor(options: RateLimitOptions) {
    this.#ratePerSecond = options.ratePerSecond;
    this.#burst = options.burst;
    this.#clock = options.clock;
    this.#pause = options.pause;
    this.#tokens = options.burst;
    this.#filledAtMs = options.clock.nowMs();
  }

  get ratePerSecond(): number {
    return this.#ratePerSecond;
  }

  /**
   * Takes one token, waiting for it when there is none.
   *
   * @returns false when the signal ended the wait; the token then stays for others
   */
  async take(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    this.#fill();
    this.#tokens -= 1;
    if (this.#tokens >= 0) return true;
    const passed = await this.#pause(Math.ceil((-this.#tokens / this.#ratePerSecond) * 1000), signal);
    if (!passed) this.#tokens += 1;
    return passed;
  }

  /** Goes by the rate that Amazon says it applies; what is not a positive number is ignored. */
  learn(ratePerSecond: number): void {
    if (!Number.isFinite(ratePerSecond) || ratePerSecond <= 0) return;
    this.#fill();
    this.#ratePerSecond = ratePerSecond;
  }

  /** Amazon says that the quota is used up (other programs use it too): what we counted on is gone. */
  drain(): void {
    this.#fill();
    this.#tokens = Math.min(this.#tokens, 0);
  }

  #fill(): void {
    const nowMs = this.#clock.nowMs();
    // A clock set back adds nothing; counting goes on from the new time.
    const elapsedMs = Math.max(0, nowMs - this.#filledAtMs);
    this.#tokens = Math.min(this.#burst, this.#tokens + (elapsedMs / 1000) * this.#ratePerSecond);
    this.#filledAtMs = nowMs;
  }
}
