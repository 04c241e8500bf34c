import { randomBytes } from 'node:crypto';
import { symlinkSync, truncateSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOfSku, RunLog, readRunLog } from '../../../../../src/features/export/run/run-log.js';
import type { RunLogLine } from '../../../../../src/features/export/run/run-log-line.js';
import { takeLines } from '../../../../../src/features/export/run/run-log-lines.js';
import { Archive } from '../../../../../src/features/reports/archive.js';

const line = (sku: string, notes: readonly string[] = []): RunLogLine => ({
  sku,
  shopId: 1,
  productId: 7,
  combinationId: 0,
  verdicts: [],
  parts: [],
  notes,
});

describe('The log of a run', () => {
  let folder = '';
  let archive: Archive;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'feedbridge-log-'));
    archive = new Archive(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const write = async (name: string, lines: readonly RunLogLine[]) => {
    const log = new RunLog(archive, await archive.reserve('logs', name, 0));
    for (const one of lines) {
      log.append(one);
      await log.drain();
    }
    await log.close();
    return log;
  };
  const read = (path: string, { sku, skip = 0, limit = 100 }: { sku?: string; skip?: number; limit?: number } = {}) => {
    const isWanted = sku === undefined ? undefined : isOfSku(sku);
    return takeLines(readRunLog(archive, path, { isWanted, skip }), limit);
  };
  const skus = async (path: string, filter: { sku?: string; skip?: number; limit?: number } = {}) =>
    (await read(path, filter)).map((one) => one.sku);

  it('gives its lines back in their order, with everything that texts may hold', async () => {
    const odd = line('A\n"B"\\', ['two\nlines', '\u2028 and \u0000', '😀'.repeat(30_000)]);
    const log = await write('odd.gz', [odd, line('C')]);
    expect(log.lines).toBe(2);
    expect(await read(log.path)).toEqual([odd, line('C')]);
  });

  it('is read page by page', async () => {
    const { path } = await write(
      'pages.gz',
      ['A', 'B', 'C', 'D', 'E'].map((sku) => line(sku)),
    );
    expect(await skus(path, { limit: 2 })).toEqual(['A', 'B']);
    expect(await skus(path, { skip: 3, limit: 9 })).toEqual(['D', 'E']);
    expect(await skus(path, { skip: 9 })).toEqual([]);
  });

  it('finds the lines of one SKU, never those of a SKU that begins like it', async () => {
    const { path } = await write(
      'sku.gz',
      ['A', 'AB', 'a', 'A', 'A"'].map((sku) => line(sku)),
    );
    expect(await skus(path, { sku: 'A' })).toEqual(['A', 'A']);
    expect(await skus(path, { sku: 'A"' })).toEqual(['A"']);
    expect(await skus(path, { sku: 'A', skip: 1 })).toEqual(['A']);
  });

  it('that is damaged is reported, and the process goes on', async () => {
    const { path } = await write(
      'cut.gz',
      Array.from({ length: 5_000 }, (_, index) => line(`S${index}`)),
    );
    truncateSync(archive.absolute(path), 200);
    await expect(skus(path, { limit: 10_000 })).rejects.toThrow(/unexpected end of file/);
  });

  it('on a disk that is full never stops its run, and says at the end that it is not whole', async () => {
    const path = await archive.reserve('logs', 'full.gz', 0);
    symlinkSync('/dev/full', archive.absolute(path));
    const log = new RunLog(archive, path);
    for (let count = 0; count < 5_000; count += 1) {
      log.append(line(`S${count}`, [randomBytes(64).toString('hex')]));
      if (count % 500 === 0) await log.drain();
    }
    await expect(log.close()).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(log.lines).toBeLessThan(5_000);
  });

  it('is empty when nothing was written', async () => {
    expect(await skus((await write('empty.gz', [])).path)).toEqual([]);
  });
});
