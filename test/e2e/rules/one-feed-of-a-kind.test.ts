import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { acceptAll } from '../../support/export-amazon.js';
import { BOARD, CARD, DESK, LISTED, ListedShop } from '../../support/export-listed-shop.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const DE = 'A1PA6795UKMFR9';
const FR = 'A13V1IB3VIYZZH';

describeEachDatabase('at most one feed of a kind is open per marketplace:', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url, LISTED, ['FR', 'DE']);
    await listed.send(LISTED.map(({ id }) => id));
    await listed.calmDown();
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });
  beforeEach(() => listed.calmDown());

  const sentSince = (from: number) =>
    listed.amazon.feeds.slice(from).map((feed) => `${feed.messageType} ${feed.marketplaceIds.join()}`);
  const stuck = (messageType: string) => {
    listed.amazon.answer = (feed) => (feed.messageType === messageType ? { status: 'IN_PROGRESS' } : acceptAll(feed));
  };

  it('the database itself refuses a second one', async () => {
    stuck('Inventory');
    await listed.office.setStock(BOARD.id, 0, 33);
    await listed.send([BOARD.id]);
    const [openFeed] = await database.db('feed').whereNotNull('open_key');
    expect(openFeed).toMatchObject({ kind: 'quantity', open_key: `${listed.marketplace.id}:quantity` });
    const { id: _id, ...second } = { ...openFeed, amazon_feed_id: null };
    await expect(database.db('feed').insert(second)).rejects.toThrow(/unique|duplicate/i);
  });

  it('while one is open other products wait for their turn, and go together once it has ended', async () => {
    const from = listed.amazon.feeds.length;
    stuck('Price');
    for (const [{ id }, price] of [
      [BOARD, '51.000000'],
      [DESK, '52.000000'],
      [CARD, '53.000000'],
    ] as const) {
      await listed.office.setPrice(id, price);
      await listed.send([id], { marketplace: 'FR' });
    }
    expect(sentSince(from)).toEqual([`Price ${FR}`]);
    listed.amazon.answer = acceptAll;
    await listed.calmDown();
    const french = listed.amazon.feeds.slice(from).filter((feed) => feed.marketplaceIds.includes(FR));
    expect(french.map((feed) => feed.messages.map(({ sku }) => sku))).toEqual([[BOARD.sku], [DESK.sku, CARD.sku]]);
  });

  it('another kind, and the same kind on another marketplace, need not wait', async () => {
    const from = listed.amazon.feeds.length;
    stuck('Price');
    await listed.office.setPrice(BOARD.id, '61.000000');
    await listed.send([BOARD.id], { marketplace: 'FR' });
    await listed.office.setStock(DESK.id, 0, 44);
    await listed.office.setPrice(DESK.id, '62.000000');
    await listed.send([DESK.id]);
    expect(sentSince(from)).toEqual([`Price ${FR}`, `Price ${DE}`, `Inventory ${FR}`]);
  });

  it('the one stock goes once for the account, to its first active marketplace, whichever is exported', async () => {
    const from = listed.amazon.feeds.length;
    await listed.office.setStock(CARD.id, 0, 7);
    await listed.send([CARD.id], { marketplace: 'DE' });
    await listed.send([CARD.id], { marketplace: 'FR' });
    await listed.settle();
    expect(sentSince(from)).toEqual([`Inventory ${FR}`]);
  });
});
