import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeEachDatabase } from '../../support/test-databases.js';
import { CODES, envelope, FRANCE, inventory, price, product, SimulatorBench } from './simulator-bench.js';

describeEachDatabase('Sales and buyable moments in the simulator', (name) => {
  let bench: SimulatorBench;
  beforeAll(async () => {
    bench = await SimulatorBench.open(name);
    await bench.process('POST_PRODUCT_DATA', envelope('Product', [[product('LAMP', CODES.one)]]));
    await setPrice('20.00');
  });
  afterAll(() => bench.close());

  const setPrice = (amount: string) =>
    bench.process('POST_PRODUCT_PRICING_DATA', envelope('Price', [[price('LAMP', amount)]]));
  const setStock = (quantity: number) =>
    bench.process('POST_INVENTORY_AVAILABILITY_DATA', envelope('Inventory', [[inventory('LAMP', quantity)]]));
  const desire = (amount: string | null) =>
    bench.client.control('PUT', '/desired-prices', {
      prices: [{ sku: 'LAMP', marketplaceId: FRANCE.id, price: amount }],
    });
  const moments = async (kind: string) =>
    (await bench.client.log()).filter((entry) => entry.kind === kind).map((entry) => entry.what);

  it('log when a SKU becomes buyable, and when its price changes while it is', async () => {
    await setStock(3);
    await setStock(5);
    await setPrice('21.00');
    await setPrice('21.0');
    expect(await moments('buyable')).toEqual([
      { price: '20.00', priceBefore: null },
      { price: '21.00', priceBefore: '20.00' },
    ]);
    expect(await moments('undesired-price')).toEqual([]);
  });

  it('log a restock before the new price as the harm it is, and the right order as none', async () => {
    await setStock(0);
    expect(await desire('25.00')).toMatchObject({ changed: 1 });
    await setStock(4);
    await setPrice('25.00');
    expect(await moments('undesired-price')).toEqual([{ price: '21.0', desired: '25.00' }]);
    await setStock(0);
    await desire('26.00');
    await setPrice('26.00');
    await setStock(4);
    expect(await moments('undesired-price')).toHaveLength(1);
  });

  it('log when nobody can buy any more, and from when on another price was wanted than a buyer paid', async () => {
    const before = await moments('not-buyable');
    await desire('27.00');
    await desire('27.0');
    expect((await moments('undesired-price')).slice(1)).toEqual([{ price: '26.00', desired: '27.00' }]);
    expect((await bench.client.log('?kind=undesired-price')).at(-1)).toMatchObject({ feedId: null });
    await setStock(0);
    expect((await moments('not-buyable')).slice(before.length)).toEqual([{ priceBefore: '26.00' }]);
    await desire('26.00');
    await setStock(4);
    expect(await moments('undesired-price')).toHaveLength(2);
  });

  it('log that a deleted offer cannot be bought any more', async () => {
    const before = await moments('not-buyable');
    await bench.process('POST_PRODUCT_DATA', envelope('Product', [[product('VASE', CODES.another)]]));
    await bench.process('POST_PRODUCT_PRICING_DATA', envelope('Price', [[price('VASE', '7.00')]]));
    await bench.process('POST_INVENTORY_AVAILABILITY_DATA', envelope('Inventory', [[inventory('VASE', 1)]]));
    await bench.process('POST_PRODUCT_DATA', envelope('Product', [['<SKU>VASE</SKU>', 'Delete']]));
    expect((await moments('not-buyable')).slice(before.length)).toEqual([{ priceBefore: '7.00' }]);
  });

  it('log when a sale begins and ends at its instant, also over a restart and while nobody asks', async () => {
    const startMs = bench.clock.nowMs() + 3_600_000;
    const endMs = startMs + 3_600_000;
    const iso = (atMs: number) => new Date(atMs).toISOString().slice(0, 19);
    const sale = `<Sale><StartDate>${iso(startMs)}</StartDate><EndDate>${iso(endMs)}</EndDate><SalePrice currency="EUR">19.00</SalePrice></Sale>`;
    const before = (await bench.client.log()).at(-1)?.id ?? 0;
    await desire('26.00');
    await bench.process('POST_PRODUCT_PRICING_DATA', envelope('Price', [[price('LAMP', '26.00', sale)]]));
    await bench.stop();
    bench.clock.advance(10_800_000);
    await bench.start();
    const entries = (await bench.client.log(`?after=${before}&sku=LAMP`)).filter(
      ({ kind }) => kind.includes('-price') || kind === 'buyable',
    );
    expect(entries.map(({ kind, atMs, what }) => [kind, atMs, what])).toEqual([
      ['desired-price', expect.any(Number), { desired: '26.00' }],
      ['buyable', Math.floor(startMs / 1_000) * 1_000, { price: '19.00', priceBefore: '26.00' }],
      ['undesired-price', Math.floor(startMs / 1_000) * 1_000, { price: '19.00', desired: '26.00' }],
      ['buyable', Math.floor(endMs / 1_000) * 1_000, { price: '26.00', priceBefore: '19.00' }],
    ]);
    expect(await bench.database.db('sim_sale_edge')).toEqual([]);
  });

  it('log the harm when a fault takes the price away and leaves the restock, and none when only the answer is lost', async () => {
    const restockAt = async (amount: string, fault: Readonly<Record<string, unknown>>) => {
      await setStock(0);
      await desire(amount);
      const before = (await moments('undesired-price')).length;
      await bench.client.command(fault);
      const xml = envelope('Price', [[price('LAMP', amount)]]);
      await bench.client.submit('POST_PRODUCT_PRICING_DATA', xml, [FRANCE.id]).catch(() => 'lost');
      bench.clock.advance(60_000);
      await setStock(4);
      return (await moments('undesired-price')).slice(before);
    };
    expect(await restockAt('30.00', { kind: 'fatal', types: ['POST_PRODUCT_PRICING_DATA'] })).toEqual([
      { price: '26.00', desired: '30.00' },
    ]);
    expect(await restockAt('31.00', { kind: 'lost-answer', operations: ['createFeed'] })).toEqual([]);
    await setStock(4);
  });

  it('sell units at once, and never more than there are', async () => {
    expect(await bench.client.control('POST', '/sell', { sku: 'LAMP', quantity: 3 })).toMatchObject({
      httpStatus: 200,
      quantity: 1,
    });
    expect(await bench.client.listing('LAMP')).toMatchObject({ quantity: 1, effectiveQuantity: 1 });
    expect(await bench.client.control('POST', '/sell', { sku: 'LAMP', quantity: 2 })).toMatchObject({
      httpStatus: 409,
    });
    expect(await bench.client.control('POST', '/sell', { sku: 'GHOST', quantity: 1 })).toMatchObject({
      httpStatus: 409,
    });
    expect(await bench.client.control('POST', '/sell', { sku: 'LAMP', quantity: 0 })).toMatchObject({
      httpStatus: 400,
    });
    expect(await moments('sold')).toEqual([{ quantity: 3, left: 1 }]);
  });

  it('show accepted values to readers a little later', async () => {
    await bench.client.submit('POST_INVENTORY_AVAILABILITY_DATA', envelope('Inventory', [[inventory('LAMP', 9)]]), [
      FRANCE.id,
    ]);
    bench.clock.advance(2_000);
    expect(await bench.client.listing('LAMP')).toMatchObject({ quantity: 9, effectiveQuantity: 1 });
    bench.clock.advance(1_000);
    expect(await bench.client.listing('LAMP')).toMatchObject({ quantity: 9, effectiveQuantity: 9 });
  });
});
