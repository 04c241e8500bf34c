import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupBy } from '../../../../src/core/group-by.js';
import type { CatalogueItem } from '../../../../src/shop/catalogue.js';
import { BOARD, CARD, DESK, LISTED, ListedShop } from '../../../support/export-listed-shop.js';
import { itemsOf, PLAIN_QUERY } from '../../../support/prestashop-items.js';
import { openTestDatabase, type TestDatabase } from '../../../support/test-databases.js';

let database: TestDatabase;
let listed: ListedShop;
let sellable: readonly CatalogueItem[];
beforeAll(async () => {
  database = await openTestDatabase('SQLite');
  listed = await ListedShop.open(database.url);
  const items = await itemsOf(listed.shop.program.shop.catalogue(1), PLAIN_QUERY);
  sellable = items.filter(
    ({ inShop, draft, active, availableForOrder, virtual, minimalQuantity }) =>
      inShop && !draft && active && availableForOrder && !virtual && minimalQuantity <= 1,
  );
});
afterAll(async () => {
  await listed?.close();
  await database?.drop();
});

async function effectOf(source: string) {
  const { program } = listed.shop;
  const scope = { kind: 'account', accountId: listed.account.id } as const;
  return program.skuSourcePreview.count(await program.settings.plan('sku-source', source, scope));
}

describe('Another SKU source', () => {
  it('takes nothing off Amazon and puts nothing there while the account has no listing', async () => {
    expect(await effectOf('ids')).toEqual({ listings: 0, withdrawn: 0, created: 0 });
  });

  it('withdraws what Amazon has and creates what could be sold, as counting item by item finds', async () => {
    await listed.send(LISTED.map((one) => one.id));
    await listed.calmDown();
    expect(await effectOf('ids')).toEqual({ listings: 3, withdrawn: 3, created: sellable.length });
    expect(await effectOf('reference')).toEqual({ listings: 0, withdrawn: 0, created: 0 });
  });

  it('creates nothing of codes that are missing or shared, and withdraws no listing of an item with such a one', async () => {
    const { db } = listed.office;
    await db('ps_product').where({ id_product: BOARD.id }).update({ ean13: '' });
    await db('ps_product').whereIn('id_product', [DESK.id, 44]).update({ ean13: '4006381333931' });
    const codes = sellable.map((item) => {
      if (item.productId === BOARD.id) return '';
      return item.productId === DESK.id || item.productId === 44 ? '4006381333931' : item.ean13;
    });
    const groups = groupBy(codes, (code) => code);
    const sound = codes.filter((code) => !/^0*$/.test(code) && groups.get(code)?.length === 1);
    expect(sellable.filter((item) => item.productId === 44)).toHaveLength(1);
    expect(await effectOf('ean13')).toEqual({ listings: 3, withdrawn: 1, created: sound.length });
  });

  it('keeps a SKU that an item would carry under it too', async () => {
    const { db } = listed.office;
    await db('ps_product').where({ id_product: CARD.id }).update({ ean13: CARD.sku });
    expect(await effectOf('ean13')).toMatchObject({ listings: 3, withdrawn: 0 });
  });
});
