import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger } from '../../../../../src/core/logger.js';
import type { Run } from '../../../../../src/features/export/run/run.js';
import { type RunLogParts, RunLogs } from '../../../../../src/features/export/run/run-logs.js';
import { Archive } from '../../../../../src/features/reports/archive.js';

/** A data folder from which nothing can be removed, as on a disk that has just become read-only. */
class FixedArchive extends Archive {
  override remove(): Promise<void> {
    return Promise.reject(new Error('EROFS: read-only file system'));
  }
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'feedbridge-logs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('A log that can neither be kept nor removed keeps no run from its own end', async () => {
  const run = { id: 7, createdAtMs: 0 } as Run;
  const archive = new FixedArchive(folder);
  const path = await archive.reserve('logs', 'run-7.ndjson.gz', 0);
  symlinkSync('/dev/full', archive.absolute(path));
  const disk = { isLow: async () => false };
  const logs = new RunLogs({ archive, disk, logger: silentLogger } as unknown as RunLogParts);
  expect(await logs.keep(run, await logs.open(run))).toBe(
    `Its log could not be kept: No space is left for ${archive.absolute(path)}. Free some disk space; the work goes on from where it stopped.`,
  );
});
