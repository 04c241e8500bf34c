import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PREFIX, demoSchema } from '../../../src/shop/demo-shop/demo-schema.js';
import { type DemoShop, openDemoShop } from '../../../src/shop/demo-shop/open-demo-shop.js';
import { SHOP_TABLES } from '../../../src/shop/prestashop-database/shop-tables.js';
import { demoFolder, demoProduct, readItems, SEEDING_DAY } from './demo-shop-file.js';

let folder: Awaited<ReturnType<typeof demoFolder>>;
let shop: DemoShop;

beforeAll(async () => {
  folder = await demoFolder();
  shop = await openDemoShop({ file: folder.file, now: SEEDING_DAY });
});
afterAll(async () => {
  await shop.close();
  folder.remove();
});

describe('the demo shop behind the catalogue port', () => {
  it('passes the check that a real PrestaShop database must pass', async () => {
    await expect(shop.check()).resolves.toBeUndefined();
    const made = new Set(demoSchema.join(' ').match(/CREATE TABLE (\w+)/g));
    for (const table of Object.keys(SHOP_TABLES)) expect(made).toContain(`CREATE TABLE ${DEMO_PREFIX}${table}`);
  });

  it('says what it is: zone, languages, currencies, visitors', async () => {
    expect(await shop.catalogue(1).context()).toEqual({
      shopId: 1,
      name: 'Maison Demo',
      timeZone: 'Europe/Paris',
      baseUrl: 'https://demo-shop.example/',
      languages: ['en', 'fr', 'de', 'es', 'it'],
      defaultLanguage: 'fr',
      currencies: [
        { iso: 'EUR', decimals: 2 },
        { iso: 'GBP', decimals: 2 },
      ],
      defaultCurrency: 'EUR',
      roundingMode: 'half-up',
      visitorGroupId: 1,
      stockManagement: true,
    });
  });

  it('gives whole products in key order, whatever the size of a batch', async () => {
    const whole = await readItems(shop);
    const keys = whole.map((item) => item.productId * 10_000 + item.combinationId);
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
    expect(await readItems(shop, { productsPerBatch: 7 })).toEqual(whole);
    expect(whole.filter((item) => item.inShop).length).toBeGreaterThanOrEqual(400);
  });

  it('gives every sellable item a price, and its texts in five languages', async () => {
    const items = await readItems(shop, { textLanguages: ['fr', 'de', 'en', 'es', 'it'] });
    const sold = items.filter((item) => item.inShop);
    expect(sold.filter((item) => !item.prices[0] || 'fault' in item.prices[0])).toEqual([]);
    expect(sold.filter((item) => item.texts?.size !== 5)).toEqual([]);
    const jacket = items.find((item) => item.reference === 'JACKET-01-M-GRN');
    expect(jacket?.texts?.get('de')).toMatchObject({
      name: 'Regenjacke Bourrasque',
      attributes: [
        { group: 'Größe', value: 'M' },
        { group: 'Farbe', value: 'Tannengrün' },
      ],
      fallback: false,
    });
    expect([...(jacket?.texts?.get('it')?.tags ?? [])].sort()).toEqual(['giacca', 'pioggia']);
    expect(jacket?.supplierReference).toMatch(/^HKN\d{4}\/5$/);
  });

  it('finds products by category, in the leaf and in every category above it', async () => {
    const pan = demoProduct('PAN-01').productId;
    const [item] = await readItems(shop, { selection: { kind: 'products', productIds: [pan] } });
    expect(item?.categoryIds.length).toBe(3);
    for (const categoryId of item?.categoryIds ?? []) {
      const found = await readItems(shop, { selection: { kind: 'category', categoryId } });
      expect(found.some((one) => one.productId === pan)).toBe(true);
    }
  });

  it('serves only the contexts it was opened for', () => {
    expect(shop.shopIds).toEqual([1]);
    expect(() => shop.catalogue(2)).toThrow(/2/);
  });
});
