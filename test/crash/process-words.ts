import type { LockTimes } from '../../src/scheduler/keep-lock.js';

/** What the test tells a bridge. */
export type Order =
  /** Work until nothing waits and nothing is on its way; die at that step (null = live). */
  { readonly kind: 'work'; readonly killAt: number | null } | { readonly kind: 'end' };

/** What a bridge tells the test. */
export type Word =
  | { readonly kind: 'ready' }
  /** Nothing waits and nothing is on its way; `steps` = writes and calls since the order. */
  | { readonly kind: 'calm'; readonly steps: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** Two seconds, so that the lock of a killed process need not be waited for long. */
export const CRASH_LOCK_TIMES: LockTimes = { ttlMs: 2_000, renewEveryMs: 250 };
