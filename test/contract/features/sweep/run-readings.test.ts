import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createSealer } from '../../../../src/core/sealed-text.js';
import { type HeldLock, LockStore } from '../../../../src/db/lock-store.js';
import { AccountService } from '../../../../src/features/accounts/account-service.js';
import { parseExportOptions } from '../../../../src/features/export/export-options.js';
import { accountFrame, shopFrame } from '../../../../src/features/export/plan/account-frame.js';
import { wholeReading } from '../../../../src/features/export/whole-reading.js';
import { ProductOptionService } from '../../../../src/features/offers/product-option-service.js';
import { QueueService } from '../../../../src/features/queue/queue-service.js';
import { SettingService } from '../../../../src/features/settings/setting-service.js';
import { RunReadings } from '../../../../src/features/sweep/run-readings.js';
import { StockSweep } from '../../../../src/features/sweep/stock-sweep.js';
import { SweepService } from '../../../../src/features/sweep/sweep-service.js';
import { Audit } from '../../../../src/features/users/audit.js';
import { HandClock } from '../../../support/hand-clock.js';
import { noSettingEffects, offerMarksOn } from '../../../support/offer-marks.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';
import { steady } from '../../../unit/features/offers/sample-items.js';
import { ShopInMemory } from './shop-in-memory.js';

const MINUTE_MS = 60_000;

