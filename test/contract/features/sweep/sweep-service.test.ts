import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { parsePrice } from '../../../../src/core/money.js';
import { createSealer } from '../../../../src/core/sealed-text.js';
import type { Db } from '../../../../src/db/open-database.js';
import { AccountService } from '../../../../src/features/accounts/account-service.js';
import { ProductOptionService } from '../../../../src/features/offers/product-option-service.js';
import { QueueService } from '../../../../src/features/queue/queue-service.js';
import { SettingService } from '../../../../src/features/settings/setting-service.js';
import { SweepService } from '../../../../src/features/sweep/sweep-service.js';
import { Audit } from '../../../../src/features/users/audit.js';
import type { ItemPrice } from '../../../../src/shop/catalogue.js';
import { HandClock } from '../../../support/hand-clock.js';
import { noSettingEffects, offerMarksOn } from '../../../support/offer-marks.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';
import { steady } from '../../../unit/features/offers/sample-items.js';
import { ShopInMemory } from './shop-in-memory.js';

const MINUTE_MS = 60_000;

describeEachDatabase('A sweep', (_name, open) => {
  let database: TestDatabase;
  let clock: HandClock;
  let shop: ShopInMemory;
  let accounts: AccountService;
  let settings: SettingService;
  let options: ProductOptionService;
  let queue: QueueService;
  let sweeps: SweepService;
  /** Ids of marketplaces by "account/country". */
  const ids = new Map<string, number>();
  let firstAccount = 0;
  beforeAll(async () => {
    database = await open();
    const { db } = database;
    const fixed = { nowMs: () => 0 };
    const audit = new Audit(db, fixed);
    accounts = new AccountService(db, {
      clock: fixed,
      audit,
      sealer: createSealer([randomBytes(32)]),
      marks: offerMarksOn(db),
    });
    const known = { shopId: 1, name: 'Shop', timeZone: 'Europe/Paris', currencies: [{ iso: 'EUR', decimals: 2 }] };
    const secrets = { clientId: 'c', clientSecret: 's', refreshToken: 'r' };
    for (const [name, marketplaces] of [
      ['first', ['FR', 'DE', 'UK']],
      ['second', ['FR']],
    ] as const) {
      const seller = { region: 'EU' as const, shop: known, sellerId: `A${name}`, baseUrl: 'simulator', ...secrets };
      const { id } = await accounts.add({ name, marketplaces: [...marketplaces], ...seller }, 'test');
      if (name === 'first') firstAccount = id;
    }
    for (const one of await accounts.marketplaces()) ids.set(`${one.accountName}/${one.country}`, one.id);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    const { db } = database;
    for (const table of ['queue', 'last_seen', 'product_option', 'setting']) await db(table).delete();
    clock = new HandClock();
    shop = new ShopInMemory();
    for (const productId of [1, 2, 3, 4, 5]) shop.put(productId);
    const audit = new Audit(db, clock);
    settings = new SettingService(db, { clock, audit, effects: noSettingEffects });
    options = new ProductOptionService({ db, clock, audit, onChange: () => Promise.resolve() });
    queue = new QueueService(db, clock);
    sweeps = makeSweep(queue);
  });

  const makeSweep = (ofQueue: QueueService) =>
    new SweepService({ db: database.db, clock, shop, accounts, settings, options, queue: ofQueue });
  const allIds = () => [...ids.values()];
  /** Products marked on each marketplace since the last look; the queue is emptied. */
  const marked = async () => {
    const rows = await queue.list({ marketplaceIds: allIds(), afterId: 0, limit: 1_000 });
    await database.db('queue').delete();
    const places: Record<string, number[]> = {};
    for (const [name, id] of ids) {
      const products = rows.filter((row) => row.marketplaceId === id).map((row) => row.productId);
      if (products.length > 0) places[name] = products.toSorted((a, b) => a - b);
    }
    return places;
  };
  /** Where every active marketplace of both accounts marks the same products. */
  const everywhere = (...products: number[]) => ({ 'first/FR': products, 'first/DE': products, 'second/FR': products });
  const sweepAndLook = async () => {
    await sweeps.sweep();
    return marked();
  };

  it('marks what it sees for the first time, on every active marketplace, and nothing the second time', async () => {
    expect(await sweeps.sweep()).toEqual({ products: 10, marked: 10, gone: 0 });
    expect(await marked()).toEqual(everywhere(1, 2, 3, 4, 5));
    expect(await sweeps.sweep()).toEqual({ products: 10, marked: 0, gone: 0 });
    expect(await marked()).toEqual({});
  });

  it('marks what is new, and what changed, alone', async () => {
    await sweepAndLook();
    shop.put(6);
    shop.put(2, { stockQuantity: 4 });
    shop.put(4, {}, () => steady('30.00'));
    expect(await sweepAndLook()).toEqual(everywhere(2, 4, 6));
    const rows = await database.db('queue');
    expect(rows).toEqual([]);
  });

  it('marks nothing for a change that no offer uses', async () => {
    await sweepAndLook();
    shop.put(2, { manufacturerName: 'Another brand', sellsWhenOutOfStock: true, mpn: 'X' });
    expect(await sweepAndLook()).toEqual({});
  });

  it('marks a product that lost or gained a combination, and one that has nothing to sell any more', async () => {
    await sweepAndLook();
    shop.products.set(2, {
      items: [
        { combinationId: 1, reference: 'A' },
        { combinationId: 2, reference: 'B' },
      ],
    });
    shop.products.set(3, { items: [] });
    expect(await sweepAndLook()).toEqual(everywhere(2, 3));
    shop.products.set(2, { items: [{ combinationId: 2, reference: 'B' }] });
    expect(await sweepAndLook()).toEqual(everywhere(2));
    expect(await sweepAndLook()).toEqual({});
  });

  it('calls a product gone only when a second sweep, at least a minute later, misses it too', async () => {
    await sweepAndLook();
    for (const productId of [1, 3, 5]) shop.products.delete(productId);
    expect(await sweepAndLook()).toEqual({});
    clock.advance(MINUTE_MS - 1);
    expect(await sweepAndLook()).toEqual({});
    clock.advance(1);
    expect(await sweeps.sweep()).toEqual({ products: 4, marked: 0, gone: 6 });
    expect(await marked()).toEqual(everywhere(1, 3, 5));
    clock.advance(MINUTE_MS);
    expect(await sweepAndLook()).toEqual({});
  });

  it('marks a product that is back after it was missed, once, and begins to count anew', async () => {
    await sweepAndLook();
    shop.products.delete(3);
    await sweepAndLook();
    shop.put(3);
    clock.advance(2 * MINUTE_MS);
    // A run may have looked for it while it was away.
    expect(await sweepAndLook()).toEqual(everywhere(3));
    expect(await sweepAndLook()).toEqual({});
    shop.products.delete(3);
    expect(await sweepAndLook()).toEqual({});
  });

  it('marks a product that comes back after it was gone', async () => {
    await sweepAndLook();
    shop.products.delete(3);
    await sweepAndLook();
    clock.advance(MINUTE_MS);
    await sweepAndLook();
    shop.put(3);
    expect(await sweepAndLook()).toEqual(everywhere(3));
  });

  it('misses every product of an empty shop, and calls them gone a minute later', async () => {
    await sweepAndLook();
    shop.products.clear();
    expect(await sweepAndLook()).toEqual({});
    clock.advance(MINUTE_MS);
    expect(await sweepAndLook()).toEqual(everywhere(1, 2, 3, 4, 5));
  });

  it('marks a product whose price changes by the clock alone, at its beginning and at its end', async () => {
    // 2026-11-21 from 16:00 to 18:00 UTC: no whole day, so the standard price itself changes.
    const [startMs, endMs] = [clock.nowMs() + 120 * MINUTE_MS, clock.nowMs() + 240 * MINUTE_MS];
    const price = (atMs: number): ItemPrice => {
      const standard = parsePrice('29.90');
      const steps = atMs < endMs ? [{ startMs, endMs, price: parsePrice('19.90'), standard }] : [];
      return { standard, steps };
    };
    shop.put(2, {}, price);
    await sweepAndLook();
    clock.advance(startMs - clock.nowMs() - MINUTE_MS);
    expect(await sweepAndLook()).toEqual({});
    clock.advance(MINUTE_MS);
    expect(await sweepAndLook()).toEqual(everywhere(2));
    expect(await sweepAndLook()).toEqual({});
    clock.advance(endMs - clock.nowMs());
    expect(await sweepAndLook()).toEqual(everywhere(2));
  });

  it('marks a sale when it comes within sight, not again when it begins: its days went with it', async () => {
    const day = 24 * 60 * MINUTE_MS;
    const startMs = Date.parse('2026-12-26T00:00:00+01:00');
    const price = (): ItemPrice => {
      const standard = parsePrice('29.90');
      return { standard, steps: [{ startMs, endMs: startMs + 5 * day, price: parsePrice('19.90'), standard }] };
    };
    shop.put(2, {}, price);
    await sweepAndLook();
    clock.advance(startMs - 29 * day - clock.nowMs());
    expect(await sweepAndLook()).toEqual(everywhere(2));
    clock.advance(startMs - clock.nowMs() + MINUTE_MS);
    expect(await sweepAndLook()).toEqual({});
  });

  it('marks for one account what only its own settings change', async () => {
    await sweepAndLook();
    await settings.set('reserve', '2', { kind: 'account', accountId: firstAccount }, { actor: 'test' });
    expect(await sweepAndLook()).toEqual({ 'first/FR': [1, 2, 3, 4, 5], 'first/DE': [1, 2, 3, 4, 5] });
  });

  it('marks the product whose Amazon tab changed', async () => {
    await sweepAndLook();
    await options.set(
      { shopId: 1, productId: 2, combinationId: 0, marketplaceId: 0 },
      { name: 'price-override', text: '5.00' },
      'anna',
    );
    expect(await sweepAndLook()).toEqual(everywhere(2));
  });

  it('marks both products when their SKUs begin to collide, and both when they do so no more', async () => {
    await sweepAndLook();
    shop.put(1, { reference: 'SAME' });
    shop.put(5, { reference: 'SAME' });
    expect(await sweepAndLook()).toEqual(everywhere(1, 5));
    expect(await sweepAndLook()).toEqual({});
    // Only product 5 changes, but product 1 may be sold again.
    shop.put(5, { reference: 'OTHER' });
    expect(await sweepAndLook()).toEqual(everywhere(1, 5));
    shop.put(5, { reference: 'SAME' });
    await sweepAndLook();
    await options.set(
      { shopId: 1, productId: 5, combinationId: 0, marketplaceId: 0 },
      { name: 'disabled', text: 'yes' },
      'anna',
    );
    expect(await sweepAndLook()).toEqual(everywhere(1, 5));
  });

  it('remembers what it saw only together with its mark', async () => {
    class BrokenQueue extends QueueService {
      override on(transaction: Db): QueueService {
        return new BrokenQueue(transaction, clock);
      }
      override mark(): Promise<number> {
        return Promise.reject(new Error('the queue cannot be written'));
      }
    }
    await expect(makeSweep(new BrokenQueue(database.db, clock)).sweep()).rejects.toThrow('the queue cannot be written');
    expect(await database.db('last_seen')).toEqual([]);
    expect(await sweepAndLook()).toEqual(everywhere(1, 2, 3, 4, 5));
  });

  it('that is stopped in the middle loses nothing: the next one finds the rest', async () => {
    const stopping = new AbortController();
    const stopped = sweeps.sweep({ signal: stopping.signal, onProgress: () => stopping.abort(new Error('stop')) });
    await expect(stopped).rejects.toThrow('stop');
    const first = await marked();
    expect(first['second/FR']).toBeUndefined();
    const rest = await sweepAndLook();
    expect([...(first['first/FR'] ?? []), ...(rest['first/FR'] ?? [])].toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect(rest['second/FR']).toEqual([1, 2, 3, 4, 5]);
  });

  it('tells which products changed for an account since an instant', async () => {
    const changed = async (shopId: number, sinceMs: number) =>
      (await changedPages(firstAccount, shopId, sinceMs)).flat();
    await sweeps.sweep();
    const firstMs = clock.nowMs();
    clock.advance(MINUTE_MS);
    shop.put(2, { stockQuantity: 1 });
    await sweeps.sweep();
    expect(await changed(1, firstMs)).toEqual([1, 2, 3, 4, 5]);
    expect(await changed(1, firstMs + 1)).toEqual([2]);
    expect(await changed(2, 0)).toEqual([]);
    expect(await changedPages(firstAccount + 99, 1, 0)).toEqual([]);
  });

  it('tells them page by page, however many there are', async () => {
    const row = { account_id: firstAccount, shop_id: 1, fingerprint: 'f', seen_at_ms: 7 };
    const productIds = Array.from({ length: 2_500 }, (_, index) => 3 * index + 1);
    for (let start = 0; start < productIds.length; start += 500)
      await database
        .db('last_seen')
        .insert(productIds.slice(start, start + 500).map((product_id) => ({ ...row, product_id })));
    const pages = await changedPages(firstAccount, 1, 7);
    expect(pages.flat()).toEqual(productIds);
    expect(pages.map((page) => page.length)).toEqual([1_000, 1_000, 500]);
  });

  const changedPages = async (accountId: number, shopId: number, sinceMs: number) => {
    const pages: (readonly number[])[] = [];
    for await (const page of sweeps.changedSince({ accountId, shopId }, sinceMs)) pages.push(page);
    return pages;
  };
});
