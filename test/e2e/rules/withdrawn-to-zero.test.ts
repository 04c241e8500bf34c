import { afterAll, beforeAll, expect, it } from 'vitest';
import { acceptAll, processingReport } from '../../support/export-amazon.js';
import { BOARD, CARD, DESK, ListedShop } from '../../support/export-listed-shop.js';
import { send } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';
import { deleteProduct } from '../scenarios/shop-surgery.js';

const GONE = BOARD;
const FULFILLED = CARD;
const FAULTY = DESK;
const SWITCHED_OFF = { id: 145, sku: 'STOVE-23' } as const;
const ORPHAN = { sku: 'NOT-OF-THE-SHOP' } as const;
/** After so many tries without a clear answer any other value is given up. */
const MOST_TRIES = 6;

describeEachDatabase('a SKU that nothing may sell any more is brought to 0:', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url, [GONE, FULFILLED, FAULTY, SWITCHED_OFF, ORPHAN]);
    listed.amazon.listings = listed.amazon.listings.map((line) =>
      line[0] === FULFILLED.sku ? line.with(4, 'AMAZON_EU') : line,
    );
    const productIds = [GONE.id, FULFILLED.id, FAULTY.id, SWITCHED_OFF.id];
    for (const id of productIds) await listed.office.setStock(id, 0, 20);
    await listed.send(productIds);
    await listed.calmDown();
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });

  /** Quantities that Amazon got of a SKU, from a feed on. */
  const quantities = (sku: string, from: number) =>
    listed.amazon.feeds
      .slice(from)
      .filter((feed) => feed.messageType === 'Inventory')
      .flatMap((feed) => feed.messages)
      .filter((message) => message.sku === sku)
      .map((message) => /"Quantity":"?(\d+)/.exec(JSON.stringify(message.body))?.[1]);
  const sendUnclear = async (times: number) => {
    for (let tries = 0; tries < times; tries += 1) {
      await send(listed.shop, {}, false);
      await listed.settle();
      listed.shop.clock.advance(3_700_000);
    }
  };

  it('as often as it takes until Amazon has accepted it, and then no more', async () => {
    const from = listed.amazon.feeds.length;
    await deleteProduct(listed.office.db, GONE.id);
    listed.amazon.answer = (feed) => ({ status: 'DONE', report: processingReport(feed.messages.length, [WHOLE_FEED]) });
    await listed.send([GONE.id]);
    await listed.settle();
    await sendUnclear(MOST_TRIES + 1);
    const tries = quantities(GONE.sku, from);
    expect(tries.length).toBeGreaterThan(MOST_TRIES);
    expect(new Set(tries)).toEqual(new Set(['0']));
    listed.amazon.answer = acceptAll;
    await listed.calmDown();
    expect(await listed.partOf(GONE.sku, 'quantity')).toMatchObject({ state: 'accepted', acceptedValue: '0' });
    const done = listed.amazon.feeds.length;
    await listed.send([GONE.id]);
    await listed.calmDown();
    expect(quantities(GONE.sku, done)).toEqual([]);
  });

  it('also where Amazon has refused it once: a new mark tries again', async () => {
    const from = listed.amazon.feeds.length;
    await listed.office.setActive(SWITCHED_OFF.id, false);
    listed.amazon.answer = (feed) => ({
      status: 'DONE',
      report: processingReport(feed.messages.length, [{ messageId: 1, code: '90205', sku: SWITCHED_OFF.sku }]),
    });
    await listed.send([SWITCHED_OFF.id]);
    await listed.settle();
    expect((await listed.partOf(SWITCHED_OFF.sku, 'quantity'))?.state).toBe('rejected');
    listed.amazon.answer = acceptAll;
    await listed.send([SWITCHED_OFF.id]);
    await listed.calmDown();
    expect(quantities(SWITCHED_OFF.sku, from)).toEqual(['0', '0']);
  });

  it('but never where Amazon keeps the stock: that one gets no quantity at all', async () => {
    await listed.office.setActive(FULFILLED.id, false);
    await listed.send([FULFILLED.id]);
    await listed.calmDown();
    expect(quantities(FULFILLED.sku, 0)).toEqual([]);
  });

  it('and with a fault of its SKU it follows its item downward only', async () => {
    const from = listed.amazon.feeds.length;
    await listed.office.renameReference(FAULTY.id, 0, '');
    for (const stock of [35, 8, 12, 0]) {
      await listed.office.setStock(FAULTY.id, 0, stock);
      await listed.send([FAULTY.id]);
      await listed.calmDown();
    }
    expect(quantities(FAULTY.sku, from)).toEqual(['8', '0']);
  });

  it('one that the shop never had is left alone, whatever is sent', async () => {
    await send(listed.shop, { all: true });
    expect(listed.amazon.feeds.flatMap((feed) => feed.messages.map(({ sku }) => sku))).not.toContain(ORPHAN.sku);
    expect(await listed.memoryOf(ORPHAN.sku)).toMatchObject({ productId: 0 });
  });

  const WHOLE_FEED = { messageId: 0, code: '5000' };
});
