import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { QueueService } from '../../../src/features/queue/queue-service.js';
import { BOARD, CARD, DESK, LISTED, ListedShop } from '../../support/export-listed-shop.js';
import { send } from '../../support/export-program.js';
import { DatabaseSteps } from '../../support/export-steps.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const PRODUCTS_PER_CLAIM = 10;

describeEachDatabase('A queue longer than a claim', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  let steps: DatabaseSteps;
  let productIds: readonly number[] = [];
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
    await claimAtMost(PRODUCTS_PER_CLAIM);
    await send(listed.shop, { all: true }, false);
    await listed.calmDown();
    const found: number[] = [];
    const query = { selection: { kind: 'all' as const }, priceViews: [], textLanguages: [], withImages: false };
    for await (const batch of listed.shop.program.shop.catalogue(1).batches({ ...query, atMs: 0 }))
      found.push(...batch.productIds);
    productIds = found;
    steps = new DatabaseSteps(listed.shop.program.db);
  });
  afterAll(async () => {
    steps?.end();
    await listed?.close();
    await database?.drop();
  });
  beforeEach(async () => {
    steps.restart((step) => (step > 2_000 ? Promise.reject(new Error('It goes on for ever.')) : Promise.resolve()));
    await claimAtMost(PRODUCTS_PER_CLAIM);
    await listed.calmDown();
  });

  const claimAtMost = (products: number) =>
    listed.shop.program.settings.set('products-per-claim', String(products), { kind: 'global' }, { actor: 'test' });
  const mark = (ids: readonly number[]) =>
    listed.shop.program.marks.mark({ shopId: 1, productIds: ids, action: 'update' }, 'test');
  /** The rows that are claimed before each step that a run takes at the database. */
  const watchClaims = () => {
    const held: number[] = [];
    steps.restart(async () => {
      held.push((await database.db('queue').whereNotNull('claimed_run_id')).length);
    });
    return held;
  };
  let price = 100;
  const changePrices = async (ids: readonly number[]) => {
    price += 1;
    for (const id of ids) await listed.office.setPrice(id, `${price}.000000`);
  };

  const priceAtAmazon = () => `${(price * 1.2).toFixed(2)}|EUR`;

  it('in which nothing differs holds no more than one claim at a time, and is empty after one run', async () => {
    expect(productIds.length).toBeGreaterThan(10 * PRODUCTS_PER_CLAIM);
    await mark(productIds);
    const held = watchClaims();
    const run = await send(listed.shop, {}, false);
    expect(Math.max(...held)).toBe(PRODUCTS_PER_CLAIM);
    expect(run.totals).toMatchObject({ products: productIds.length, sent: 0, waiting: 0, feeds: 0 });
    expect(await listed.rows()).toEqual([]);
  });

  it('keeps a mark that is made at any moment of a run in which nothing differed before', async () => {
    const other = new QueueService(database.db, listed.shop.clock);
    const subject = { shopId: 1, productIds: [BOARD.id], marketplaceIds: [listed.marketplace.id] };
    await mark([BOARD.id]);
    steps.restart();
    await send(listed.shop, {}, false);
    const { count } = steps;
    const claimed = steps.lastOf(/claimed_revision = revision/);
    expect(claimed).toBeGreaterThan(0);
    for (let at = claimed + 1; at < count; at += 1) {
      await mark([BOARD.id]);
      steps.restart(async (step) => {
        if (step !== at) return;
        await changePrices([BOARD.id]);
        await other.mark({ ...subject, action: 'update' }, 'another desk');
      });
      await send(listed.shop, {}, false);
      steps.restart();
      expect([at, (await listed.rows()).length]).toEqual([at, 1]);
      await listed.calmDown();
      expect([at, (await listed.partOf(BOARD.sku, 'price'))?.acceptedValue]).toEqual([at, priceAtAmazon()]);
    }
  });

  it('looks at what must wait once in a run, and at everything behind it too', async () => {
    await claimAtMost(1);
    await changePrices([BOARD.id]);
    await listed.send([BOARD.id]);
    await changePrices(LISTED.map(({ id }) => id));
    await listed.office.setStock(CARD.id, 0, price);
    await mark([DESK.id]);
    await mark([CARD.id]);
    const run = await send(listed.shop, {}, false);
    expect(run.totals).toMatchObject({ products: 2, items: 2, sent: 1, changes: { quantity: 1 }, waiting: 2 });
    expect((await listed.rows()).map(({ productId, claimedRunId }) => [productId, claimedRunId !== null])).toEqual([
      [BOARD.id, true],
      [DESK.id, false],
      [CARD.id, true],
    ]);
    await mark([BOARD.id]);
    await listed.calmDown();
    for (const { sku } of LISTED) expect((await listed.partOf(sku, 'price'))?.acceptedValue).toMatch(priceAtAmazon());
  });

  it('counts a product once in a run that looks at it in many rounds', async () => {
    await changePrices([BOARD.id]);
    await listed.send([BOARD.id]);
    await changePrices(LISTED.map(({ id }) => id));
    const run = await send(listed.shop, { products: LISTED.map(({ id }) => id) });
    expect(run.totals).toMatchObject({ products: 3, items: 3, waiting: 0, sent: 3, changes: { price: 3 } });
    expect(await listed.rows()).toEqual([]);
  });

  it('in which two products sell under SKUs that the listings know of each other comes to an end', async () => {
    await claimAtMost(1);
    const pair = [BOARD, CARD] as const;
    const swap = async () => {
      const table = listed.office.db('ps_product');
      for (const [index, { id }] of pair.entries())
        await table
          .clone()
          .where({ id_product: id })
          .update({ reference: pair[1 - index]?.sku });
    };
    await changePrices(pair.map(({ id }) => id));
    for (const { id } of pair) await listed.office.setStock(id, 0, 7);
    await mark(pair.map(({ id }) => id));
    await listed.calmDown();
    await swap();
    await mark(pair.map(({ id }) => id));
    expect((await send(listed.shop, {}, false)).totals).toMatchObject({ products: 2, sent: 0 });
  });
});
