import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { acceptAll } from '../../support/export-amazon.js';
import { BOARD, CARD, ListedShop } from '../../support/export-listed-shop.js';
import { send } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

/** A product that the shop does not have, and SKUs that only Amazon has. */
const GONE = 99_999;
const [GHOST, SPOOK, SHADE] = ['GHOST-1', 'SPOOK-1', 'SHADE-1'];
const [WISP, GLEAM, GLOOM] = ['WISP-1', 'GLEAM-1', 'GLOOM-1'];

describeEachDatabase('A deletion of a SKU that another product, or none, is remembered for', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
    const ghosts = [GHOST, SPOOK, SHADE, WISP, GLEAM, GLOOM].map((sku) => [
      sku,
      'B0AAAAAAAB',
      '9.00',
      '7',
      'DEFAULT',
      'Active',
    ]);
    listed.amazon.listings = [...listed.amazon.listings, ...(ghosts as typeof listed.amazon.listings)];
    await listed.send([BOARD.id, CARD.id]);
    await listed.calmDown();
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });
  beforeEach(async () => {
    listed.amazon.before = () => undefined;
    await listed.calmDown();
  });

  const deleteSku = (sku: string) =>
    listed.shop.program.queue.mark(
      { shopId: 1, productIds: [GONE], marketplaceIds: [listed.marketplace.id], action: 'delete', sku },
      'test',
    );
  const isQueued = async (sku: string) => (await listed.rows()).some((row) => row.sku === sku);
  const sendNext = () => send(listed.shop, {}, false);

  it('stays in the queue until Amazon has answered, and goes with a yes', async () => {
    await deleteSku(GHOST);
    await sendNext();
    expect(await isQueued(GHOST)).toBe(true);
    await listed.settle();
    expect((await listed.partOf(GHOST, 'quantity'))?.acceptedValue).toMatch(/^0\b/);
    expect(await listed.rows()).toEqual([]);
  });

  it('is sent again after an answer that settles nothing', async () => {
    listed.amazon.answer = (feed) => (feed.messageType === 'Inventory' ? { status: 'FATAL' } : acceptAll(feed));
    await deleteSku(SPOOK);
    await sendNext();
    await listed.settle();
    expect(await isQueued(SPOOK)).toBe(true);
    await listed.calmDown();
    expect((await listed.partOf(SPOOK, 'quantity'))?.acceptedValue).toMatch(/^0\b/);
  });

  it('is sent again after a feed that Amazon did not make', async () => {
    listed.amazon.before = (operation) => (operation === 'POST /feeds/feeds' ? 400 : undefined);
    await deleteSku(SHADE);
    await sendNext();
    expect(await isQueued(SHADE)).toBe(true);
    listed.amazon.before = () => undefined;
    await listed.calmDown();
    expect((await listed.partOf(SHADE, 'quantity'))?.acceptedValue).toMatch(/^0\b/);
  });

  it('waits for another value of the SKU that is on its way, also when that one’s own product is looked at too', async () => {
    await listed.office.setStock(CARD.id, 0, 3);
    await listed.send([CARD.id]);
    await listed.office.db('ps_product').where({ id_product: CARD.id }).update({ reference: 'CARD-NEW' });
    await listed.shop.program.queue.mark(
      { shopId: 1, productIds: [CARD.id], marketplaceIds: [listed.marketplace.id], action: 'create' },
      'test',
    );
    await deleteSku(CARD.sku);
    await sendNext();
    expect(await isQueued(CARD.sku)).toBe(true);
    await listed.calmDown();
    expect((await listed.partOf(CARD.sku, 'quantity'))?.acceptedValue).toMatch(/^0\b/);
  });

  it('that was confirmed as an erasure is erased by a later send when something else was on its way', async () => {
    const products = listed.amazon.feeds.filter((feed) => feed.messageType === 'Product').length;
    const erased = () =>
      listed.amazon.feeds
        .filter((feed) => feed.messageType === 'Product')
        .map((feed) => feed.messages.map(({ sku }) => sku));
    // Of one its own stock is on its way when it is confirmed, of another what is erased with the first.
    await deleteSku(GLOOM);
    await sendNext();
    await deleteSku(WISP);
    await send(listed.shop, { erase: true }, false);
    await deleteSku(GLEAM);
    await send(listed.shop, { erase: true }, false);
    expect(erased().slice(products)).toEqual([[WISP]]);
    await listed.calmDown();
    expect(erased().slice(products).flat().sort()).toEqual([GLEAM, GLOOM, WISP]);
  });
});
