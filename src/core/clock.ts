/** Where the time comes from: `systemClock` in the service, a hand-moved one in tests. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  nowMs(): number;
}

export const systemClock: Clock = { nowMs: () => Date.now() };

/** The clock's time as `2026-11-21T14:05:09.120Z`, the form of every time in our tables. */
export function nowIso(clock: Clock): string {
  return new Date(clock.nowMs()).toISOString();
}

/**
 * Waits, and gives up waiting at once when the signal is aborted.
 *
 * @param durationMs milliseconds (>= 0)
 * @returns true when the whole time has passed, false when it was cut short by the signal
 */
export function pause(durationMs: number, signal?: AbortSignal): Promise<boolean> {
  if (signal?.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const finish = (whole: boolean) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      resolve(whole);
    };
    const onAbort = () => finish(false);
    const timer = setTimeout(() => finish(true), durationMs);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
