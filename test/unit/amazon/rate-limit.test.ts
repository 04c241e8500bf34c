import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../../src/amazon/operations.js';
import { RateLimit } from '../../../src/amazon/rate-limit.js';
import { sharedFile } from '../../support/shared-material.js';
import { itWithShared } from '../../support/with-shared-material.js';

interface SharedLimits {
  readonly operations: readonly {
    readonly model: string;
    readonly operationId: string;
    readonly ratePerSecond: number;
    readonly burst: number;
  }[];
}

const never = new AbortController().signal;

/** A clock and a wait that ends when the test says so. */
function waitingTime() {
  let nowMs = 0;
  const waits: { readonly durationMs: number; readonly end: (passed: boolean) => void }[] = [];
  return {
    waits,
    advance: (durationMs: number) => {
      nowMs += durationMs;
    },
    clock: { nowMs: () => nowMs },
    pause: (durationMs: number) => new Promise<boolean>((resolve) => waits.push({ durationMs, end: resolve })),
  };
}

function openLimit(ratePerSecond: number, burst: number) {
  const time = waitingTime();
  return { time, limit: new RateLimit({ ratePerSecond, burst, clock: time.clock, pause: time.pause }) };
}

async function takeMany(limit: RateLimit, count: number): Promise<void> {
  for (let taken = 0; taken < count; taken += 1) await limit.take(never);
}

describe('RateLimit', () => {
  it('lets a full burst through at once', async () => {
    const { limit, time } = openLimit(0.5, 15);
    await takeMany(limit, 15);
    expect(time.waits).toHaveLength(0);
  });

  it('makes the calls beyond the burst wait one interval more each, in order', async () => {
    const { limit, time } = openLimit(0.5, 2);
    await takeMany(limit, 2);
    const third = limit.take(never);
    const fourth = limit.take(never);
    expect(time.waits.map((wait) => wait.durationMs)).toEqual([2000, 4000]);
    for (const wait of time.waits) wait.end(true);
    expect(await Promise.all([third, fourth])).toEqual([true, true]);
  });

  it('fills up again with time, never beyond the burst', async () => {
    const { limit, time } = openLimit(1, 3);
    await takeMany(limit, 3);
    time.advance(3_600_000);
    await takeMany(limit, 3);
    expect(time.waits).toHaveLength(0);
    void limit.take(never);
    expect(time.waits).toHaveLength(1);
  });

  it('gives the token of a call that was given up to the next one', async () => {
    const { limit, time } = openLimit(1, 1);
    await limit.take(never);
    const givenUp = limit.take(never);
    time.waits[0]?.end(false);
    expect(await givenUp).toBe(false);
    void limit.take(never);
    expect(time.waits[1]?.durationMs).toBe(1000);
  });

  it('takes nothing for a caller that has already ended', async () => {
    const { limit, time } = openLimit(1, 1);
    expect(await limit.take(AbortSignal.abort())).toBe(false);
    expect(await limit.take(never)).toBe(true);
    expect(time.waits).toHaveLength(0);
  });

  it('goes by the rate that Amazon grants', async () => {
    const { limit, time } = openLimit(1, 1);
    await limit.take(never);
    limit.learn(10);
    void limit.take(never);
    expect(limit.ratePerSecond).toBe(10);
    expect(time.waits[0]?.durationMs).toBe(100);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('keeps its rate when told %s', (told) => {
    const { limit } = openLimit(2, 1);
    limit.learn(told);
    expect(limit.ratePerSecond).toBe(2);
  });

  it('counts on nothing after Amazon said that the quota is used up', async () => {
    const { limit, time } = openLimit(0.5, 15);
    limit.drain();
    void limit.take(never);
    expect(time.waits[0]?.durationMs).toBe(2000);
  });

  it('adds nothing when the clock is set back', async () => {
    const { limit, time } = openLimit(1, 1);
    await limit.take(never);
    time.advance(-60_000);
    void limit.take(never);
    expect(time.waits[0]?.durationMs).toBe(1000);
  });
});

describe('the quotas of the operations in use', () => {
  itWithShared('are those of the shared facts', () => {
    const { createListingsFeed, ...documented } = OPERATIONS;
    const facts = JSON.parse(readFileSync(sharedFile('amazon', 'rate-limits.json'), 'utf8')) as SharedLimits;
    for (const { name, ratePerSecond, burst } of Object.values(documented)) {
      const fact = facts.operations.find((row) => row.operationId === name && row.model.endsWith('_2021-06-30.json'));
      expect({ name, ratePerSecond, burst }).toEqual({
        name,
        ratePerSecond: fact?.ratePerSecond,
        burst: fact?.burst,
      });
    }
    expect(createListingsFeed.ratePerSecond * 300).toBeCloseTo(createListingsFeed.burst);
  });
});
