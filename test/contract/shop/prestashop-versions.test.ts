import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Shop } from '../../../src/shop/catalogue.js';
import { openShop } from '../../../src/shop/open-shop.js';
import { messagesOf } from '../../support/export-documents.js';
import { addSeller, display, type ExportProgram, openExportProgram } from '../../support/export-program.js';
import {
  loadPrestashopDump,
  type PrestashopDatabase,
  type PrestashopDump,
  whyNoPrestashopDatabase,
} from '../../support/prestashop-database.js';
import { itemsOf, PLAIN_QUERY } from '../../support/prestashop-items.js';

const reason = whyNoPrestashopDatabase();
const EVERYTHING = { ...PLAIN_QUERY, textLanguages: ['fr', 'en'], withImages: true };

/** What the older versions lack, and how many items they are known to hold. */
const VERSIONS = [
  { dump: 'prestashop-1.7.8.11', items: 47, absent: [] },
  {
    dump: 'prestashop-1.6.1.24',
    items: 45,
    absent: [
      'product.state',
      'product.mpn',
      'product_attribute.mpn',
      'currency.precision',
      'product_attribute_shop.ecotax',
    ],
  },
] as const;

const openShops = (dump: PrestashopDump) => {
  const opened: { database: PrestashopDatabase; shop: Shop } = Object.create(null);
  beforeAll(async () => {
    opened.database = await loadPrestashopDump(dump);
    opened.shop = openShop(opened.database.url);
  });
  afterAll(async () => {
    await opened.shop?.close();
    await opened.database?.drop();
  });
  return opened;
};

describe.skipIf(reason !== null).each(VERSIONS)(`a $dump database (${reason ?? 'real'})`, ({ dump, items, absent }) => {
  const opened = openShops(dump);

  it('has the items that plain SQL counts, with texts and pictures, none of them a draft', async () => {
    const { database, shop } = opened;
    const found = await itemsOf(shop.catalogue(1), EVERYTHING);
    expect(found).toHaveLength((await arithmetic(database.knex)).length);
    expect(found).toHaveLength(items);
    expect(found.filter((item) => item.draft || !item.inShop || item.texts?.get('fr')?.name === '')).toEqual([]);
    expect(found.filter((item) => item.imageUrls === null || item.imageUrls.length === 0)).toEqual([]);
    expect(await shop.survey()).toMatchObject({ version: dump.slice('prestashop-'.length), absent });
  });

  it('exports by ids as many items as plain SQL finds, each at the price of its own arithmetic', async () => {
    const { database } = opened;
    const shown = await openExportProgram({ databaseUrl: 'sqlite::memory:', shopUrl: database.url });
    const expected = (await arithmetic(database.knex)).filter((row) => row.sold);
    expect(await exportedPrices(shown)).toEqual(new Map(expected.map(({ ids, price }) => [ids, price])));
    await shown.close();
  });

  it('rounds to the precision of a currency from 1.7.7 on, before as PS_PRICE_DISPLAY_PRECISION says', async () => {
    const { database, shop } = opened;
    const decimals = async () => {
      await shop.check();
      return (await shop.catalogue(1).context()).currencies.map((currency) => currency.decimals);
    };
    const is16 = absent.length > 0;
    if (!is16) await database.knex('ps_currency').update({ precision: 6 });
    await setPrecision(database.knex, '3');
    expect(await decimals()).toEqual([is16 ? 3 : 6]);
    if (!is16) await asBefore177(database.knex);
    expect(await decimals()).toEqual([3]);
    await setPrecision(database.knex, null);
    expect(await decimals()).toEqual([2]);
  });

  it("gives a combination its own ecotax from 1.7 on, before its product's", async () => {
    const { database, shop } = opened;
    const [plain] = await arithmetic(database.knex);
    await database.knex('ps_product_shop').where({ id_product: 1 }).update({ ecotax: 1 });
    await database.knex('ps_product_attribute_shop').where({ id_product: 1 }).update({ ecotax: 50 });
    await database.knex('ps_specific_price').where({ id_product: 1 }).del();
    const [before] = await arithmetic(database.knex);
    const [first] = await itemsOf(shop.catalogue(1), PLAIN_QUERY);
    expect(plain?.ids).toBe('1-1');
    expect(first?.prices[0]).toMatchObject({ standard: cents(Number(before?.price) + (absent.length > 0 ? 1 : 50)) });
  });
});

/** PS_PRICE_DISPLAY_PRECISION, null = never saved. */
async function setPrecision(db: Knex, value: string | null): Promise<void> {
  const name = 'PS_PRICE_DISPLAY_PRECISION';
  await db('ps_configuration').where({ name }).del();
  if (value !== null) await db('ps_configuration').insert({ name, value, date_add: NOW, date_upd: NOW });
}

