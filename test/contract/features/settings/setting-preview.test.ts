import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Clock } from '../../../../src/core/clock.js';
import type { SettingName } from '../../../../src/features/settings/setting-definitions.js';
import { type PreviewLimits, SettingPreview } from '../../../../src/features/settings/setting-preview.js';
import type { SettingScope } from '../../../../src/features/settings/setting-scope.js';
import { addSeller, type ExportProgram, openExportProgram } from '../../../support/export-program.js';
import { openTestDatabase, type TestDatabase } from '../../../support/test-databases.js';

const everywhere: SettingScope = { kind: 'global' };
const PRODUCTS = 200;

let database: TestDatabase;
let shop: ExportProgram;
beforeAll(async () => {
  database = await openTestDatabase('SQLite');
  shop = await openExportProgram({ databaseUrl: database.url });
  await addSeller(shop, { countries: ['FR', 'DE'] });
  await addSeller(shop, { name: 'other', countries: ['FR'] });
  await shop.program.sweep.sweep();
  await database.db('queue').delete();
});
afterAll(async () => {
  await shop.close();
  await database.drop();
});
beforeEach(async () => {
  await database.db('setting').delete();
});

const count = async (
  name: SettingName,
  text: string,
  options: { scope?: SettingScope; limits?: PreviewLimits; clock?: Clock } = {},
) => {
  const { program } = shop;
  const change = await program.settings.plan(name, text, options.scope ?? everywhere);
  return new SettingPreview({ ...program, clock: options.clock ?? shop.clock }, options.limits).count(change);
};

it('The preview of a setting counts an item once on each marketplace that would be marked', async () => {
  const all = await count('handling-time', '3');
  expect(all).toMatchObject({ products: 2 * PRODUCTS, computedProducts: 2 * PRODUCTS });
  const [france] = await shop.program.accounts.marketplaces();
  if (france === undefined) throw new Error('Expected a marketplace.');
  const scope = { kind: 'marketplace', marketplaceId: france.id, accountId: france.accountId } as const;
  const one = await count('price-rules', '0-:+1', { scope });
  expect(one).toMatchObject({ products: PRODUCTS, computedProducts: PRODUCTS, offers: all.offers / 3 });
});

it('The preview of a setting finds exactly the offers that would be other ones', async () => {
  const forced = { shopId: 1, productId: 1, combinationId: 0, marketplaceId: 0 };
  await shop.program.options.set(forced, { name: 'force-in-stock', text: 'yes' }, 'test');
  const selection = { kind: 'products', productIds: [1] } as const;
  const query = { selection, priceViews: [], textLanguages: [], withImages: false, atMs: shop.clock.nowMs() };
  let items = 0;
  for await (const batch of shop.program.shop.catalogue(1).batches(query)) items += batch.items.length;
  expect(items).toBeGreaterThan(1);
  expect((await count('fixed-quantity', '3')).changedOffers).toBe(3 * items);
  await shop.program.options.clear(forced, 'test');
});

it('The preview of a setting counts none for a value that holds already, one that enters no offer, or a part that is not sent', async () => {
  const nothing = { products: 0, computedProducts: 0, offers: 0, changedOffers: 0 };
  expect(await count('reserve', '0')).toEqual(nothing);
  expect(await count('products-per-claim', '7')).toEqual(nothing);
  expect(await count('browse-node', '1571271031')).toMatchObject({ products: 2 * PRODUCTS, changedOffers: 0 });
});

it('The preview of a setting counts every offer when a part is sent no more', async () => {
  const { offers, changedOffers } = await count('parts', 'offer,price');
  expect(changedOffers).toBe(offers);
});

it('The preview of a setting computes a sample of many products and estimates the rest', async () => {
  const limits = { sampleProducts: 40, productsPerBatch: 15, budgetMs: 1_000 };
  const [all, some] = [await count('price-rules', '0-:+1'), await count('price-rules', '0-:+1', { limits })];
  expect(some).toMatchObject({ products: 2 * PRODUCTS, computedProducts: 2 * 40 });
  expect(some.changedOffers / all.changedOffers).toBeGreaterThan(0.7);
  expect(some.changedOffers / all.changedOffers).toBeLessThan(1.3);
});

it('The preview of a setting that takes too long is made of one batch of each account', async () => {
  let nowMs = shop.clock.nowMs();
  // Every look at this clock takes longer than there is time.
  const slow: Clock = {
    nowMs: () => {
      nowMs += 5_000;
      return nowMs;
    },
  };
  const limits = { sampleProducts: 100, productsPerBatch: 10, budgetMs: 1_000 };
  expect(await count('handling-time', '3', { limits, clock: slow })).toMatchObject({
    products: 2 * PRODUCTS,
    computedProducts: 2 * 10,
  });
});

it('The preview of a setting changes nothing', async () => {
  const tables = async () =>
    JSON.stringify([await database.db('queue'), await database.db('setting'), await database.db('last_seen')]);
  const before = await tables();
  await count('sku-source', 'ids');
  expect(await tables()).toBe(before);
});
