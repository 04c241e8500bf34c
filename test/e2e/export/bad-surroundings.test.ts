import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BOARD, ListedShop } from '../../support/export-listed-shop.js';
import { addSeller, display, type ExportProgram, openExportProgram, send } from '../../support/export-program.js';
import { HandClock } from '../../support/hand-clock.js';
import {
  loadPrestashopDump,
  type PrestashopDatabase,
  whyNoPrestashopDatabase,
} from '../../support/prestashop-database.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

/** A device of Linux on which every write finds no space left. */
const FULL_DISK = '/dev/full';
/** A folder in which nobody may make anything, not even root. */
const NOBODYS_FOLDER = '/sys';

describeEachDatabase('a data folder', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  const full: string[] = [];
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
    await listed.send([BOARD.id]);
    await listed.calmDown();
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });
  afterEach(() => {
    for (const path of full.splice(0)) rmSync(path, { force: true });
  });

  /** Lets the disk be full as soon as that file is written. */
  const fillDiskAt = (path: string): string => {
    const absolute = join(listed.shop.folder, path);
    mkdirSync(dirname(absolute), { recursive: true });
    symlinkSync(FULL_DISK, absolute);
    full.push(absolute);
    return absolute;
  };
  const nextRunId = async () => ((await listed.shop.program.export.list({ limit: 1 }))[0]?.id ?? 0) + 1;
  const lastRun = async () => (await listed.shop.program.export.list({ limit: 1 }))[0];
  const day = '2026/11/21';

  it('whose disk is full at a document ends the run with the file named, and nothing is lost', async () => {
    const runId = await nextRunId();
    const name = `run-${runId}-seller-${listed.shop.clock.nowMs()}-FR-price-1.xml.gz`;
    const path = fillDiskAt(`documents/${day}/${name}`);
    await listed.office.setPrice(BOARD.id, '71.000000');
    const feeds = listed.amazon.feeds.length;
    await expect(listed.send([BOARD.id])).rejects.toThrow(`No space is left for ${path}. Free some disk space`);
    expect(await lastRun()).toMatchObject({ id: runId, status: 'failed', fault: expect.stringContaining(path) });
    expect(listed.amazon.feeds.length).toBe(feeds);
    expect((await listed.rows()).map((row) => row.productId)).toEqual([BOARD.id]);
    rmSync(path);
    await send(listed.shop, {}, false);
    await listed.settle();
    expect((await listed.partOf(BOARD.sku, 'price'))?.acceptedValue).toBe('85.20|EUR');
    expect(await listed.rows()).toEqual([]);
  });

  it.each(['send', 'display'] as const)(
    "whose disk is full at a run's log says so of the %s, which ends as it would",
    async (mode) => {
      const runId = await nextRunId();
      const path = fillDiskAt(`logs/${day}/run-${runId}.ndjson.gz`);
      await listed.office.setPrice(BOARD.id, mode === 'send' ? '72.000000' : '73.000000');
      const run = await (mode === 'send' ? listed.send([BOARD.id]) : display(listed.shop, { products: [BOARD.id] }));
      expect(run).toMatchObject({
        id: runId,
        status: 'done',
        fault: expect.stringContaining(`No space is left for ${path}`),
      });
      expect(await listed.shop.program.export.log(runId, { skip: 0, limit: 1 })).toEqual([]);
      expect(existsSync(path)).toBe(false);
      await listed.calmDown();
      if (mode === 'send') expect((await listed.partOf(BOARD.sku, 'price'))?.acceptedValue).toBe('86.40|EUR');
    },
  );

  it("whose disk is full at Amazon's answer leaves the feed open until there is space", async () => {
    await listed.office.setPrice(BOARD.id, '74.000000');
    await listed.send([BOARD.id]);
    const [feed] = await listed.shop.program.feeds.open(listed.account.id);
    listed.shop.clock.advance(60_000);
    const path = fillDiskAt(`results/${day}/feed-${feed?.id}.xml.gz`);
    await expect(listed.shop.program.poller.pollDue()).rejects.toThrow(`No space is left for ${path}`);
    expect((await listed.partOf(BOARD.sku, 'price'))?.state).toBe('open');
    rmSync(path);
    await listed.settle();
    expect(await listed.partOf(BOARD.sku, 'price')).toMatchObject({ state: 'accepted', acceptedValue: '88.80|EUR' });
    expect(await listed.rows()).toEqual([]);
  });
});

const reason = whyNoPrestashopDatabase();

