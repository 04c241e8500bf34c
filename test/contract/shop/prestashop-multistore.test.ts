import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Shop } from '../../../src/shop/catalogue.js';
import { openShop } from '../../../src/shop/open-shop.js';
import {
  loadPrestashopDump,
  type PrestashopDatabase,
  whyNoPrestashopDatabase,
} from '../../support/prestashop-database.js';
import { itemsOf, PLAIN_QUERY } from '../../support/prestashop-items.js';

const reason = whyNoPrestashopDatabase();

describe.skipIf(reason !== null)(`a PrestaShop database with four shops (${reason ?? 'real'})`, () => {
  let database: PrestashopDatabase;
  let shop: Shop;

  beforeAll(async () => {
    database = await loadPrestashopDump('prestashop-8.2.1-multistore');
    shop = openShop(`${database.url},2,3,4`);
    await shop.check();
  });
  afterAll(async () => {
    await shop?.close();
    await database?.drop();
  });

  it('gives each shop its own address', async () => {
    const urls = await Promise.all([1, 2, 4].map(async (id) => (await shop.catalogue(id).context()).baseUrl));
    expect(urls).toEqual(['http://127.0.0.1:8081/', 'http://127.0.0.1:8081/outlet/', 'http://127.0.0.1:8081/es-shop/']);
  });

  it('gives a product that a shop does not have as not in the shop, with nothing to sell', async () => {
    const items = await itemsOf(shop.catalogue(4), PLAIN_QUERY);
    const outside = items.filter((item) => !item.inShop);
    expect(outside.map((item) => [item.productId, item.combinationId])).toEqual([
      [9, 22],
      [9, 23],
    ]);
    expect(outside[0]).toMatchObject({ active: false, availableForOrder: false, stockQuantity: 0, cost: null });
    expect(items).toHaveLength(48);
  });

  it('sells a product by itself in a shop that has none of its combinations', async () => {
    await database.knex('ps_product_attribute_shop').where({ id_product: 9, id_shop: 2 }).del();
    const items = (await itemsOf(shop.catalogue(2), PLAIN_QUERY)).filter((item) => item.productId === 9);
    expect(items.map(({ combinationId, inShop }) => [combinationId, inShop])).toEqual([
      [0, true],
      [22, false],
      [23, false],
    ]);
  });

  it("takes the group's stock rows where the group shares its stock, and the shop's own elsewhere", async () => {
    const rows = await database
      .knex('ps_stock_available')
      .where({ id_shop: 0, id_shop_group: 2 })
      .select('id_product', 'id_product_attribute', 'quantity');
    const shared = await itemsOf(shop.catalogue(3), PLAIN_QUERY);
    const quantity = (productId: number, combinationId: number) =>
      shared.find((item) => item.productId === productId && item.combinationId === combinationId)?.stockQuantity;
    const sold = rows.filter((row) => quantity(row.id_product, row.id_product_attribute) !== undefined);
    expect(sold.length).toBeGreaterThan(0);
    for (const row of sold) expect(quantity(row.id_product, row.id_product_attribute)).toBe(row.quantity);
    const total = sold.reduce((sum, row) => sum + row.quantity, 0);
    expect(shared.reduce((sum, item) => sum + item.stockQuantity, 0)).toBe(total);
    const own = await itemsOf(shop.catalogue(1), PLAIN_QUERY);
    expect(own.find((item) => item.combinationId === 1)?.stockQuantity).toBe(300);
    expect(quantity(1, 1)).not.toBe(300);
  });
});
