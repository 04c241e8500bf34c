import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { acceptAll, type FeedAnswer, processingReport, type ReceivedFeed } from '../../support/export-amazon.js';
import { BOARD, CARD, DESK, LISTED, ListedShop } from '../../support/export-listed-shop.js';
import { send } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const ALL = LISTED.map(({ id }) => id);

describeEachDatabase('what Amazon does not answer clearly', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  let price = 30;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
    await listed.send(ALL);
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });
  beforeEach(async () => {
    listed.amazon.before = () => undefined;
    await listed.calmDown();
  });

  const changePrice = async (productId: number) => {
    price += 1;
    await listed.office.setPrice(productId, `${price}.000000`);
  };
  const answerPrices = (answer: FeedAnswer | ((feed: ReceivedFeed) => FeedAnswer)) => {
    listed.amazon.answer = (feed) => {
      if (feed.messageType !== 'Price') return acceptAll(feed);
      return typeof answer === 'function' ? answer(feed) : answer;
    };
  };
  const sentSince = (count: number) => listed.amazon.feeds.slice(count).flatMap((feed) => feed.messages);

  it('is sent again after 1, 5, 15, 60 and 60 minutes, then given up with a notice', async () => {
    await changePrice(BOARD.id);
    answerPrices({ status: 'CANCELLED' });
    await listed.send([BOARD.id]);
    const delays: number[] = [];
    for (let tries = 1; tries <= 5; tries += 1) {
      await listed.settle();
      const [row] = await listed.rows();
      expect(row).toMatchObject({ productId: BOARD.id, claimedRunId: null, tries });
      const waitMs = (row?.notBeforeMs ?? 0) - listed.shop.clock.nowMs();
      delays.push(waitMs / 60_000);
      listed.shop.clock.advance(waitMs - 1);
      expect((await send(listed.shop, {}, false)).totals.feeds).toBe(0);
      listed.shop.clock.advance(1);
      expect((await send(listed.shop, {}, false)).totals.feeds).toBe(1);
    }
    await listed.settle();
    expect(delays).toEqual([1, 5, 15, 60, 60]);
    expect(await listed.rows()).toEqual([]);
    expect((await listed.partOf(BOARD.sku, 'price'))?.state).toBe('rejected');
    const [notice] = await listed.shop.program.journal.list({ code: 'gave-up', limit: 1 });
    expect(notice).toMatchObject({ level: 'error', sku: BOARD.sku, message: expect.stringContaining('6 times') });
    await listed.send([BOARD.id]);
    expect(listed.amazon.feeds.at(-1)?.messages.map(({ sku }) => sku)).toEqual([BOARD.sku]);
  });

  it('of one feed holds up no other', async () => {
    await changePrice(DESK.id);
    await listed.office.setStock(DESK.id, 0, price);
    await listed.send([DESK.id]);
    const priceFeed = listed.amazon.feeds.findLast((feed) => feed.messageType === 'Price');
    listed.amazon.before = (operation, id) =>
      operation === 'GET /downloads/content' && id === `report-${priceFeed?.feedId}` ? 503 : undefined;
    listed.shop.clock.advance(60_000);
    await expect(listed.shop.program.poller.pollDue()).rejects.toThrow(/503/);
    expect((await listed.partOf(DESK.sku, 'quantity'))?.state).toBe('accepted');
    expect((await listed.partOf(DESK.sku, 'price'))?.state).toBe('open');
    expect(await listed.rows()).toHaveLength(1);
    listed.amazon.before = () => undefined;
    await listed.settle();
    expect((await listed.partOf(DESK.sku, 'price'))?.state).toBe('accepted');
  });

  it('is settled once, whoever reads the report', async () => {
    await changePrice(CARD.id);
    await listed.send([CARD.id]);
    listed.shop.clock.advance(60_000);
    const { poller, listings } = listed.shop.program;
    const results = await Promise.all([poller.pollDue(), poller.pollDue()]);
    expect(results.map((result) => result.asked)).toEqual([1, 1]);
    const events = (await listings.history(listed.account.id, CARD.sku, 100)).slice(0, 2).map((entry) => entry.event);
    expect(events).toEqual(['accepted', 'submitted']);
  });

  it('is sent over by the value before, when the shop goes back to that', async () => {
    await changePrice(BOARD.id);
    await listed.send([BOARD.id]);
    await listed.calmDown();
    const before = await listed.partOf(BOARD.sku, 'price');
    const [was, then] = [price, price + 1];
    await listed.office.setPrice(BOARD.id, `${then}.000000`);
    answerPrices({ status: 'FATAL' });
    await listed.send([BOARD.id]);
    await listed.settle();
    await listed.office.setPrice(BOARD.id, `${was}.000000`);
    const count = listed.amazon.feeds.length;
    await listed.calmDown();
    // Amazon may have taken the other one: that ours is the one it accepted last proves nothing.
    expect(sentSince(count)).toHaveLength(1);
    expect(await listed.partOf(BOARD.sku, 'price')).toMatchObject({
      state: 'accepted',
      acceptedValue: before?.acceptedValue,
    });
  });

  it('does not forget that a sale must be taken away', async () => {
    const row = { id_product: BOARD.id, id_shop: 0, from: '2026-11-01 00:00:00', to: '2027-11-30 23:59:59' };
    const amount = { price: '-1.000000', reduction: '0.250000', reduction_tax: 1, reduction_type: 'percentage' };
    const everybody = {
      id_specific_price_rule: 0,
      id_cart: 0,
      id_shop_group: 0,
      id_currency: 0,
      id_country: 0,
      id_group: 0,
    };
    await listed.office
      .db('ps_specific_price')
      .insert({ ...row, ...amount, ...everybody, id_customer: 0, id_product_attribute: 0, from_quantity: 1 });
    await listed.send([BOARD.id]);
    await listed.calmDown();
    expect((await listed.partOf(BOARD.sku, 'price'))?.acceptedValue).toMatch(/2027-12-01$/);
    await listed.office.db('ps_specific_price').where({ id_product: BOARD.id }).delete();
    const before = listed.amazon.feeds.length;
    answerPrices({ status: 'CANCELLED' });
    await listed.send([BOARD.id]);
    await listed.settle();
    await listed.calmDown();
    const removals = sentSince(before).map((message) => message.body.Sale);
    expect(removals).toHaveLength(2);
    for (const sale of removals) expect(sale).toMatchObject({ EndDate: expect.stringMatching(/^2026-11-2/) });
  });

  it('about a price keeps a sold-out listing at 0, and so does a refusal', async () => {
    await listed.office.setStock(CARD.id, 0, 0);
    await listed.send([CARD.id]);
    await listed.calmDown();
    await changePrice(CARD.id);
    await listed.office.setStock(CARD.id, 0, 8);
    const before = listed.amazon.feeds.length;
    answerPrices((feed) => ({
      status: 'DONE',
      report: processingReport(1, [{ messageId: 1, code: '90205', sku: feed.messages[0]?.sku ?? '' }]),
    }));
    await listed.send([CARD.id]);
    await listed.settle();
    await send(listed.shop, {}, false);
    await listed.settle();
    expect(listed.amazon.feeds.slice(before).map((feed) => feed.messageType)).toEqual(['Price']);
    expect(await listed.partOf(CARD.sku, 'quantity')).toMatchObject({ acceptedValue: '0', desiredValue: '8' });
    await changePrice(CARD.id);
    listed.amazon.answer = acceptAll;
    await listed.send([CARD.id]);
    await listed.calmDown();
    expect((await listed.partOf(CARD.sku, 'quantity'))?.acceptedValue).toBe('8');
  });
});
