import { type Clock, pause, systemClock } from '../../src/core/clock.js';

/** A second of ours is ten minutes of the program's: what waits for minutes need not be waited for. */
const SPEED = 600;

/**
 * A clock that runs fast from an instant on; every process that is given the same instant reads the same time.
 *
 * @param sinceMs epoch milliseconds of the real clock
 */
export function fastClock(sinceMs: number): Clock {
  return { nowMs: () => Math.round(sinceMs + (systemClock.nowMs() - sinceMs) * SPEED) };
}

/** Waits for that long by the fast clock. */
export const fastPause: typeof pause = (durationMs, signal) => pause(durationMs / SPEED, signal);
