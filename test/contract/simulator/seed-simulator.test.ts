import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import { type SeedItem, seedSimulator } from '../../../src/simulator/seed-simulator.js';
import { Simulator } from '../../../src/simulator/simulator.js';
import type { ListingView } from '../../../src/simulator/state/listing-view.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';
import { BRITAIN, FRANCE } from './simulator-bench.js';
import { SimulatorClient } from './simulator-client.js';

const NOW_MS = Date.UTC(2026, 10, 21);
const ITEMS: readonly SeedItem[] = Array.from({ length: 400 }, (_, at) => ({
  sku: `SHOP-${at}`,
  code: at % 5 === 0 ? null : '4006381333009',
  title: `Article ${at}`,
  price: '20.00',
  quantity: at - 5,
  brand: 'Maker',
}));
const FAULTY: readonly SeedItem[] = ['', ' OUTER ', 'X'.repeat(41), 'SHOP-1'].map((sku) => ({
  ...{ sku, code: null, title: 'Faulty', price: '1.00', quantity: 1, brand: null },
}));

describeEachDatabase('The first listings of a simulated seller', (_name, open) => {
  let database: TestDatabase;
  let simulator: Simulator;
  let listings: readonly ListingView[];
  beforeAll(async () => {
    database = await open();
    simulator = new Simulator({ db: database.db, clock: systemClock });
    const client = new SimulatorClient((await simulator.start()).url, 'SELLER1');
    await seed([FRANCE]);
    listings = await client.listings();
  });
  afterAll(async () => {
    await simulator.stop();
    await database.drop();
  });

  const seed = (marketplaces: (typeof FRANCE)[]) =>
    seedSimulator(database.db, { sellerId: 'SELLER1', marketplaces, skus: [...ITEMS, ...FAULTY], nowMs: NOW_MS });
  const count = (test: (listing: ListingView) => boolean) => listings.filter(test).length;

  it('are about 30 % of the shop, and three SKUs that it lacks', () => {
    const own = listings.filter(({ sku }) => sku.startsWith('SHOP-'));
    expect(own.length).toBeGreaterThan(90);
    expect(own.length).toBeLessThan(150);
    expect(listings.length - own.length).toBe(3);
  });

  it('have old prices, handling times, minimum prices and shipping groups here and there, never negative stock', () => {
    expect(count(({ offers }) => offers[0]?.price === '18.60')).toBeGreaterThan(10);
    expect(count(({ handlingDays }) => handlingDays !== null)).toBeGreaterThan(5);
    expect(count(({ offers }) => offers[0]?.minPrice !== null)).toBeGreaterThan(3);
    expect(count(({ offers }) => offers[0]?.shippingGroup !== null)).toBeGreaterThan(5);
    expect(count(({ channel, quantity }) => channel === 'AMAZON_EU' && quantity === null)).toBe(2);
    expect(count(({ quantity }) => quantity !== null && quantity < 0)).toBe(0);
  });

  it('are made once; later only marketplaces are added', async () => {
    expect(await seed([FRANCE, BRITAIN])).toBe(0);
    expect(await database.db('sim_marketplace').pluck('marketplace_id')).toEqual([FRANCE.id, BRITAIN.id].sort());
    expect(await database.db('sim_listing').count({ count: '*' }).first()).toMatchObject({ count: listings.length });
    expect(await database.db('sim_log').select()).toEqual([]);
  });
});
