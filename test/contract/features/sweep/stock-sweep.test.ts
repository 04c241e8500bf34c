import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createSealer } from '../../../../src/core/sealed-text.js';
import type { Db } from '../../../../src/db/open-database.js';
import { AccountService } from '../../../../src/features/accounts/account-service.js';
import { ProductOptionService } from '../../../../src/features/offers/product-option-service.js';
import { QueueService } from '../../../../src/features/queue/queue-service.js';
import { SettingService } from '../../../../src/features/settings/setting-service.js';
import { StockSweep } from '../../../../src/features/sweep/stock-sweep.js';
import { SweepService } from '../../../../src/features/sweep/sweep-service.js';
import { Audit } from '../../../../src/features/users/audit.js';
import type { Catalogue } from '../../../../src/shop/catalogue.js';
import { HandClock } from '../../../support/hand-clock.js';
import { noSettingEffects, offerMarksOn } from '../../../support/offer-marks.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';
import { steady } from '../../../unit/features/offers/sample-items.js';
import { ShopInMemory } from './shop-in-memory.js';

const MINUTE_MS = 60_000;

/** A queue whose marks fail from the second one on. */
class TiringQueue extends QueueService {
  static marks = 0;

  override on(transaction: Db): QueueService {
    return new TiringQueue(transaction);
  }

  override mark(...args: Parameters<QueueService['mark']>): Promise<number> {
    TiringQueue.marks += 1;
    if (TiringQueue.marks > 1) return Promise.reject(new Error('the queue cannot be written'));
    return super.mark(...args);
  }
}