describeEachDatabase('What a send run read', (_name, open) => {
  let database: TestDatabase;
  let clock: HandClock;
  let shop: ShopInMemory;
  let accounts: AccountService;
  let settings: SettingService;
  let readings: RunReadings;
  let sweeps: SweepService;
  let locks: LockStore;
  let lock: HeldLock;
  beforeAll(async () => {
    database = await open();
    const { db } = database;
    clock = new HandClock();
    const audit = new Audit(db, clock);
    accounts = new AccountService(db, {
      clock,
      audit,
      sealer: createSealer([randomBytes(32)]),
      marks: offerMarksOn(db),
    });
    const known = { shopId: 1, name: 'Shop', timeZone: 'Europe/Paris', currencies: [{ iso: 'EUR', decimals: 2 }] };
    const secrets = { clientId: 'c', clientSecret: 's', refreshToken: 'r' };
    const seller = { region: 'EU' as const, shop: known, sellerId: 'A1', baseUrl: 'simulator', ...secrets };
    await accounts.add({ name: 'seller', marketplaces: ['FR', 'DE'], ...seller }, 'test');
    settings = new SettingService(db, { clock, audit, effects: noSettingEffects });
    locks = new LockStore(db);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    const { db } = database;
    for (const table of ['queue', 'last_seen', 'lock']) await db(table).delete();
    shop = new ShopInMemory();
    for (const productId of [1, 2, 3]) shop.put(productId);
    const audit = new Audit(db, clock);
    const options = new ProductOptionService({ db, clock, audit, onChange: () => Promise.resolve() });
    const queue = new QueueService(db, clock);
    sweeps = new SweepService({ db, clock, shop, accounts, settings, options, queue });
    readings = new RunReadings({ db, clock, shop, options, locks, queue });
    const held = await locks.acquire('export', 'this process');
    if (held === null) throw new Error('Expected the lock to be free.');
    lock = held;
  });

  /** Reads products as a send run does. */
  const read = async (productIds: readonly number[], countries = ['FR', 'DE'], options: object = {}) => {
    const [account] = await accounts.list();
    if (account === undefined) throw new Error('Expected an account.');
    const marketplaces = await accounts.marketplaces(account.id);
    const selected = new Set(marketplaces.filter((one) => countries.includes(one.country)).map((one) => one.id));
    const frame = await accountFrame(account, selected, { accounts, settings });
    if (frame === null) throw new Error('Expected an active marketplace.');
    const catalogue = shop.catalogue(1);
    const whole = wholeReading(frame, shopFrame(frame, await catalogue.context(), parseExportOptions(options), clock));
    const selection = { kind: 'products', productIds } as const;
    for await (const batch of catalogue.batches({ ...whole.query, selection }))
      await readings.record({ ...whole, batch: whole.batchOf(batch), lock });
  };
  /** Products that the next sweep marks. */
  const marked = async () => {
    await database.db('queue').delete();
    await sweeps.sweep();
    const ids: number[] = await database.db('queue').distinct('product_id').orderBy('product_id').pluck('product_id');
    return ids;
  };

  it('is what the next sweep compares with: a change that came and went is marked, then no more', async () => {
    await marked();
    shop.put(2, { stockQuantity: 1 });
    await read([1, 2, 3]);
    shop.put(2);
    expect(await marked()).toEqual([2]);
    expect(await marked()).toEqual([]);
  });

  it('is what the next stock sweep compares with: stock that came and went is marked, then no more', async () => {
    const stock = new StockSweep({ db: database.db, clock, shop, accounts, settings, sweep: sweeps });
    const stockMarked = async () => {
      await database.db('queue').delete();
      await stock.sweep();
      return database.db('queue').distinct('product_id').orderBy('product_id').pluck('product_id');
    };
    await marked();
    expect(await stockMarked()).toEqual([]);
    for (const countries of [['FR', 'DE'], ['DE']]) {
      shop.put(2, { stockQuantity: 1 });
      await read([1, 2, 3], countries);
      shop.put(2);
      expect(await stockMarked()).toEqual([2]);
      expect(await stockMarked()).toEqual([]);
    }
  });

  it('makes a sweep calm that sees the same, also for products that no sweep had seen and SKUs that collide', async () => {
    shop.put(1, { reference: 'SAME' });
    shop.put(3, { reference: 'SAME' });
    await read([1, 2, 3]);
    expect(await marked()).toEqual([]);
  });

  it('on one marketplace, or for some parts, is marked where it differs and left alone where it does not', async () => {
    for (const [countries, options] of [
      [['FR'], {}],
      [['DE'], {}],
      [['FR', 'DE'], { stockOnly: true }],
      [['FR', 'DE'], { noPrice: true }],
    ] as const) {
      await marked();
      await read([1, 2, 3], [...countries], options);
      expect(await marked()).toEqual([]);
      shop.put(2, {}, () => steady('31.00'));
      await read([1, 2, 3], [...countries], options);
      shop.put(2);
      expect(await marked()).toEqual([2]);
      expect(await marked()).toEqual([]);
    }
  });

  it('with texts and pictures beyond the settings is compared without them', async () => {
    await marked();
    await read([1, 2, 3], ['FR', 'DE'], { extendedData: true, images: true });
    expect(await marked()).toEqual([]);
  });

  it('on one marketplace says nothing of products that no sweep has seen: they are still new to it', async () => {
    await read([1, 2, 3], ['FR']);
    expect(await marked()).toEqual([1, 2, 3]);
  });

  it('of a product that is gone does not bring it back, nor put off that it is found gone', async () => {
    await marked();
    shop.products.delete(3);
    expect(await marked()).toEqual([]);
    await read([3]);
    clock.advance(MINUTE_MS);
    expect(await marked()).toEqual([3]);
    await read([3]);
    for (let sweep = 0; sweep < 3; sweep += 1) {
      clock.advance(MINUTE_MS);
      expect(await marked()).toEqual([]);
    }
  });

  it('is not written where it equals what was seen', async () => {
    await marked();
    const before = await database.db('last_seen').orderBy('product_id');
    clock.advance(MINUTE_MS);
    await read([1, 2, 3]);
    expect(await database.db('last_seen').orderBy('product_id')).toEqual(before);
  });

  it('is not written by a run that slept past its lock', async () => {
    await marked();
    await locks.release(lock);
    await locks.acquire('export', 'another process');
    shop.put(2, { stockQuantity: 1 });
    await expect(read([2])).rejects.toThrow('may be held by another process');
    expect(await marked()).toEqual([2]);
    expect(await marked()).toEqual([]);
  });
});
