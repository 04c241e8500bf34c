import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Catalogue, NO_STOCK, type Shop, type StockDigests } from '../../../src/shop/catalogue.js';
import { openShop } from '../../../src/shop/open-shop.js';
import { openPrestashopDatabase } from '../../../src/shop/prestashop-database/prestashop-database.js';
import { ShopClock } from '../../../src/shop/price-engine/shop-clock.js';
import { StockDigest } from '../../../src/shop/stock-digest.js';
import {
  loadPrestashopDump,
  type PrestashopDatabase,
  whyNoPrestashopDatabase,
} from '../../support/prestashop-database.js';
import { PLAIN_QUERY } from '../../support/prestashop-items.js';
import { copyShopToSqlite } from '../../support/prestashop-sqlite.js';

const reason = whyNoPrestashopDatabase();
const MINUTE_MS = 60_000;

describe.skipIf(reason !== null)(`stock digests of a PrestaShop database (${reason ?? 'real'})`, () => {
  let database: PrestashopDatabase;
  let shop: Shop;
  let rows: Knex;
  beforeAll(async () => {
    database = await loadPrestashopDump('prestashop-8.2.1-multistore');
    shop = openShop(`${database.url},2,3,4`);
    rows = database.knex;
    await rows.raw("SET SESSION sql_mode = ''");
    // A pack of a pack: product 17 holds 16, and 16 holds combination 1 of product 1.
    await rows('ps_pack').insert([
      { id_product_pack: 17, id_product_item: 16, id_product_attribute_item: 0, quantity: 1 },
      { id_product_pack: 16, id_product_item: 1, id_product_attribute_item: 1, quantity: 2 },
    ]);
  });
  afterAll(async () => {
    await shop?.close();
    await database?.drop();
  });

  const byStretches = async (catalogue: Catalogue) => {
    const found = new Map<number, string>();
    for await (const stretch of catalogue.stockStretches()) {
      const products = await stretch.products();
      const sum = new StockDigest();
      for (const [id, digest] of products) {
        found.set(id, digest);
        sum.add(digest);
      }
      expect(stretch.digest).toBe(sum.toString());
    }
    return found;
  };
  const byBatches = async (catalogue: Catalogue): Promise<StockDigests> => {
    const found = new Map<number, string>();
    for await (const batch of catalogue.batches(PLAIN_QUERY))
      for (const [id, digest] of batch.stockDigests()) found.set(id, digest);
    return found;
  };
  /** Products of shop 1, or another, whose digest a change moves; the change is taken back. */
  const movedBy = async (table: string, where: object, change: object, shopId = 1) => {
    const before = await byStretches(shop.catalogue(shopId));
    const old = await rows(table).where(where).first(Object.keys(change));
    expect(old).toBeDefined();
    await rows(table).where(where).update(change);
    const after = await byStretches(shop.catalogue(shopId));
    await rows(table).where(where).update(old);
    expect(await byStretches(shop.catalogue(shopId))).toEqual(before);
    return [...after].filter(([id, digest]) => before.get(id) !== digest).map(([id]) => id);
  };
  const stockOf = (id_product: number, id_product_attribute: number) => ({
    ...{ id_product, id_product_attribute, id_shop: 1, id_shop_group: 0 },
  });

  it('are the same in a stretch and in a batch, for every product of every shop', async () => {
    for (const shopId of shop.shopIds) {
      const stretches = await byStretches(shop.catalogue(shopId));
      expect(stretches).toEqual(await byBatches(shop.catalogue(shopId)));
      expect([...stretches.values()].filter((digest) => digest !== NO_STOCK).length).toBeGreaterThan(3);
    }
  });

  it('are the same where the shop is an SQLite file', async () => {
    const copy = await copyShopToSqlite(rows);
    const small = openPrestashopDatabase({ knex: copy, prefix: 'ps_', shopIds: [1, 3], where: 'a copy' });
    for (const shopId of [1, 3]) {
      const found = await byStretches(small.catalogue(shopId));
      expect(found).toEqual(await byStretches(shop.catalogue(shopId)));
      expect(found).toEqual(await byBatches(small.catalogue(shopId)));
    }
    await small.close();
  });

  it('move with a quantity, also a negative one, of product and combination', async () => {
    expect(await movedBy('ps_stock_available', stockOf(1, 1), { quantity: -3 })).toEqual([1, 16, 17]);
    expect(await movedBy('ps_stock_available', stockOf(6, 0), { quantity: 11 })).toEqual([6]);
  });

  it('move when two combinations change their quantities with each other', async () => {
    const quantities = (first: number, second: number) =>
      Promise.all([
        rows('ps_stock_available').where(stockOf(2, 9)).update({ quantity: first }),
        rows('ps_stock_available').where(stockOf(2, 10)).update({ quantity: second }),
      ]);
    await quantities(5, 8);
    const before = await byStretches(shop.catalogue(1));
    await quantities(8, 5);
    const after = await byStretches(shop.catalogue(1));
    expect([...after].filter(([id, digest]) => before.get(id) !== digest).map(([id]) => id)).toEqual([2]);
  });

  it('move with out_of_stock of the product, not with that of a combination', async () => {
    expect(await movedBy('ps_stock_available', stockOf(1, 0), { out_of_stock: 1 })).toEqual([1]);
    expect(await movedBy('ps_stock_available', stockOf(1, 2), { out_of_stock: 1 })).toEqual([]);
  });

  it('do not move with rows of another shop, or of the form that does not count', async () => {
    expect(await movedBy('ps_stock_available', { ...stockOf(1, 1), id_shop: 2 }, { quantity: 77 })).toEqual([]);
    expect(await movedBy('ps_stock_available', { ...stockOf(1, 1), id_shop: 2 }, { quantity: 77 }, 2)).toContain(1);
    const [stale] = await rows('ps_stock_available').where({ id_shop: 0, id_shop_group: 2 }).limit(1);
    const key = { id_stock_available: stale.id_stock_available };
    expect(await movedBy('ps_stock_available', key, { quantity: 4_711 })).toEqual([]);
    expect(await movedBy('ps_stock_available', key, { quantity: 4_711 }, 3)).toContain(stale.id_product);
  });

  it('move where the group begins to share its stock, and where the shop sells by default when it has none', async () => {
    expect((await movedBy('ps_shop_group', { id_shop_group: 2 }, { share_stock: 0 }, 3)).length).toBeGreaterThan(3);
    const everywhere = { name: 'PS_ORDER_OUT_OF_STOCK', id_shop: null, id_shop_group: null };
    if ((await rows('ps_configuration').where(everywhere)).length === 0)
      await rows('ps_configuration').insert({
        ...everywhere,
        value: '0',
        date_add: '2026-01-01',
        date_upd: '2026-01-01',
      });
    const byDefault = await movedBy('ps_configuration', everywhere, { value: '1' });
    const own = await rows('ps_stock_available')
      .where({ id_product_attribute: 0, id_shop: 1, out_of_stock: 2 })
      .pluck('id_product');
    expect(byDefault.sort((one, other) => one - other)).toEqual(own.sort((one: number, other: number) => one - other));
  });

  it('leave out what a removed product left behind', async () => {
    await rows('ps_product').where({ id_product: 15 }).update({ id_product: 14_999 });
    const found: number[] = [];
    for await (const stretch of shop.catalogue(1).stockStretches()) found.push(...(await stretch.products()).keys());
    await rows('ps_product').where({ id_product: 14_999 }).update({ id_product: 15 });
    expect(found).toContain(14);
    expect(found).not.toContain(15);
  });

  it('come with the products whose price the clock changes, at each instant that its zone gives a date', async () => {
    const clock = new ShopClock('Europe/Paris');
    // Twice in autumn, never in spring.
    const dates = ['2026-10-25 02:30:00', '2027-03-28 02:30:00', '2026-12-24 00:00:00'];
    const row = {
      id_shop: 0,
      id_shop_group: 0,
      id_currency: 0,
      id_country: 0,
      id_group: 0,
      id_customer: 0,
      id_cart: 0,
    };
    const terms = { price: -1, from_quantity: 1, reduction: 0.1, reduction_tax: 1, reduction_type: 'percentage' };
    const none = '0000-00-00 00:00:00';
    const base = { ...row, ...terms, id_specific_price_rule: 0, id_product_attribute: 0 };
    for (const [index, date] of dates.entries()) {
      await rows('ps_specific_price').insert({ ...base, id_product: 10 + index, from: date, to: none });
      await rows('ps_specific_price').insert({ ...base, id_product: 13 + index, from: none, to: date });
    }
    const repriced = async (afterMs: number, untilMs: number) => {
      const found: number[] = [];
      for await (const page of shop.catalogue(1).repricedBetween(afterMs, untilMs)) found.push(...page);
      return found;
    };
    for (const [index, date] of dates.entries())
      for (const [productId, instants] of [
        [10 + index, clock.startInstants(date)],
        [13 + index, clock.endInstants(date)],
      ] as const)
        for (const instant of instants) {
          expect(await repriced(instant - MINUTE_MS, instant)).toContain(productId);
          expect(await repriced(instant, instant + MINUTE_MS)).not.toContain(productId);
        }
    expect(await repriced(0, Date.parse('2027-06-01T00:00:00Z'))).toEqual(
      expect.arrayContaining([10, 11, 12, 13, 14, 15]),
    );
    await rows('ps_specific_price').insert({ ...base, id_product: 0, from: '2026-11-27 00:00:00', to: none });
    const [start] = clock.startInstants('2026-11-27 00:00:00');
    expect((await repriced((start ?? 0) - 1, start ?? 0))[0]).toBe(0);
  });
});
