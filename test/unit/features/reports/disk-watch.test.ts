import { expect, it } from 'vitest';
import { silentLogger } from '../../../../src/core/logger.js';
import { DiskWatch } from '../../../../src/features/reports/disk-watch.js';

const MIB = 1_048_576;

it('A disk that is nearly full is known to be so also while the journal cannot be written, and is told there later', async () => {
  const written: string[] = [];
  let isBroken = true;
  const watch = new DiskWatch({
    disk: { freeBytes: async () => 1_023 * MIB },
    settings: { get: async () => 1_024 as never },
    journal: {
      list: async () => [],
      write: async (entry) => {
        if (isBroken) throw new Error('database or disk is full');
        written.push((entry as { code: string }).code);
      },
    },
    logger: silentLogger,
  });
  expect(await watch.isLow()).toBe(true);
  isBroken = false;
  expect(await watch.isLow()).toBe(true);
  expect(written).toEqual(['disk-low']);
});