describe.skipIf(reason !== null)(`a real shop (${reason ?? 'its dump'})`, () => {
  let dump: PrestashopDatabase;
  const opened: ExportProgram[] = [];
  beforeAll(async () => {
    dump = await loadPrestashopDump('prestashop-8.2.1');
  });
  afterAll(() => dump?.drop());
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.stop();
  });

  describeEachDatabase('and its bridge', (_, open) => {
    const clock = new HandClock();
    let database: TestDatabase;
    let home: ExportProgram;
    let accountId: number;
    beforeAll(async () => {
      database = await open();
      home = await openExportProgram({ databaseUrl: database.url, shopUrl: dump.url, clock });
      accountId = (await addSeller(home)).account.id;
      const scope = { kind: 'account', accountId } as const;
      await home.program.settings.set('sku-source', 'ids', scope, { actor: 'test' });
      await home.program.marks.mark({ shopId: 1, productIds: [1, 6, 15], action: 'create' }, 'test');
    });
    afterAll(async () => {
      await home?.close();
      await database?.drop();
    });

    const rows = async () => {
      const ids = (await home.program.accounts.marketplaces(accountId)).map((one) => one.id);
      return home.program.queue.list({ marketplaceIds: ids, afterId: 0, limit: 100 });
    };
    const openWith = async (shopUrl: string, folder = home.folder) => {
      const program = await openExportProgram({ databaseUrl: database.url, shopUrl, clock, folder });
      opened.push(program);
      return program;
    };
    const lastRun = async () => (await home.program.export.list({ limit: 1 }))[0];

    it('that cannot be reached fails with host and setting named, and the marks wait', async () => {
      const url = new URL(dump.url);
      url.port = String(await unusedPort());
      const away = await openWith(url.href);
      await expect(send(away, {}, false)).rejects.toThrow(new RegExp(`127.0.0.1:${url.port}.*FEEDBRIDGE_SHOP`));
      await expect(display(away, { all: true })).rejects.toThrow(/FEEDBRIDGE_SHOP/);
      await expect(away.program.sweep.sweep()).rejects.toThrow(/FEEDBRIDGE_SHOP/);
      expect(await lastRun()).toMatchObject({
        mode: 'display',
        status: 'failed',
        fault: expect.stringMatching(/FEEDBRIDGE_SHOP/),
      });
      expect((await rows()).map((row) => row.productId).toSorted((a, b) => a - b)).toEqual([1, 6, 15]);
    });

    it('read with a wrong prefix fails with the right one named', async () => {
      const away = await openWith(dump.url.replace('prefix=ps_', 'prefix=shop_'));
      await expect(send(away, {}, false)).rejects.toThrow(
        /begin with "shop_", found none. Set prefix=ps_ in FEEDBRIDGE_SHOP/,
      );
      expect(await rows()).toHaveLength(3);
    });

    it('read without a right to a table fails with the table named', async () => {
      await dump.knex.raw('RENAME TABLE ps_stock_available TO ps_stock_moved');
      const away = await openWith(dump.url);
      const failed = await send(away, {}, false).catch((error: unknown) => error);
      await dump.knex.raw('RENAME TABLE ps_stock_moved TO ps_stock_available');
      expect(String(failed)).toMatch(/ps_stock_available.*SELECT/);
      expect(await rows()).toHaveLength(3);
    });

    it('with a data folder that cannot be made does not start, and names folder and setting', async () => {
      await expect(openWith(dump.url, `${NOBODYS_FOLDER}/feedbridge`)).rejects.toThrow(
        /\/sys\/feedbridge.*FEEDBRIDGE_DATA/,
      );
    });

    it('with a data folder that cannot be written fails with the folder named', async () => {
      const away = await openWith(dump.url, NOBODYS_FOLDER);
      await expect(send(away, {}, false)).rejects.toThrow(/\/sys\/logs.*FEEDBRIDGE_DATA/);
      await expect(display(away, { all: true })).rejects.toThrow(/\/sys\/logs.*FEEDBRIDGE_DATA/);
      for (const run of await home.program.export.list({ limit: 2 }))
        expect(run).toMatchObject({ status: 'failed', fault: expect.stringMatching(/FEEDBRIDGE_DATA/) });
      expect(await rows()).toHaveLength(3);
    });

    it('put right again is sent to the last mark', async () => {
      const run = await send(home);
      expect(run.totals.products).toBe(3);
      expect(await rows()).toEqual([]);
    });
  });
});

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
