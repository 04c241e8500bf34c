import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import { silentLogger } from '../../../src/core/logger.js';
import { TaskWaking } from '../../../src/scheduler/task-waking.js';

const START = Date.parse('2026-11-21T10:00:00Z');
const MINUTE_MS = 60_000;

describe('A task that names its own times', () => {
  let wakeAtMs: number | null;
  let nextRunAtMs: number | null;
  let ranAtMs: number[];
  let waking: TaskWaking;
  beforeEach(async () => {
    vi.useFakeTimers({ now: START });
    wakeAtMs = null;
    nextRunAtMs = START + 60 * MINUTE_MS;
    ranAtMs = [];
  });
  afterEach(async () => {
    await waking.stop();
    vi.useRealTimers();
  });

  const begin = async (asked: () => Promise<number | null> = async () => wakeAtMs) => {
    waking = new TaskWaking({
      wakesAtMs: asked,
      nextRunAtMs: () => nextRunAtMs,
      run: async () => {
        ranAtMs.push(Date.now());
        wakeAtMs = null;
      },
      clock: systemClock,
      logger: silentLogger,
    });
    waking.start();
    await vi.advanceTimersByTimeAsync(0);
  };
  /** Minutes after the start at which it ran. */
  const ranAt = () => ranAtMs.map((atMs) => Math.floor((atMs - START) / MINUTE_MS));

  it('runs at that time, where its schedule comes later, and never before it', async () => {
    wakeAtMs = START + 3 * MINUTE_MS;
    await begin();
    await vi.advanceTimersByTimeAsync(3 * MINUTE_MS - 1);
    expect(ranAtMs).toEqual([]);
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(ranAt()).toEqual([3]);
    expect(ranAtMs[0]).toBeGreaterThanOrEqual(START + 3 * MINUTE_MS);
  });

  it('is left to its schedule where that comes before or in that very moment', async () => {
    wakeAtMs = START + 3 * MINUTE_MS;
    nextRunAtMs = START + 3 * MINUTE_MS;
    await begin();
    await vi.advanceTimersByTimeAsync(4 * MINUTE_MS);
    expect(ranAtMs).toEqual([]);
  });

  it('is asked again and again, since a time may come up that lies earlier', async () => {
    wakeAtMs = START + 600 * MINUTE_MS;
    await begin();
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    wakeAtMs = START + 7 * MINUTE_MS;
    await vi.advanceTimersByTimeAsync(9 * MINUTE_MS);
    expect(ranAt()).toEqual([7]);
  });

  it('that cannot say its times is asked again', async () => {
    let isBroken = true;
    await begin(() => (isBroken ? Promise.reject(new Error('away')) : Promise.resolve(wakeAtMs)));
    isBroken = false;
    wakeAtMs = START + 6 * MINUTE_MS;
    await vi.advanceTimersByTimeAsync(7 * MINUTE_MS);
    expect(ranAt()).toEqual([6]);
  });

  it('is woken no more once it was stopped', async () => {
    wakeAtMs = START + MINUTE_MS;
    await begin();
    await waking.stop();
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    expect(ranAtMs).toEqual([]);
  });
});
