import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { send } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';
import { type GuardedItem, GuardedShop, LISTED_ITEMS } from './guarded-shop.js';

describeEachDatabase('Too many grave changes within a day are held line by line:', (_, open) => {
  let database: TestDatabase;
  let guarded: GuardedShop;
  let feeds: number;
  beforeAll(async () => {
    database = await open();
    guarded = await GuardedShop.open(database.url);
  });
  afterAll(async () => {
    await guarded?.close();
    await database?.drop();
  });
  beforeEach(() => {
    guarded.passDay();
    feeds = guarded.amazon.feeds.length;
  });

  const kinds = async () => (await guarded.holds()).map((hold) => `${hold.kind} ${hold.heldNow}`);
  const calm = async () => {
    await guarded.setStock(guarded.items, 7);
    await guarded.setPrice(guarded.items, '50.000000');
    await guarded.send(guarded.items);
    // What comes back waits for its price.
    await guarded.send(null);
    guarded.passDay();
    for (const { runId } of await guarded.holds()) await guarded.shop.program.export.discard(runId, 'test');
    feeds = guarded.amazon.feeds.length;
  };

  it('the first send to an account is held once as a whole, and goes when a person releases it', async () => {
    const first = await guarded.send(guarded.items);
    expect(first.totals).toMatchObject({ sent: 0, feeds: 0, held: 2 * LISTED_ITEMS });
    expect(await kinds()).toEqual([`first-send ${2 * LISTED_ITEMS}`]);
    await expect(guarded.send(guarded.items)).rejects.toThrow(`run release ${first.id}`);
    await guarded.shop.program.export.discard(first.id, 'anna');
    const second = await guarded.send(guarded.items);
    expect(second.totals).toMatchObject({ sent: 0, held: 2 * LISTED_ITEMS });
    const released = await guarded.release(second.id);
    expect(released.totals).toMatchObject({ sent: 2 * LISTED_ITEMS, held: 0 });
    await guarded.setStock(guarded.some(0, 1), 6);
    expect((await guarded.send(guarded.some(0, 1))).totals).toMatchObject({ sent: 1, held: 0 });
  });

  it('at the limit everything goes, and one more within the day is held; after the day it is forgotten', async () => {
    await calm();
    await guarded.setStock(guarded.some(0, 25), 0);
    expect((await guarded.send(guarded.some(0, 25))).totals).toMatchObject({ sent: 25, held: 0 });
    await guarded.setStock(guarded.some(25, 1), 0);
    const run = await guarded.send(guarded.some(25, 1));
    expect(run.totals).toMatchObject({ sent: 0, held: 1, changes: { quantity: 0 } });
    expect(await kinds()).toEqual(['zeroed 1']);
    const [entry] = await guarded.shop.program.journal.list({ code: 'guard-held', limit: 1 });
    expect(entry).toMatchObject({ level: 'error', runId: run.id });
    expect(entry?.message).toContain(
      '26 listings would be brought to 0 within a day; the limit is 25 and 20 % of the 32',
    );
    expect(entry?.message).toContain(`feedbridge run release ${run.id}`);
    await guarded.shop.program.export.discard(run.id, 'anna');
    guarded.passDay();
    expect((await guarded.send(guarded.some(25, 1))).totals).toMatchObject({ sent: 1, held: 0 });
  });

  it('with too many brought to 0 those are held, the prices of the same SKUs go, and their rows leave the queue', async () => {
    await calm();
    const empty = guarded.some(0, 30);
    await guarded.setStock(empty, 0);
    await guarded.setPrice(empty, '52.000000');
    const run = await guarded.send(empty);
    expect(run.totals).toMatchObject({ sent: 30, held: 30, changes: { price: 30, quantity: 0 } });
    expect([guarded.got('Price', feeds), guarded.got('Inventory', feeds)]).toEqual([30, 0]);
    expect(await guarded.queued()).toEqual([]);
    const [line] = await guarded.shop.program.export.log(run.id, { sku: empty[0]?.sku, limit: 1 });
    expect(line?.parts.find((part) => part.part === 'quantity')).toMatchObject({ decision: 'held', why: 'guard' });
    const again = await guarded.send(empty);
    expect(again.totals).toMatchObject({ sent: 0, held: 30 });
    expect(await guarded.shop.program.journal.list({ code: 'guard-held', runId: again.id, limit: 9 })).toEqual([]);
    expect(await kinds()).toEqual(['zeroed 30']);
  });

  it('a release reads again: what has stock again is not brought to 0', async () => {
    const [hold] = await guarded.holds();
    const back = guarded.some(0, 29);
    await guarded.setStock(back, 7);
    const run = await guarded.release(hold?.runId ?? 0);
    expect(run.totals).toMatchObject({ sent: 1, held: 0 });
    expect(guarded.got('Inventory', feeds)).toBe(1);
    expect(await kinds()).toEqual([]);
    expect(await guarded.accepted(guarded.items[29] ?? never(), 'quantity')).toBe('0');
    await expect(guarded.release(hold?.runId ?? 0)).rejects.toThrow('nothing is');
  });

  it('what goes without a person goes after an hour, with the next send', async () => {
    await calm();
    await guarded.setStock(guarded.some(0, 30), 0);
    await guarded.send(guarded.some(0, 30));
    guarded.shop.clock.advance(58 * 60_000);
    expect((await guarded.send(null)).totals).toMatchObject({ sent: 0 });
    guarded.shop.clock.advance(2 * 60_000);
    expect((await guarded.send(null)).totals).toMatchObject({ sent: 30, held: 0 });
    expect(await guarded.accepted(guarded.items[0] ?? never(), 'quantity')).toBe('0');
    const [told] = await guarded.shop.program.journal.list({ code: 'guard-released', limit: 1 });
    expect(told?.message).toContain('30 listings brought to 0');
  });

  it('what goes after an hour goes with a run too that has begun before and still waits', async () => {
    await calm();
    await guarded.setStock(guarded.some(0, 30), 0);
    await guarded.send(guarded.some(0, 30));
    const [hold] = await guarded.holds();
    guarded.shop.clock.advance((hold?.goesAtMs ?? 0) - guarded.shop.clock.nowMs() - 10_000);
    await guarded.setStock(guarded.some(31, 1), 6);
    const other = { shopId: 1, productIds: guarded.some(31, 1).map(({ id }) => id), action: 'update' } as const;
    await guarded.shop.program.queue.mark({ ...other, marketplaceIds: [guarded.marketplace.id] }, 'test');
    const run = await send(guarded.shop);
    expect(run.totals).toMatchObject({ sent: 31, held: 0 });
  });

  it('a price that jumps with ten others is held, and its restock with it', async () => {
    await calm();
    await guarded.setStock(guarded.some(0, 1), 0);
    await guarded.send(guarded.some(0, 1));
    await guarded.setStock(guarded.some(0, 1), 9);
    await guarded.setPrice(guarded.some(0, 11), '70.000000');
    const run = await guarded.send(guarded.some(0, 11));
    expect(run.totals).toMatchObject({ sent: 0, held: 11, waiting: 0, leftAlone: 1 });
    expect(await kinds()).toEqual(['price 11']);
    expect(await guarded.queued()).toEqual([]);
    const [line] = await guarded.shop.program.export.log(run.id, { sku: guarded.items[0]?.sku, limit: 1 });
    expect(line?.parts.map(({ part, decision, why }) => `${part} ${decision} ${why}`)).toEqual([
      'price held guard',
      'quantity left-alone price-held',
    ]);
    const stock = await guarded.send(guarded.some(0, 1), { stockOnly: true });
    expect(stock.totals).toMatchObject({ sent: 0, leftAlone: 1 });
  });

  it('a released price goes as it was seen; one that jumps further is held again', async () => {
    const [hold] = await guarded.holds();
    await guarded.setPrice(guarded.some(1, 1), '90.000000');
    await guarded.setPrice(guarded.some(2, 1), '68.000000');
    const run = await guarded.release(hold?.runId ?? 0);
    expect(run.totals).toMatchObject({ held: 1, changes: { price: 10 } });
    expect(await kinds()).toEqual(['price 1']);
    await guarded.send(null);
    expect(await guarded.accepted(guarded.items[0] ?? never(), 'quantity')).toBe('9');
    expect(await guarded.accepted(guarded.items[1] ?? never(), 'price')).toBe('60.00|EUR');
    await guarded.setPrice(guarded.some(1, 1), '55.000000');
    expect((await guarded.send(guarded.some(1, 1))).totals).toMatchObject({ sent: 1, held: 0 });
    expect(await kinds()).toEqual([]);
  });

  it('what is discarded stays as it is at Amazon until something marks it again', async () => {
    await calm();
    await guarded.setStock(guarded.some(0, 30), 0);
    const run = await guarded.send(guarded.some(0, 30));
    await guarded.shop.program.export.discard(run.id, 'anna');
    guarded.shop.clock.advance(3 * 3_600_000);
    expect((await guarded.send(null)).totals).toMatchObject({ sent: 0, held: 0 });
    expect(await guarded.accepted(guarded.items[0] ?? never(), 'quantity')).toBe('7');
    expect((await guarded.send(guarded.some(0, 1))).totals).toMatchObject({ sent: 1, held: 0 });
  });

  it('more than ten that a person takes off Amazon are held as deletions, their stock goes, and a release takes them off', async () => {
    await calm();
    const off = guarded.some(0, 11);
    await markDeleted(off);
    // Of one nobody remembers which product it was.
    const nobody = { shop_id: 0, product_id: 0, combination_id: 0 };
    await database.db('pool_listing').where({ sku: off[0]?.sku }).update(nobody);
    const run = await guarded.send(null, { erase: true });
    expect(run.totals).toMatchObject({ sent: 11, held: 11, changes: { quantity: 11, offer: 0 } });
    expect(await kinds()).toEqual(['erased 11']);
    expect([guarded.got('Product', feeds), await guarded.queued()]).toEqual([0, []]);
    const released = await guarded.release(run.id);
    expect(released.totals).toMatchObject({ held: 0, changes: { offer: 11 } });
    expect(guarded.got('Product', feeds)).toBe(11);
  });

  it('discarded before the last answer, a confirmed erasure is none any more: a deletion after it means 0', async () => {
    await calm();
    const off = guarded.some(11, 11);
    await markDeleted(off);
    const run = await send(guarded.shop, { erase: true }, false);
    expect(run.totals).toMatchObject({ held: 11, changes: { quantity: 11, offer: 0 } });
    await guarded.shop.program.export.discard(run.id, 'anna');
    await markDeleted(off);
    await guarded.settle();
    await guarded.send(null);
    expect([guarded.got('Product', feeds), await kinds(), await guarded.queued()]).toEqual([0, [], []]);
    for (const item of off) expect(await guarded.accepted(item, 'quantity')).toBe('0');
  });

  it('what is released is erased by the sends that come, also when the run of the release ends before it began', async () => {
    await markDeleted(guarded.some(11, 11));
    const run = await guarded.send(null, { erase: true });
    expect(run.totals).toMatchObject({ held: 11, changes: { offer: 0 } });
    const ends = () => {
      throw new Error('The process ended.');
    };
    const request = { requestedBy: 'anna', wait: false, onStart: ends };
    await expect(guarded.shop.program.export.release(run.id, request)).rejects.toThrow('ended');
    await guarded.send(null);
    await guarded.send(null);
    expect(guarded.got('Product', feeds)).toBe(11);
    expect([await guarded.queued(), await database.db('held_line').where({ state: 'released' })]).toEqual([[], []]);
  });

  async function markDeleted(items: readonly GuardedItem[]): Promise<void> {
    for (const { id, sku } of items) {
      await guarded.office.setActive(id, false);
      const mark = { shopId: 1, productIds: [id], marketplaceIds: [guarded.marketplace.id] };
      await guarded.shop.program.queue.mark({ ...mark, action: 'delete', sku }, 'test');
    }
  }
});

function never(): never {
  throw new Error('Expected an item.');
}
