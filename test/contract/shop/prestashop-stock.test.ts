import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CatalogueItem, Shop } from '../../../src/shop/catalogue.js';
import { openShop } from '../../../src/shop/open-shop.js';
import {
  loadPrestashopDump,
  type PrestashopDatabase,
  whyNoPrestashopDatabase,
} from '../../support/prestashop-database.js';
import { itemsOf, PLAIN_QUERY } from '../../support/prestashop-items.js';

const reason = whyNoPrestashopDatabase();

/** Shop 1 has its own stock, shop 3 that of its group 2. */
const FORMS = [
  { shopId: 1, form: { id_shop: 1, id_shop_group: 0 }, stale: { id_shop: 0, id_shop_group: 1 } },
  { shopId: 3, form: { id_shop: 0, id_shop_group: 2 }, stale: { id_shop: 3, id_shop_group: 0 } },
] as const;

describe.skipIf(reason !== null).each(FORMS)(
  `the stock of shop $shopId of a multistore (${reason ?? 'real'})`,
  (shape) => {
    const { shopId, form, stale } = shape;
    let database: PrestashopDatabase;
    let db: Knex;
    let shop: Shop;
    beforeAll(async () => {
      database = await loadPrestashopDump('prestashop-8.2.1-multistore');
      db = database.knex;
      shop = openShop(`${database.url},2,3,4`);
      await setStock({ id_product: 1, id_product_attribute: 0 }, { quantity: 99, out_of_stock: 0 });
      await setStock({ id_product: 1, id_product_attribute: 1 }, { quantity: 5, out_of_stock: 1 });
      await setStock({ id_product: 6, id_product_attribute: 0 }, { quantity: 8, out_of_stock: 2 });
    });
    afterAll(async () => {
      await shop?.close();
      await database?.drop();
    });

    const setStock = (key: { id_product: number; id_product_attribute: number }, values: object) =>
      db('ps_stock_available')
        .insert({ ...key, ...form, quantity: 0, out_of_stock: 2, ...values })
        .onConflict()
        .merge(values);
    const item = async (productId: number, combinationId = 0): Promise<CatalogueItem | undefined> => {
      const selection = { kind: 'products', productIds: [productId] } as const;
      const items = await itemsOf(shop.catalogue(shopId), { ...PLAIN_QUERY, selection });
      return items.find((one) => one.combinationId === combinationId);
    };
    const stock = async (productId: number, combinationId = 0) => (await item(productId, combinationId))?.stockQuantity;

    it('is the combination’s own row, never the sum of the product, of the form that counts', async () => {
      const keys = { id_product: 1, id_product_attribute: 1, ...stale };
      await db('ps_stock_available').insert({ ...keys, quantity: 777, out_of_stock: 1 });
      expect(await stock(1, 1)).toBe(5);
      expect(await item(1)).toBeUndefined();
      await setStock({ id_product: 1, id_product_attribute: 1 }, { quantity: -4_700 });
      expect(await stock(1, 1)).toBe(-4_700);
    });

    it('is 0 where the row is missing, whatever a stale one of the other form says', async () => {
      const keys = { id_product: 7, id_product_attribute: 0 };
      await db('ps_stock_available').where(keys).del();
      await db('ps_stock_available').insert({ ...keys, ...stale, quantity: 777, out_of_stock: 1 });
      expect(await item(7)).toMatchObject({ stockQuantity: 0, sellsWhenOutOfStock: false });
    });

    it('is read without the figures that the advanced stock and the back office keep beside it', async () => {
      await db('ps_stock_available').update({
        depends_on_stock: 1,
        physical_quantity: 4_000,
        reserved_quantity: 5_000,
      });
      await db('ps_product_shop').update({ advanced_stock_management: 1 });
      expect(await stock(6)).toBe(8);
    });

    it('says whether orders go on at 0 from the row of combination 0 alone, and where that says 2, from the shop', async () => {
      const product = { id_product: 1, id_product_attribute: 0 };
      const sells = async () => (await item(1, 1))?.sellsWhenOutOfStock;
      expect(await sells()).toBe(false);
      await setStock(product, { out_of_stock: 1 });
      await setStock({ id_product: 1, id_product_attribute: 1 }, { out_of_stock: 0 });
      expect(await sells()).toBe(true);
      await setStock(product, { out_of_stock: 2 });
      expect(await sells()).toBe(false);
      await db('ps_configuration').where({ name: 'PS_ORDER_OUT_OF_STOCK' }).update({ value: '1' });
      expect(await sells()).toBe(true);
    });

    it('limits a pack by its components, also by a pack among them, and to 0 by one that is gone', async () => {
      await db('ps_pack').del();
      await db('ps_product').whereIn('id_product', [15, 8]).update({ cache_is_pack: 1 });
      await db('ps_product_shop').whereIn('id_product', [15, 8]).update({ pack_stock_type: 1 });
      const put = (pack: number, [product, combination, quantity]: readonly [number, number, number]) =>
        db('ps_pack').insert({
          id_product_pack: pack,
          id_product_item: product,
          id_product_attribute_item: combination,
          quantity,
        });
      await setStock({ id_product: 1, id_product_attribute: 1 }, { quantity: 43 });
      await setStock({ id_product: 8, id_product_attribute: 0 }, { quantity: 900 });
      await put(15, [8, 0, 2]);
      await put(8, [1, 1, 5]);
      // 43 make 8 of the inner pack, and these 4 of the outer one.
      expect([await stock(15), await stock(8)]).toEqual([4, 8]);
      await db('ps_product_shop').where({ id_product: 8 }).update({ pack_stock_type: 0 });
      expect([await stock(15), await stock(8)]).toEqual([450, 900]);
      await put(15, [4_711, 0, 1]);
      await setStock({ id_product: 4_711, id_product_attribute: 0 }, { quantity: 50 });
      expect(await stock(15)).toBe(0);
    });

    it('changes its rows with the setting of the group, at the next reading', async () => {
      await setStock({ id_product: 6, id_product_attribute: 0 }, { quantity: 8 });
      await db('ps_stock_available')
        .where({ id_product: 6, ...stale })
        .del();
      await db('ps_stock_available').insert({ id_product: 6, id_product_attribute: 0, ...stale, quantity: 61 });
      expect(await stock(6)).toBe(8);
      const group = shopId === 1 ? 1 : 2;
      await db('ps_shop_group')
        .where({ id_shop_group: group })
        .update({ share_stock: shopId === 1 ? 1 : 0 });
      expect(await stock(6)).toBe(61);
    });
  },
);
