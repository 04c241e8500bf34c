import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseExportOptions } from '../../../src/features/export/export-options.js';
import { DiskWatch } from '../../../src/features/reports/disk-watch.js';
import { BOARD, ListedShop } from '../../support/export-listed-shop.js';
import { display } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const GIB = 1_073_741_824;

describeEachDatabase('A nearly full disk', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  let freeBytes = GIB;
  beforeAll(async () => {
    database = await open();
    const diskSpace = { freeBytes: async () => freeBytes };
    listed = await ListedShop.open(database.url, [BOARD], ['FR'], { diskSpace });
    await listed.send([BOARD.id]);
    await listed.calmDown();
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });

  const files = (kind: string) =>
    readdirSync(join(listed.shop.folder, kind), { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const verify = async () => {
    const options = parseExportOptions({ products: [BOARD.id] });
    const run = await listed.shop.program.export.preview('verify', options, { requestedBy: 'test' });
    const lines = await listed.shop.program.export.log(run.id, { skip: 0, limit: 10 });
    return { run, skus: lines.map((line) => line.sku) };
  };
  const told = async () => {
    const entries = await listed.shop.program.journal.list({ limit: 1_000 });
    return entries.filter((one) => one.code.startsWith('disk-')).map((one) => one.code);
  };

  it('with room enough archives everything', async () => {
    expect((await verify()).skus).toEqual([BOARD.sku]);
    expect(files('results').length).toBeGreaterThan(0);
    expect(await told()).toEqual([]);
  });

  it('keeps no document and no answer of what it sends and settles, and goes on sending', async () => {
    const before = [files('documents').length, files('results').length];
    freeBytes = GIB - 1;
    await listed.office.setPrice(BOARD.id, '71.000000');
    const run = await listed.send([BOARD.id]);
    await listed.settle();
    expect(await listed.partOf(BOARD.sku, 'price')).toMatchObject({ state: 'accepted', acceptedValue: '85.20|EUR' });
    expect([files('documents').length, files('results').length]).toEqual(before);
    const [feed] = await listed.shop.program.feeds.list({ runId: run.id, limit: 1 });
    expect(feed).toMatchObject({ status: 'done', accepted: 1, removedAtMs: expect.any(Number) });
    expect(await listed.shop.program.export.log(run.id, { skip: 0, limit: 10 })).toMatchObject([{ sku: BOARD.sku }]);
  });

  it('leaves unchanged items out of run logs', async () => {
    const { run, skus } = await verify();
    expect([run.status, run.totals.items, skus]).toEqual(['done', 1, []]);
  });

  it('refuses displays, with the reason', async () => {
    const runs = await listed.shop.program.export.list({ limit: 1 });
    await expect(display(listed.shop, { products: [BOARD.id] })).rejects.toThrow(
      'Expected 1024 MiB of free disk space for the documents of a display, got 1023 MiB.',
    );
    expect(await listed.shop.program.export.list({ limit: 1 })).toEqual(runs);
  });

  it('is told in the journal once when it begins and once when it ends', async () => {
    expect(await told()).toEqual(['disk-low']);
    const { program } = listed.shop;
    const ofAnotherProcess = new DiskWatch({ ...program, disk: program.diskSpace });
    expect(await ofAnotherProcess.isLow()).toBe(true);
    expect(await told()).toEqual(['disk-low']);
    freeBytes = GIB;
    expect((await verify()).skus).toEqual([BOARD.sku]);
    await verify();
    expect(await told()).toEqual(['disk-enough', 'disk-low']);
    expect((await display(listed.shop, { products: [BOARD.id] })).status).toBe('done');
  });
});
