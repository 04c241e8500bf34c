import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { CARD, DESK, LISTED, ListedShop } from '../../support/export-listed-shop.js';
import { display, send } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const FIVE_MINUTES_MS = 5 * 60_000;

describeEachDatabase('What was sent between two sweeps and then taken back', (_name, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });
  beforeEach(async () => {
    await listed.office.setStock(CARD.id, 0, 0);
    await listed.office.setPrice(CARD.id, '20.000000');
    await listed.shop.program.sweep.sweep();
    await listed.calmDown();
  });

  /** A quarter of an hour as it goes by default: the sweep, the export, and what Amazon says. */
  const quarter = async () => {
    const { program, clock } = listed.shop;
    const { marked } = await program.sweep.sweep();
    clock.advance(FIVE_MINUTES_MS);
    await send(listed.shop, {}, false);
    await listed.settle();
    clock.advance(FIVE_MINUTES_MS);
    return marked;
  };
  /** What is sent of a change that comes after a sweep has marked the product and is gone before the next one. */
  const sendMeanwhile = async (options: object = {}) => {
    const { program } = listed.shop;
    await program.marks.mark({ shopId: 1, productIds: [CARD.id], action: 'update' }, 'test');
    await send(listed.shop, options, false);
    await listed.settle();
  };
  const accepted = async (sku: string, part: 'quantity' | 'price') => (await listed.partOf(sku, part))?.acceptedValue;

  it('is sent as it is now: stock that was 1 for ten minutes is 0 at Amazon again', async () => {
    await listed.office.setStock(CARD.id, 0, 1);
    await sendMeanwhile();
    expect(await accepted(CARD.sku, 'quantity')).toBe('1');
    await listed.office.setStock(CARD.id, 0, 0);
    expect(await quarter()).toBe(1);
    expect(await accepted(CARD.sku, 'quantity')).toBe('0');
    expect(await quarter()).toBe(0);
  });

  it('is sent as it is now: a price that was another for ten minutes', async () => {
    const before = await accepted(CARD.sku, 'price');
    await listed.office.setPrice(CARD.id, '10.000000');
    await sendMeanwhile();
    expect(await accepted(CARD.sku, 'price')).not.toBe(before);
    await listed.office.setPrice(CARD.id, '20.000000');
    await quarter();
    expect(await accepted(CARD.sku, 'price')).toBe(before);
  });

  it('is found by the sweep even if the run was for stock alone, and then no more', async () => {
    await listed.office.setStock(CARD.id, 0, 1);
    await sendMeanwhile({ stockOnly: true });
    await listed.office.setStock(CARD.id, 0, 0);
    expect(await quarter()).toBe(1);
    expect(await accepted(CARD.sku, 'quantity')).toBe('0');
    await sendMeanwhile({ stockOnly: true });
    expect(await quarter()).toBe(0);
  });

  it('is sold again: a product that was away while a run looked for it', async () => {
    const { db } = listed.office;
    const before = await accepted(DESK.sku, 'quantity');
    expect(before).not.toBe('0');
    const where = { id_product: DESK.id };
    const [product, inShop] = [await db('ps_product').where(where), await db('ps_product_shop').where(where)];
    await db('ps_product').where(where).delete();
    await db('ps_product_shop').where(where).delete();
    await listed.shop.program.sweep.sweep();
    await listed.send([DESK.id]);
    await listed.calmDown();
    expect(await accepted(DESK.sku, 'quantity')).toBe('0');
    await db('ps_product').insert(product);
    await db('ps_product_shop').insert(inShop);
    await quarter();
    expect(await accepted(DESK.sku, 'quantity')).toBe(before);
  });

  it('leaves nothing to look at: neither a run that sent everything nor a preview makes the next sweep mark', async () => {
    await send(listed.shop, { all: true }, false);
    await listed.calmDown();
    expect(await listed.shop.program.sweep.sweep()).toMatchObject({ marked: 0, gone: 0 });
    const seen = await database.db('last_seen').orderBy('product_id');
    await listed.office.setStock(CARD.id, 0, 1);
    await display(listed.shop, { products: LISTED.map(({ id }) => id) });
    await display(listed.shop, { all: true, stockOnly: true });
    expect(await database.db('last_seen').orderBy('product_id')).toEqual(seen);
  });
});
