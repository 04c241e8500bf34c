import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { acceptAll, type ReceivedFeed } from '../../support/export-amazon.js';
import { BOARD, CARD, DESK, ListedShop } from '../../support/export-listed-shop.js';
import { send } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

/** In the order of their SKUs. */
const NINE = [
  ...[{ id: 10, sku: 'BOARD-01' }, BOARD, { id: 12, sku: 'BOARD-03' }, CARD, { id: 44, sku: 'CARD-02' }],
  ...[{ id: 40, sku: 'DESK-01' }, DESK, { id: 70, sku: 'LAMP-01' }, { id: 91, sku: 'VASE-01' }],
];
const OTHER = { id: 92, sku: 'VASE-02' };
const IDS = NINE.map(({ id }) => id);
const A_MINUTE_MS = 60_000;

describeEachDatabase('Feeds that end FATAL without a reason', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  let price = 30;
  let start = 0;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url, [...NINE, OTHER]);
    await listed.send([...IDS, OTHER.id]);
    await listed.calmDown();
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });
  beforeEach(() => {
    start = listed.amazon.feeds.length;
  });
  /** Everything is accepted, and nothing is suspected any more. */
  afterEach(async () => {
    await listed.settle();
    listed.amazon.answer = acceptAll;
    await changePrices(IDS);
    await listed.send(IDS);
    for (let rounds = 0; rounds < 15; rounds += 1) await settleAndSend(60);
    expect(await listed.rows()).toEqual([]);
    expect(await statesOf()).toEqual(NINE.map(() => 'accepted'));
  });

  const fatalWhere = (isFatal: (feed: ReceivedFeed) => boolean) => {
    listed.amazon.answer = (feed) => (isFatal(feed) ? { status: 'FATAL' } : acceptAll(feed));
  };
  const holds =
    (sku: string, type = 'Price') =>
    (feed: ReceivedFeed) =>
      feed.messageType === type && feed.messages.some((message) => message.sku === sku);
  const changePrices = async (ids: readonly number[]) => {
    price += 1;
    for (const id of ids) await listed.office.setPrice(id, `${price}.000000`);
  };
  const settleAndSend = async (minutes = 1) => {
    await listed.settle();
    listed.shop.clock.advance(minutes * A_MINUTE_MS);
    await send(listed.shop, {}, false);
  };
  /** The SKUs of each feed of a type since the test began. */
  const sent = (type = 'Price') =>
    listed.amazon.feeds
      .slice(start)
      .filter((feed) => feed.messageType === type)
      .map((feed) => feed.messages.map(({ sku }) => sku));
  const statesOf = (part: 'price' | 'quantity' = 'price') =>
    Promise.all(NINE.map(async ({ sku }) => (await listed.partOf(sku, part))?.state));

  it.each(['BOARD-01', 'CARD-02', 'DESK-01', 'VASE-01'])(
    'are halved until the message is found that makes them so: %s in at most 8 feeds',
    async (bad) => {
      fatalWhere(holds(bad));
      await changePrices(IDS);
      await listed.send(IDS);
      for (let rounds = 0; rounds < 12 && (await listed.rows()).length > 0; rounds += 1) await settleAndSend();
      expect(
        sent()
          .map((skus) => skus.length)
          .slice(0, 2),
      ).toEqual([9, 9]);
      expect(sent().length).toBeLessThanOrEqual(8);
      expect(await listed.rows()).toEqual([]);
      expect(await statesOf()).toEqual(NINE.map(({ sku }) => (sku === bad ? 'rejected' : 'accepted')));
      const { program } = listed.shop;
      const [notice] = await program.journal.list({ code: 'fatal-message', limit: 1 });
      expect(notice).toMatchObject({ level: 'error', sku: bad });
      const feedId = (await listed.partOf(bad, 'price'))?.submittedFeedId ?? 0;
      expect(await program.feeds.issuesOfSku([feedId], bad)).toMatchObject([{ severity: 'error', code: 'FATAL' }]);
    },
  );

  it('hold up no other product, and what was found goes alone when it is sent again', async () => {
    fatalWhere(holds(CARD.sku));
    await changePrices([BOARD.id, CARD.id]);
    await listed.send([BOARD.id, CARD.id]);
    await settleAndSend();
    await settleAndSend();
    await changePrices([OTHER.id]);
    await listed.send([OTHER.id]);
    for (let rounds = 0; rounds < 6 && (await listed.rows()).length > 0; rounds += 1) await settleAndSend();
    expect(sent()).toEqual([...[[BOARD.sku, CARD.sku], [BOARD.sku, CARD.sku], [BOARD.sku], [OTHER.sku], [CARD.sku]]]);
    expect((await listed.partOf(CARD.sku, 'price'))?.state).toBe('rejected');
    await changePrices([BOARD.id, CARD.id]);
    listed.amazon.answer = acceptAll;
    await listed.send([BOARD.id, CARD.id]);
    await settleAndSend();
    expect(sent().slice(5).toSorted()).toEqual([[BOARD.sku], [CARD.sku]]);
  });

  it('are Amazon’s own trouble when all of them are: nothing is rejected, nothing lost', async () => {
    fatalWhere((feed) => feed.messageType === 'Price');
    await changePrices(IDS);
    await listed.send(IDS);
    for (let rounds = 0; rounds < 24; rounds += 1) await settleAndSend();
    await listed.settle();
    expect(await statesOf()).toEqual(NINE.map(() => 'unknown'));
    expect((await listed.rows()).map((row) => row.productId).toSorted((a, b) => a - b)).toEqual(
      IDS.toSorted((a, b) => a - b),
    );
    expect(await listed.shop.program.journal.list({ code: 'fatal-message', sku: 'BOARD-03', limit: 1 })).toEqual([]);
  });

  it('never end the bringing of a stock to 0', async () => {
    fatalWhere(holds(DESK.sku, 'Inventory'));
    for (const { id } of [BOARD, DESK]) await listed.office.setStock(id, 0, 0);
    await listed.send([BOARD.id, DESK.id]);
    for (let rounds = 0; rounds < 6; rounds += 1) await settleAndSend();
    await listed.settle();
    expect((await listed.partOf(BOARD.sku, 'quantity'))?.state).toBe('accepted');
    expect(await listed.partOf(DESK.sku, 'quantity')).toMatchObject({ state: 'unknown' });
    expect(await listed.rows()).toHaveLength(1);
    listed.amazon.answer = acceptAll;
    await settleAndSend(60);
    await listed.settle();
    expect((await listed.partOf(DESK.sku, 'quantity'))?.acceptedValue).toBe('0');
  });
});
