import type { Clock } from '../../src/core/clock.js';

/** A clock that moves only when a test moves it. */
export class HandClock implements Clock {
  #nowMs: number;

  /** @param start ISO 8601; by default a Saturday afternoon in November 2026 */
  constructor(start = '2026-11-21T14:00:00.000Z') {
    this.#nowMs = Date.parse(start);
  }

  nowMs(): number {
    return this.#nowMs;
  }

  advance(durationMs: number): void {
    this.#nowMs += durationMs;
  }
}
