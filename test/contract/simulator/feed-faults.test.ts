import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { describeEachDatabase } from '../../support/test-databases.js';
import {
  BRITAIN,
  CODES,
  envelope,
  FRANCE,
  inventory,
  price,
  product,
  resultsOf,
  SimulatorBench,
  summaryOf,
} from './simulator-bench.js';

const STOCK = 'POST_INVENTORY_AVAILABILITY_DATA';
const PRICE = 'POST_PRODUCT_PRICING_DATA';
const SKUS = ['LAMP', 'VASE', 'VASE-2'] as const;

describeEachDatabase('Faults of feeds in the simulator', (name) => {
  let bench: SimulatorBench;
  beforeAll(async () => {
    bench = await SimulatorBench.open(name);
    const codes = [CODES.one, CODES.another, CODES.third];
    const offers = SKUS.map((sku, index) => [product(sku, codes[index] ?? '')] as const);
    await bench.process('POST_PRODUCT_DATA', envelope('Product', offers), [FRANCE, BRITAIN]);
  });
  afterEach(async () => {
    await bench.client.control('POST', '/release');
    await bench.client.command();
    bench.clock.advance(60_000);
  });
  afterAll(() => bench.close());

  const stock = (quantities: Readonly<Record<string, number>>) =>
    envelope(
      'Inventory',
      Object.entries(quantities).map(([sku, quantity]) => [inventory(sku, quantity)] as const),
    );
  const submit = (quantities: Readonly<Record<string, number>>) =>
    bench.client.submit(STOCK, stock(quantities), [FRANCE.id]);
  const stockOf = async (sku: string) => (await bench.client.listing(sku))?.quantity;
  async function ended(feedId: string): Promise<Readonly<Record<string, string>>> {
    bench.clock.advance(2_000);
    return bench.client.feed(feedId);
  }
  const applied = async (feedId: string) => (await bench.client.log(`?kind=quantity&feedId=${feedId}`)).length;
  const endOf = async (feedId: string) =>
    (await bench.client.log(`?kind=feed-ended&feedId=${feedId}`)).map(({ what }) => what.status);

  it('end FATAL without a reason and without effect, once', async () => {
    await bench.client.command({ kind: 'fatal', types: [STOCK] });
    const feedId = await submit({ LAMP: 31 });
    const feed = await ended(feedId);
    expect([feed.processingStatus, feed.resultFeedDocumentId]).toEqual(['FATAL', undefined]);
    expect([await applied(feedId), await endOf(feedId)]).toEqual([0, ['FATAL']]);
    expect((await bench.client.log(`?kind=fault-drawn&feedId=${feedId}`)).map(({ what }) => what)).toEqual([
      { fault: expect.any(Number), kind: 'fatal', type: STOCK },
    ]);
    expect(await ended(await submit({ LAMP: 32 }))).toMatchObject({ processingStatus: 'DONE' });
    expect(await stockOf('LAMP')).toBe(32);
  });

  it('spare feeds of other types', async () => {
    await bench.client.command({ kind: 'fatal', types: [PRICE], every: 1 });
    expect(await ended(await submit({ LAMP: 33 }))).toMatchObject({ processingStatus: 'DONE' });
    const other = await bench.client.submit(PRICE, envelope('Price', [[price('LAMP', '3.00')]]), [FRANCE.id]);
    expect(await ended(other)).toMatchObject({ processingStatus: 'FATAL' });
  });

  it('end FATAL each feed that holds a named SKU, so that halving finds it', async () => {
    await bench.client.command({ kind: 'fatal', skus: ['VASE'], every: 1 });
    const statuses: (string | undefined)[] = [];
    for (const part of [{ LAMP: 1, VASE: 1, 'VASE-2': 1 }, { LAMP: 2 }, { VASE: 2, 'VASE-2': 2 }, { 'VASE-2': 3 }])
      statuses.push((await ended(await submit(part))).processingStatus);
    expect(statuses).toEqual(['FATAL', 'DONE', 'FATAL', 'DONE']);
    expect([await stockOf('LAMP'), await stockOf('VASE-2')]).toEqual([2, 3]);
  });

  it('end FATAL each feed that holds a named message', async () => {
    await bench.client.command({ kind: 'fatal', messageIds: ['2'], every: 1 });
    expect((await ended(await submit({ LAMP: 3 }))).processingStatus).toBe('DONE');
    expect((await ended(await submit({ LAMP: 4, VASE: 4 }))).processingStatus).toBe('FATAL');
  });

  it('cancel a feed before it starts', async () => {
    await bench.client.command({ kind: 'cancelled' });
    const feedId = await submit({ LAMP: 34 });
    const feed = await ended(feedId);
    expect([feed.processingStatus, feed.processingStartTime]).toEqual(['CANCELLED', undefined]);
    expect([await applied(feedId), await endOf(feedId)]).toEqual([0, ['CANCELLED']]);
  });

  it('hold a feed IN_PROGRESS, and those of its type behind it, until it is released, over a restart too', async () => {
    await bench.client.command({ kind: 'stuck', types: [STOCK] });
    const first = await submit({ LAMP: 35 });
    const second = await submit({ LAMP: 36 });
    bench.clock.advance(3_000_000);
    await bench.stop();
    await bench.start();
    expect((await bench.client.feed(first)).processingStatus).toBe('IN_PROGRESS');
    expect((await bench.client.feed(second)).processingStatus).toBe('IN_QUEUE');
    expect((await bench.client.control('GET', '/faults')).stuck).toEqual([first]);
    expect(await bench.client.control('POST', '/release', { id: first })).toMatchObject({ stuck: [] });
    const released = new Date(bench.clock.nowMs()).toISOString();
    expect(await bench.client.feed(first)).toMatchObject({ processingStatus: 'DONE', processingEndTime: released });
    expect(await ended(second)).toMatchObject({ processingStatus: 'DONE' });
    expect(await stockOf('LAMP')).toBe(36);
  });

  it('keep what was drawn for a feed over a restart and a new command', async () => {
    await bench.client.command({ kind: 'fatal' });
    const feedId = await submit({ LAMP: 37 });
    bench.clock.advance(1_000);
    expect((await bench.client.feed(feedId)).processingStatus).toBe('IN_PROGRESS');
    await bench.client.command();
    await bench.stop();
    await bench.start();
    expect(await ended(feedId)).toMatchObject({ processingStatus: 'FATAL' });
  });

  it('refuse a whole feed with zero processed', async () => {
    await bench.client.command({ kind: 'whole-feed-error' });
    const feedId = await submit({ LAMP: 38, VASE: 38 });
    await ended(feedId);
    const report = await bench.client.processingReport(feedId);
    expect([resultsOf(report), summaryOf(report)]).toEqual([['0 Error 5000 -'], [0, 0, 1, 0]]);
    expect(await applied(feedId)).toBe(0);
  });

  it('fail messages of named SKUs for a while, and apply the others', async () => {
    await bench.client.command({ kind: 'transient-error', skus: ['LAMP', 'GHOST'], times: 2 });
    for (const _turn of [1, 2]) {
      const report = await bench.process(STOCK, stock({ LAMP: 39, VASE: 39 }));
      expect([resultsOf(report), summaryOf(report)]).toEqual([['1 Error 5002 LAMP'], [2, 1, 1, 0]]);
    }
    expect(await stockOf('LAMP')).not.toBe(39);
    expect(await stockOf('VASE')).toBe(39);
    const report = await bench.process(STOCK, stock({ LAMP: 39 }));
    expect([resultsOf(report), await stockOf('LAMP')]).toEqual([[], 39]);
  });

  it('give a SKU several lines, and apply it only when none of them is an error', async () => {
    await bench.client.command({ kind: 'several-lines', skus: ['LAMP'] });
    const refused = await bench.process(STOCK, stock({ LAMP: 40, VASE: 40 }));
    expect(resultsOf(refused)).toEqual(['1 Error 5002 LAMP', '1 Error 90205 LAMP']);
    expect([summaryOf(refused), await stockOf('LAMP')]).toEqual([[2, 1, 1, 0], 39]);
    const lines = [1, 2].map((turn) => ({ result: 'Warning', code: `500${turn}` }));
    await bench.client.command({ kind: 'several-lines', skus: ['LAMP'], lines });
    const warned = await bench.process(STOCK, stock({ LAMP: 41 }));
    expect(resultsOf(warned)).toEqual(['1 Warning 5001 LAMP', '1 Warning 5002 LAMP']);
    expect([summaryOf(warned), await stockOf('LAMP')]).toEqual([[1, 1, 0, 1], 41]);
  });

  it('keep one stock per seller and SKU, whatever strikes the feeds of its countries', async () => {
    await bench.client.command({ kind: 'fatal', every: 2 }, { kind: 'transient-error', skus: ['LAMP'], every: 3 });
    const places = [FRANCE, BRITAIN, FRANCE, BRITAIN, FRANCE, BRITAIN];
    const fates: (number | null | undefined)[] = [];
    for (const [turn, place] of places.entries()) {
      await ended(await bench.client.submit(STOCK, stock({ LAMP: 50 + turn }), [place.id]));
      fates.push(await stockOf('LAMP'));
    }
    const rows = await bench.database.db('sim_listing').where({ sku: 'LAMP' });
    const written = (await bench.client.log('?kind=quantity&sku=LAMP')).map(({ what }) => what.quantity);
    expect([rows.length, written.at(-1)]).toEqual([1, fates.at(-1)]);
    expect(fates).toEqual([50, 50, 52, 52, 52, 52]);
  });
});
