import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../../src/core/logger.js';
import { giveBackLock } from '../../../src/scheduler/keep-lock.js';

const LOCK = { name: 'task:sweep-stock', owner: 'service', fence: 7 };
const TIMES = { ttlMs: 60_000, renewEveryMs: 15_000 };

describe('A lock that cannot be given back, since its database is away', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const away = () => Promise.reject(new Error('connect ECONNREFUSED'));
  const giveBack = async (release: (lock: typeof LOCK) => Promise<void>) => {
    const asked = vi.fn(release);
    await giveBackLock({ release: asked }, LOCK, { times: TIMES, logger: silentLogger });
    return asked;
  };

  it('is given back within a second of its return, and only once', async () => {
    let isAway = true;
    const release = await giveBack(() => (isAway ? away() : Promise.resolve()));
    await vi.advanceTimersByTimeAsync(20_000);
    isAway = false;
    const before = release.mock.calls.length;
    await vi.advanceTimersByTimeAsync(1_000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(release).toHaveBeenCalledTimes(before + 1);
    expect(release).toHaveBeenLastCalledWith(LOCK);
  });

  it('is not asked for twice at once', async () => {
    let isFirst = true;
    const release = await giveBack(() => {
      const answer = isFirst ? away() : new Promise<never>(() => undefined);
      isFirst = false;
      return answer;
    });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(release).toHaveBeenCalledTimes(2);
  });

  it('is left to run out when its time is over', async () => {
    const release = await giveBack(away);
    await vi.advanceTimersByTimeAsync(60_000);
    const asked = release.mock.calls.length;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(release).toHaveBeenCalledTimes(asked);
    expect(asked).toBeGreaterThan(50);
  });
});