describeEachDatabase('A stock sweep', (_name, open) => {
  let database: TestDatabase;
  let clock: HandClock;
  let shop: ShopInMemory;
  let accounts: AccountService;
  let settings: SettingService;
  let whole: SweepService;
  let stock: StockSweep;
  beforeAll(async () => {
    database = await open();
    const { db } = database;
    const fixed = { nowMs: () => 0 };
    const audit = new Audit(db, fixed);
    const sealer = createSealer([randomBytes(32)]);
    accounts = new AccountService(db, { clock: fixed, audit, sealer, marks: offerMarksOn(db) });
    const known = { shopId: 1, name: 'Shop', timeZone: 'Europe/Paris', currencies: [{ iso: 'EUR', decimals: 2 }] };
    const secrets = { clientId: 'c', clientSecret: 's', refreshToken: 'r' };
    for (const name of ['first', 'second']) {
      const seller = { region: 'EU' as const, shop: known, sellerId: `A${name}`, baseUrl: 'simulator', ...secrets };
      await accounts.add({ name, marketplaces: ['FR'], ...seller }, 'test');
    }
    settings = new SettingService(db, { clock: fixed, audit, effects: noSettingEffects });
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    const { db } = database;
    for (const table of ['queue', 'last_seen', 'price_watch', 'setting']) await db(table).delete();
    clock = new HandClock();
    shop = new ShopInMemory();
    for (const productId of [1, 2, 3, 4, 5, 6, 7]) shop.put(productId);
    ({ whole, stock } = makeSweeps(new QueueService(db, clock)));
  });

  const makeSweeps = (queue: QueueService) => {
    const { db } = database;
    const options = new ProductOptionService({
      db,
      clock,
      audit: new Audit(db, clock),
      onChange: async () => undefined,
    });
    const sweep = new SweepService({ db, clock, shop, accounts, settings, options, queue });
    return { whole: sweep, stock: new StockSweep({ db, clock, shop, accounts, settings, sweep }) };
  };
  /** Products marked since the last look, with how many accounts they were marked for. */
  const marked = async () => {
    const rows: { product_id: number; marks: number }[] = await database
      .db('queue')
      .groupBy('product_id')
      .orderBy('product_id')
      .select('product_id')
      .count({ marks: '*' });
    await database.db('queue').delete();
    return rows.map((row) => [Number(row.product_id), Number(row.marks)]);
  };
  const sweepAndLook = async () => {
    await stock.sweep();
    return marked();
  };
  /** After a whole sweep whose marks are forgotten, and a stock sweep that has looked at all it wanted to. */
  const atRest = async () => {
    await whole.sweep();
    await stock.sweep();
    await database.db('queue').delete();
    shop.looked = 0;
  };

  it('looks into nothing while no stock changes', async () => {
    await atRest();
    expect(await stock.sweep()).toEqual({ products: 0, marked: 0, gone: 0 });
    expect(shop.looked).toBe(0);
  });

  it('marks what has other stock for every account, looking at nothing else, and only once', async () => {
    await atRest();
    shop.put(5, { stockQuantity: 2 });
    expect(await stock.sweep()).toEqual({ products: 2, marked: 2, gone: 0 });
    expect(shop.looked).toBe(2);
    expect(await marked()).toEqual([[5, 2]]);
    expect(await sweepAndLook()).toEqual([]);
  });

  it('marks nothing where other stock makes the same offer, and does not look again', async () => {
    await settings.set(
      'cap',
      '5',
      { kind: 'account', accountId: (await accounts.list())[0]?.id ?? 0 },
      { actor: 'test' },
    );
    await atRest();
    shop.put(5, { stockQuantity: 90 });
    // The other account has no cap.
    expect(await stock.sweep()).toEqual({ products: 2, marked: 1, gone: 0 });
    expect(await stock.sweep()).toEqual({ products: 0, marked: 0, gone: 0 });
  });

  it('sees two combinations whose quantities change places', async () => {
    const combinations = (one: number, other: number) => ({
      items: [
        { combinationId: 1, reference: 'A', stockQuantity: one },
        { combinationId: 2, reference: 'B', stockQuantity: other },
      ],
    });
    shop.products.set(2, combinations(3, 4));
    await atRest();
    shop.products.set(2, combinations(4, 3));
    expect(await sweepAndLook()).toEqual([[2, 2]]);
  });

  it('marks products that are new, and leaves prices to the whole sweep', async () => {
    await atRest();
    shop.put(9);
    shop.put(3, {}, () => steady('30.00'));
    expect(await sweepAndLook()).toEqual([[9, 2]]);
    await whole.sweep();
    expect(await marked()).toEqual([[3, 2]]);
  });

  it('calls a product gone only when a second sweep, at least a minute later, misses it too', async () => {
    await atRest();
    shop.products.delete(3);
    shop.products.delete(7);
    expect(await sweepAndLook()).toEqual([]);
    clock.advance(MINUTE_MS - 1);
    expect(await sweepAndLook()).toEqual([]);
    clock.advance(1);
    expect(await sweepAndLook()).toEqual([
      [3, 2],
      [7, 2],
    ]);
    expect(await stock.sweep()).toEqual({ products: 0, marked: 0, gone: 0 });
  });

  it('marks a product that is back after it was missed, even if nothing of it changed', async () => {
    await atRest();
    shop.products.delete(3);
    await stock.sweep();
    shop.put(3);
    expect(await sweepAndLook()).toEqual([[3, 2]]);
    expect(await sweepAndLook()).toEqual([]);
  });

  it('ends a burst of changes in one row of the queue for each product and marketplace', async () => {
    await atRest();
    for (let round = 1; round <= 5; round += 1) {
      for (const productId of shop.products.keys()) shop.put(productId, { stockQuantity: 100 + round });
      await stock.sweep();
    }
    expect(await marked()).toEqual([1, 2, 3, 4, 5, 6, 7].map((id) => [id, 2]));
  });

  it('that was cut short loses nothing: the next one finds what an account has not compared', async () => {
    await atRest();
    TiringQueue.marks = 0;
    shop.put(1, { stockQuantity: 1 });
    await expect(makeSweeps(new TiringQueue(database.db, clock)).stock.sweep()).rejects.toThrow('cannot be written');
    expect(await marked()).toEqual([[1, 1]]);
    expect(await sweepAndLook()).toEqual([[1, 1]]);
    expect(await sweepAndLook()).toEqual([]);
  });

  it('sees what comes between its digest and its look with the next sweep', async () => {
    await atRest();
    shop.put(4, { stockQuantity: 3 });
    const catalogue = shop.catalogue.bind(shop);
    shop.catalogue = (shopId): Catalogue => {
      const own = catalogue(shopId);
      return {
        ...own,
        async *stockStretches() {
          for await (const stretch of own.stockStretches()) {
            yield {
              ...stretch,
              products: async () => {
                const found = await stretch.products();
                shop.put(4, { stockQuantity: 2 });
                return found;
              },
            };
          }
        },
      };
    };
    expect(await sweepAndLook()).toEqual([[4, 2]]);
    shop.catalogue = catalogue;
    expect(await sweepAndLook()).toEqual([]);
    shop.put(4, { stockQuantity: 3 });
    expect(await sweepAndLook()).toEqual([[4, 2]]);
  });

  it('puts right what a whole sweep writes that had read an older stock', async () => {
    await atRest();
    shop.put(2, { stockQuantity: 4 });
    const catalogue = shop.catalogue.bind(shop);
    let isFirst = true;
    shop.catalogue = (shopId): Catalogue => {
      const own = catalogue(shopId);
      return {
        ...own,
        async *batches(query) {
          for await (const batch of own.batches(query)) {
            const isMine = isFirst && batch.productIds.includes(2);
            isFirst &&= !isMine;
            if (isMine) {
              // The whole sweep has read 4. Before it writes that, the stock sweep reads and marks 9.
              shop.put(2, { stockQuantity: 9 });
              await stock.sweep();
            }
            yield batch;
          }
        },
      };
    };
    await whole.sweep();
    shop.catalogue = catalogue;
    expect((await marked()).map(([id]) => id)).toEqual([2]);
    // What was sent meanwhile may be 4 or 9; the memory says 4, so the next look finds 9, and then no more.
    expect(await sweepAndLook()).toEqual([[2, 1]]);
    expect(await sweepAndLook()).toEqual([]);
  });

  it('looks at products whose sale begins or ends by the clock, in that minute, and once', async () => {
    const startMs = clock.nowMs() + 10 * MINUTE_MS;
    shop.put(6, {}, (atMs) => steady(atMs < startMs ? '29.90' : '19.90'));
    shop.repricings.push({ productId: 6, atMs: startMs });
    await atRest();
    expect(await stock.nextPriceChangeMs()).toBe(startMs);
    clock.advance(10 * MINUTE_MS - 1);
    expect(await sweepAndLook()).toEqual([]);
    clock.advance(1);
    expect(await sweepAndLook()).toEqual([[6, 2]]);
    expect(await stock.nextPriceChangeMs()).toBeNull();
    expect(await stock.sweep()).toEqual({ products: 0, marked: 0, gone: 0 });
  });

  it('finds a sale that began while no sweep ran', async () => {
    const startMs = clock.nowMs() + 10 * MINUTE_MS;
    shop.put(6, {}, (atMs) => steady(atMs < startMs ? '29.90' : '19.90'));
    shop.repricings.push({ productId: 6, atMs: startMs });
    await atRest();
    clock.advance(600 * MINUTE_MS);
    expect(await sweepAndLook()).toEqual([[6, 2]]);
  });

  it('looks at everything when a sale of the whole catalogue begins', async () => {
    const startMs = clock.nowMs() + MINUTE_MS;
    for (const id of [1, 2, 3]) shop.put(id, {}, (atMs) => steady(atMs < startMs ? '29.90' : '19.90'));
    shop.repricings.push({ productId: 0, atMs: startMs });
    await atRest();
    clock.advance(MINUTE_MS);
    expect(await sweepAndLook()).toEqual([
      [1, 2],
      [2, 2],
      [3, 2],
    ]);
  });
});
