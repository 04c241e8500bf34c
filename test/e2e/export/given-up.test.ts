import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { acceptAll } from '../../support/export-amazon.js';
import { BOARD, CARD, LISTED, ListedShop } from '../../support/export-listed-shop.js';
import { send } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const A_WHILE_MS = 3_700_000;

describeEachDatabase('a value that was given up', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
    await listed.send(LISTED.map(({ id }) => id));
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });
  beforeEach(() => listed.calmDown());

  /** Amazon cancels every feed of a type: nobody knows whether its values arrived. */
  const leaveUnclear = (messageType: 'Inventory' | 'Price') => {
    listed.amazon.answer = (feed) => (feed.messageType === messageType ? { status: 'CANCELLED' } : acceptAll(feed));
  };
  const tryAgain = async (times: number) => {
    for (let tries = 0; tries < times; tries += 1) {
      await listed.settle();
      listed.shop.clock.advance(A_WHILE_MS);
      await send(listed.shop, {}, false);
    }
    await listed.settle();
  };
  /** Everything of a type that Amazon gets from here on, once all has come to its end. */
  const sentInTheEnd = async (productId: number, messageType: 'Inventory' | 'Price') => {
    const known = listed.amazon.feeds.length;
    listed.amazon.answer = acceptAll;
    await listed.send([productId]);
    await listed.calmDown();
    const feeds = listed.amazon.feeds.slice(known).filter((feed) => feed.messageType === messageType);
    return feeds.flatMap((feed) => feed.messages.map((message) => JSON.stringify(message.body)));
  };

  it('may have arrived: the value before it is sent again when the shop goes back to it', async () => {
    await listed.office.setStock(BOARD.id, 0, 0);
    await listed.send([BOARD.id]);
    await listed.calmDown();
    leaveUnclear('Inventory');
    await listed.office.setStock(BOARD.id, 0, 5);
    await listed.send([BOARD.id]);
    await tryAgain(7);
    expect(await listed.partOf(BOARD.sku, 'quantity')).toMatchObject({ state: 'rejected', acceptedValue: null });
    await listed.office.setStock(BOARD.id, 0, 0);
    expect(await sentInTheEnd(BOARD.id, 'Inventory')).toHaveLength(1);
    expect((await listed.partOf(BOARD.sku, 'quantity'))?.acceptedValue).toBe('0');
  });

  it('with a sale has it taken away when the shop takes it away', async () => {
    leaveUnclear('Price');
    const days = { id_product: BOARD.id, id_shop: 0, from: '2026-11-01 00:00:00', to: '2027-11-30 23:59:59' };
    const amount = { price: '-1.000000', reduction: '0.250000', reduction_tax: 1, reduction_type: 'percentage' };
    const everybody = { id_cart: 0, id_shop_group: 0, id_currency: 0, id_country: 0, id_group: 0, id_customer: 0 };
    const row = {
      id_specific_price_rule: 0,
      id_product_attribute: 0,
      from_quantity: 1,
      ...days,
      ...amount,
      ...everybody,
    };
    await listed.office.db('ps_specific_price').insert(row);
    await listed.send([BOARD.id]);
    await tryAgain(7);
    await listed.office.db('ps_specific_price').where({ id_product: BOARD.id }).delete();
    const [message, ...others] = await sentInTheEnd(BOARD.id, 'Price');
    expect(others).toEqual([]);
    expect(message).toContain('Sale');
  });

  it('leaves its failures behind: the next value begins with none', async () => {
    leaveUnclear('Inventory');
    await listed.office.setStock(CARD.id, 0, 6);
    await listed.send([CARD.id]);
    await tryAgain(4);
    expect((await listed.partOf(CARD.sku, 'quantity'))?.tries).toBe(5);
    await listed.office.setStock(CARD.id, 0, 7);
    await listed.send([CARD.id]);
    await listed.settle();
    expect(await listed.partOf(CARD.sku, 'quantity')).toMatchObject({ state: 'unknown', tries: 1 });
  });

  it('is never a quantity of 0, which is tried until Amazon takes it', async () => {
    leaveUnclear('Inventory');
    await listed.office.setStock(CARD.id, 0, 0);
    await listed.send([CARD.id]);
    await tryAgain(9);
    expect((await listed.partOf(CARD.sku, 'quantity'))?.state).toBe('unknown');
    expect(await listed.rows()).toHaveLength(1);
    await listed.calmDown();
    expect((await listed.partOf(CARD.sku, 'quantity'))?.acceptedValue).toBe('0');
  });
});
