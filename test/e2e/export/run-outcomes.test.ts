import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { parseExportOptions } from '../../../src/features/export/export-options.js';
import { RunStore } from '../../../src/features/export/run/run-store.js';
import { BOARD, CARD, DESK, ListedShop } from '../../support/export-listed-shop.js';
import { display, send } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const DAY_MS = 24 * 3_600_000;

describeEachDatabase('What a run says of itself', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  let figure = 50;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
    await listed.send([BOARD.id, DESK.id, CARD.id]);
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });
  beforeEach(async () => {
    listed.amazon.before = () => undefined;
    await listed.calmDown();
  });

  /** Gives a product another price and another stock. */
  const change = async (productId: number) => {
    figure += 1;
    await listed.office.setPrice(productId, `${figure}.000000`);
    await listed.office.setStock(productId, 0, figure);
  };
  const exports = () => listed.shop.program.export;
  const lastRun = async () => (await exports().list({ limit: 1 }))[0];

  it.each(['PUT /uploads/content', 'POST /feeds/feeds'])(
    'counts values as not sent when %s is refused, and they go a minute later',
    async (refused) => {
      await change(BOARD.id);
      listed.amazon.before = (operation) => (operation === refused ? 400 : undefined);
      const run = await listed.send([BOARD.id]);
      expect(run.totals).toMatchObject({ sent: 0, unsent: 2, feeds: 0, changes: { price: 0, quantity: 0 } });
      const feeds = await listed.shop.program.feeds.list({ runId: run.id, limit: 10 });
      expect(feeds.map((feed) => feed.status)).toEqual(['failed', 'failed']);
      const [row] = await listed.rows();
      expect(row).toMatchObject({ claimedRunId: null, notBeforeMs: listed.shop.clock.nowMs() + 60_000 });
      listed.amazon.before = () => undefined;
      listed.shop.clock.advance(60_000);
      expect((await send(listed.shop, {}, false)).totals).toMatchObject({ sent: 2, unsent: 0, feeds: 2 });
    },
  );

  it('fails the scheduled task when values could not be handed over', async () => {
    await change(BOARD.id);
    const marketplaceIds = [listed.marketplace.id];
    await listed.shop.program.queue.mark(
      { shopId: 1, productIds: [BOARD.id], marketplaceIds, action: 'update' },
      'api',
    );
    listed.amazon.before = (operation) => (operation === 'POST /feeds/feeds' ? 403 : undefined);
    const task = exports().sendEveryAccount({ requestedBy: 'scheduler' });
    await expect(task).rejects.toThrow(/2 values of the account "seller" could not be handed to Amazon/);
  });

  it('waits longer each time while Amazon refuses to make a feed: 1, 5, 15 and 60 minutes', async () => {
    await change(BOARD.id);
    listed.amazon.before = (operation) => (operation === 'POST /feeds/feeds' ? 400 : undefined);
    await listed.send([BOARD.id]);
    const minutes: number[] = [];
    for (let tries = 1; tries <= 5; tries += 1) {
      const [row] = await listed.rows();
      const waitMs = (row?.notBeforeMs ?? 0) - listed.shop.clock.nowMs();
      minutes.push(waitMs / 60_000);
      listed.shop.clock.advance(waitMs);
      await send(listed.shop, {}, false);
    }
    expect(minutes).toEqual([1, 5, 15, 60, 60]);
  });

  it('never sends a document that is older than five minutes: it is made again, with the newest figures', async () => {
    await listed.office.setPrice(BOARD.id, '71.000000');
    await listed.office.setStock(DESK.id, 0, 3);
    const known = listed.amazon.feeds.length;
    listed.amazon.before = async (operation) => {
      if (operation !== 'POST /feeds/feeds' || listed.amazon.feeds.length > known) return undefined;
      listed.shop.clock.advance(5 * 60_000 + 1);
      await listed.office.setStock(DESK.id, 0, 2);
      return undefined;
    };
    const { totals } = await listed.send([BOARD.id, DESK.id]);
    const sent = listed.amazon.feeds.slice(known);
    expect(sent.map((feed) => feed.messageType)).toEqual(['Price', 'Inventory']);
    expect(totals).toMatchObject({ sent: 2, feeds: 2, changes: { price: 1, quantity: 1 } });
    await listed.settle();
    expect((await listed.partOf(DESK.sku, 'quantity'))?.acceptedValue).toBe('2');
    expect(await listed.rows()).toEqual([]);
  });

  it('counts what one refused document carried as not sent, and the rest as sent', async () => {
    await change(BOARD.id);
    let documents = 0;
    listed.amazon.before = (operation) => {
      if (operation !== 'POST /feeds/feeds') return undefined;
      documents += 1;
      return documents === 1 ? 400 : undefined;
    };
    const { totals } = await listed.send([BOARD.id]);
    expect(totals).toMatchObject({ sent: 1, unsent: 1, feeds: 1, changes: { price: 0, quantity: 1 } });
  });

  it('has what Amazon said of its feeds by now, also when it ended before that', async () => {
    await change(BOARD.id);
    const { id, totals } = await listed.send([BOARD.id]);
    expect(totals).toMatchObject({ feeds: 2, accepted: 0 });
    await listed.settle();
    const told = { accepted: 2, rejected: 0, unknown: 0 };
    expect((await exports().find(id)).totals).toMatchObject(told);
    expect((await exports().list({ limit: 5 })).find((run) => run.id === id)?.totals).toMatchObject(told);
    const preview = await display(listed.shop, { products: [BOARD.id] });
    expect((await exports().find(preview.id)).totals.accepted).toBe(0);
  });

  it.each(['send', 'display'] as const)(
    'is a failure with its reason when the log of a %s cannot be made',
    async (mode) => {
      await change(BOARD.id);
      const logs = join(listed.shop.folder, 'logs');
      mkdirSync(logs, { recursive: true });
      renameSync(logs, `${logs}-kept`);
      // In there nobody may make anything, not even root.
      symlinkSync('/sys', logs);
      const run = mode === 'send' ? listed.send([BOARD.id]) : display(listed.shop, { products: [BOARD.id] });
      await expect(run).rejects.toThrow(/logs.*FEEDBRIDGE_DATA/);
      rmSync(logs);
      renameSync(`${logs}-kept`, logs);
      expect(await lastRun()).toMatchObject({
        mode,
        status: 'failed',
        fault: expect.stringContaining('FEEDBRIDGE_DATA'),
        endedAtMs: listed.shop.clock.nowMs(),
      });
    },
  );

  it('is interrupted when its process is gone: a preview after a day, a send as soon as another one begins', async () => {
    const { clock } = listed.shop;
    const lost = (mode: 'verify' | 'display' | 'send') =>
      new RunStore(database.db).create({
        ...{ mode, options: parseExportOptions({}), requestedBy: 'test', owner: 'gone' },
        nowMs: clock.nowMs(),
      });
    const previews = [await lost('verify'), await lost('display')];
    const sent = await lost('send');
    const states = () => Promise.all([...previews, sent].map(async (id) => (await exports().find(id)).status));
    clock.advance(DAY_MS);
    await send(listed.shop, {}, false);
    expect(await states()).toEqual(['running', 'running', 'interrupted']);
    clock.advance(1);
    await send(listed.shop, {}, false);
    expect(await states()).toEqual(['interrupted', 'interrupted', 'interrupted']);
    const endedAtMs = clock.nowMs();
    expect(await exports().find(previews[0] ?? 0)).toMatchObject({
      endedAtMs,
      fault: expect.stringContaining('ended'),
    });
  });

  it('for named products sends these alone, and leaves the others waiting', async () => {
    for (const { id } of [BOARD, DESK, CARD]) await change(id);
    await listed.shop.program.marks.mark({ shopId: 1, productIds: [DESK.id, CARD.id], action: 'update' }, 'test');
    const before = listed.amazon.feeds.length;
    const run = await listed.send([BOARD.id]);
    expect(run.totals).toMatchObject({ products: 1, items: 1, sent: 2 });
    const skus = listed.amazon.feeds.slice(before).flatMap((feed) => feed.messages.map(({ sku }) => sku));
    expect(new Set(skus)).toEqual(new Set([BOARD.sku]));
    const waiting = (await listed.rows()).filter((row) => row.claimedRunId === null);
    expect(waiting.map((row) => row.productId).toSorted()).toEqual([DESK.id, CARD.id].toSorted());
  });
});
