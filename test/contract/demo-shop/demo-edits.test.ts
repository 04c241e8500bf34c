import { copyFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CatalogueItem } from '../../../src/shop/catalogue.js';
import { createDemoEdits, type DemoEdits } from '../../../src/shop/demo-shop/demo-edits.js';
import { type DemoShop, openDemoShop } from '../../../src/shop/demo-shop/open-demo-shop.js';
import { seedDemoShop } from '../../../src/shop/demo-shop/seed-demo-shop.js';
import { demoFolder, demoProduct, readItems, SEEDING_DAY } from './demo-shop-file.js';

const knife = demoProduct('KNIFE-01');
const board = demoProduct('BOARD-02');
const [small = 0, large = 0] = knife.combinationIds;

let folder: Awaited<ReturnType<typeof demoFolder>>;
let copy: string;
let shop: DemoShop;
let edits: DemoEdits;

let copies = 0;

beforeAll(async () => {
  folder = await demoFolder();
  await seedDemoShop({ file: folder.file, now: SEEDING_DAY });
});
afterAll(() => folder.remove());

beforeEach(async () => {
  copies += 1;
  copy = `${folder.file}-${copies}`;
  copyFileSync(folder.file, copy);
  shop = await openDemoShop({ file: copy, now: SEEDING_DAY });
  edits = createDemoEdits({ db: shop.database, clock: { nowMs: () => SEEDING_DAY.getTime() } });
});
afterEach(() => shop.close());

async function itemsOf(productId: number): Promise<readonly CatalogueItem[]> {
  return readItems(shop, { selection: { kind: 'products', productIds: [productId] } });
}

async function datesOf(productId: number): Promise<readonly string[]> {
  const product = await shop.database('ps_product').where({ id_product: productId }).pluck('date_upd');
  return [
    ...product,
    ...(await shop.database('ps_product_shop').where({ id_product: productId, id_shop: 1 }).pluck('date_upd')),
  ];
}

async function stockRow(productId: number, combinationId: number) {
  const key = { id_product: productId, id_product_attribute: combinationId, id_shop: 1, id_shop_group: 0 };
  return shop.database('ps_stock_available').where(key).first();
}

const TODAY = '2026-11-21 16:00:00';

describe('edits in the demo shop', () => {
  it('set the stock of a combination, and the product’s row to the sum', async () => {
    const before = await datesOf(knife.productId);
    await edits.setStock(knife.productId, small, -2);
    await edits.setStock(knife.productId, large, 500);
    const items = await itemsOf(knife.productId);
    expect(items.map((item) => item.stockQuantity)).toEqual([-2, 500, knife.combinations[2]?.stock]);
    expect(await stockRow(knife.productId, 0)).toMatchObject({ quantity: 498 + (knife.combinations[2]?.stock ?? 0) });
    expect(await stockRow(knife.productId, large)).toMatchObject({
      quantity: 500,
      physical_quantity: 500,
      reserved_quantity: 0,
    });
    expect(await datesOf(knife.productId)).toEqual(before);
  });

  it('set the stock of a simple product, which moves its date of change', async () => {
    await edits.setStock(board.productId, 0, 77);
    expect((await itemsOf(board.productId)).map((item) => item.stockQuantity)).toEqual([77]);
    expect(await datesOf(board.productId)).toEqual([TODAY, TODAY]);
  });

  it('make the stock row that was missing, and leave a stale one alone', async () => {
    const missing = demoProduct('missing-stock-row').productId;
    const stale = demoProduct('stale-stock-row').productId;
    await edits.setStock(missing, 0, 4);
    await edits.setStock(stale, 0, 5);
    expect((await itemsOf(missing)).map((item) => item.stockQuantity)).toEqual([4]);
    const quantities = await shop
      .database('ps_stock_available')
      .where({ id_product: stale })
      .orderBy('id_shop')
      .pluck('quantity');
    expect(quantities).toEqual([480, 5]);
  });

  it('set a price with six decimals, which all combinations follow', async () => {
    await edits.setPrice(knife.productId, '40.5');
    const prices = (await itemsOf(knife.productId)).map((item) => item.prices[0]);
    expect(await shop.database('ps_product_shop').where({ id_product: knife.productId }).pluck('price')).toEqual([
      '40.500000',
    ]);
    expect(prices).toEqual(
      ['48.6', '55.8', '63.6'].map((price) => ({ standard: BigInt(Number(price) * 10) * 10n ** 11n, steps: [] })),
    );
    expect(await datesOf(knife.productId)).toEqual([TODAY, TODAY]);
  });

  it('rename the reference of a product and of a combination', async () => {
    const before = await datesOf(knife.productId);
    await edits.renameReference(board.productId, 0, 'BOARD-NEW');
    await edits.renameReference(knife.productId, small, 'KNIFE-NEW');
    expect((await itemsOf(board.productId)).map((item) => item.reference)).toEqual(['BOARD-NEW']);
    expect((await itemsOf(knife.productId)).map((item) => item.reference)).toEqual([
      'KNIFE-NEW',
      'KNIFE-01-L20',
      'KNIFE-01-L24',
    ]);
    expect(await datesOf(board.productId)).toEqual([TODAY, TODAY]);
    expect(await datesOf(knife.productId)).toEqual(before);
  });

  it('switch a product off and on', async () => {
    await edits.setActive(board.productId, false);
    expect((await itemsOf(board.productId)).map((item) => item.active)).toEqual([false]);
    await edits.setActive(board.productId, true);
    expect((await itemsOf(board.productId)).map((item) => item.active)).toEqual([true]);
  });

  it('are kept when the shop is opened again on another day', async () => {
    await edits.setStock(board.productId, 0, 1_234);
    await shop.close();
    shop = await openDemoShop({ file: copy, now: new Date('2027-03-01T00:00:00Z') });
    expect((await itemsOf(board.productId)).map((item) => item.stockQuantity)).toEqual([1_234]);
  });

  it('refuse what the shop does not have, and change nothing', async () => {
    const before = await shop.database('ps_stock_available').orderBy('id_stock_available');
    const unknown = { code: 'DEMO_ITEM_UNKNOWN' };
    await expect(edits.setStock(9_999, 0, 1)).rejects.toMatchObject(unknown);
    await expect(edits.setStock(board.productId, small, 1)).rejects.toMatchObject(unknown);
    // The row of a product with combinations is a sum: nobody sets it by hand.
    await expect(edits.setStock(knife.productId, 0, 1)).rejects.toMatchObject(unknown);
    await expect(edits.setPrice(9_999, '1')).rejects.toMatchObject(unknown);
    await expect(edits.renameReference(board.productId, small, 'X')).rejects.toMatchObject(unknown);
    await expect(edits.setActive(9_999, true)).rejects.toMatchObject(unknown);
    await expect(edits.setStock(board.productId, 0, 1.5)).rejects.toMatchObject({ code: 'INVALID_STOCK_QUANTITY' });
    await expect(edits.setPrice(board.productId, '12,50')).rejects.toMatchObject({ code: 'INVALID_DECIMAL' });
    expect(await shop.database('ps_stock_available').orderBy('id_stock_available')).toEqual(before);
  });
});