const NOW = '2026-11-21 12:00:00';

/** 1.7.6 writes 6 into every currency's precision, and minds it not. */
async function asBefore177(db: Knex): Promise<void> {
  await db.raw('ALTER TABLE ps_product DROP COLUMN mpn');
  await db.raw('ALTER TABLE ps_product_attribute DROP COLUMN mpn');
}

describe.skipIf(reason !== null)(`a database that changes its version (${reason ?? 'real'})`, () => {
  const opened = openShops('prestashop-8.2.1');

  it('is read as a 9 as it was as an 8: longer codes, and no advanced stock', async () => {
    const { database, shop } = opened;
    const before = await itemsOf(shop.catalogue(1), EVERYTHING);
    await becomeNine(database.knex);
    const after = await itemsOf(shop.catalogue(1), EVERYTHING);
    expect(after).toEqual(before.map((item) => ({ ...item, ean13: item.ean13 && `0${item.ean13}` })));
    expect(after.filter((item) => item.ean13.length === 14).length).toBeGreaterThan(20);
  });

  it('has what it lost named, and what the account may not see', async () => {
    const { database, shop } = opened;
    const read = () => itemsOf(shop.catalogue(1), PLAIN_QUERY);
    await read();
    await database.knex.raw('ALTER TABLE ps_product CHANGE upc upc_gone VARCHAR(12)');
    await expect(read()).rejects.toThrow();
    await expect(read()).rejects.toThrow('table ps_product has no column upc');
    await database.knex.raw('ALTER TABLE ps_product CHANGE upc_gone upc VARCHAR(12), DROP COLUMN state');
    await expect(read()).rejects.toThrow('table ps_product has no column state');
  });
});

async function becomeNine(db: Knex): Promise<void> {
  for (const table of ['product', 'product_attribute']) {
    await db.raw(`ALTER TABLE ps_${table} MODIFY ean13 VARCHAR(20)`);
    await db(`ps_${table}`).update({ ean13: db.raw("IF(ean13 > '', CONCAT('0', ean13), ean13)") });
  }
  for (const gone of ['warehouse', 'warehouse_product_location', 'stock', 'supply_order'])
    await db.raw(`DROP TABLE IF EXISTS ps_${gone}`);
  await db.raw('ALTER TABLE ps_product_shop DROP COLUMN advanced_stock_management');
  await db.raw('ALTER TABLE ps_stock_available DROP COLUMN depends_on_stock');
}

interface PricedRow {
  readonly ids: string;
  readonly sold: boolean;
  readonly price: string;
}

/** Every item of the default shop with its price as these plain catalogues have it: one percentage, one tax, no group and no ecotax. */
async function arithmetic(db: Knex): Promise<readonly PricedRow[]> {
  const [rows] = await db.raw(`
    SELECT CONCAT_WS('-', p.id_product, c.id_product_attribute) AS ids,
      s.active = 1 AND s.available_for_order = 1 AND p.is_virtual = 0 AS sold,
      ROUND((s.price + COALESCE(c.price, 0)) * (1 + t.rate / 100) * (1 - COALESCE(d.reduction, 0)), 2) AS price
    FROM ps_product p JOIN ps_product_shop s ON s.id_product = p.id_product AND s.id_shop = 1
    LEFT JOIN ps_product_attribute_shop c ON c.id_product = p.id_product AND c.id_shop = 1
    JOIN ps_tax_rule r ON r.id_tax_rules_group = s.id_tax_rules_group AND r.id_country = 8
    JOIN ps_tax t ON t.id_tax = r.id_tax
    LEFT JOIN ps_specific_price d ON d.id_product = p.id_product AND d.reduction_type = 'percentage'
    ORDER BY p.id_product, c.id_product_attribute`);
  return rows.map((row: { ids: string; sold: number; price: string }) => ({ ...row, sold: row.sold === 1 }));
}

/** What the whole program would send to France by ids: prices by SKU. */
async function exportedPrices(shown: ExportProgram): Promise<ReadonlyMap<string, string>> {
  const { account } = await addSeller(shown);
  await shown.program.settings.set('sku-source', 'ids', { kind: 'account', accountId: account.id }, { actor: 'test' });
  const messages = await messagesOf(shown.program, await display(shown, { all: true, marketplace: 'FR' }), 'Price');
  return new Map(
    [...messages].map(([sku, { body }]) => [
      sku,
      (body.StandardPrice as { '#text'?: string } | undefined)?.['#text'] ?? '',
    ]),
  );
}

/** An exact price that is this many units when rounded to cents. */
function cents(units: number): unknown {
  return {
    asymmetricMatch: (exact: unknown) => typeof exact === 'bigint' && Math.abs(Number(exact) / 1e12 - units) < 0.005,
  };
}
