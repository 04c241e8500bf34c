import { describe, expect, it } from 'vitest';
import { retryDelayMs } from '../../../../src/features/reports/settle-feed.js';

describe('A value that failed for a passing reason', () => {
  it('waits 1, 5 and 15 minutes, then an hour each time', () => {
    const minutes = [0, 1, 2, 3, 4, 5, 99].map((failures) => retryDelayMs(failures) / 60_000);
    expect(minutes).toEqual([1, 5, 15, 60, 60, 60, 60]);
  });
});
