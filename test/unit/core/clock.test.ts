import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nowIso, pause, systemClock } from '../../../src/core/clock.js';

describe('The clock', () => {
  it('writes its time in UTC with milliseconds', () => {
    expect(nowIso({ nowMs: () => 1_795_269_909_120 })).toBe('2026-11-21T14:05:09.120Z');
  });

  it('of the service is the machine’s', () => {
    const before = Date.now();
    const now = systemClock.nowMs();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });
});

describe('A pause', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('lasts its whole time and says so', async () => {
    let ended: boolean | null = null;
    const waiting = pause(1_000).then((whole) => {
      ended = whole;
    });
    await vi.advanceTimersByTimeAsync(999);
    expect(ended).toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    expect(ended).toBe(true);
  });

  it('is cut short by its signal and leaves no timer behind', async () => {
    const stopping = new AbortController();
    const waiting = pause(60_000, stopping.signal);
    stopping.abort();
    expect(await waiting).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not begin when its signal has already been given', async () => {
    expect(await pause(60_000, AbortSignal.abort())).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes its listener off the signal at its end, so that a long-lived signal collects none', async () => {
    const stopping = new AbortController();
    const waiting = pause(10, stopping.signal);
    expect(getEventListeners(stopping.signal, 'abort')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10);
    expect(await waiting).toBe(true);
    expect(getEventListeners(stopping.signal, 'abort')).toHaveLength(0);
  });
});
