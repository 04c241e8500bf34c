import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePrice } from '../../../src/core/money.js';
import type { CatalogueItem, Shop } from '../../../src/shop/catalogue.js';
import { openShop } from '../../../src/shop/open-shop.js';
import {
  loadPrestashopDump,
  type PrestashopDatabase,
  whyNoPrestashopDatabase,
} from '../../support/prestashop-database.js';
import { addSpecificPrices, readDatedPrices } from '../../support/prestashop-dated-prices.js';
import { itemsOf, PLAIN_QUERY } from '../../support/prestashop-items.js';

const reason = whyNoPrestashopDatabase();
const { at, cases } = readDatedPrices();

describe.skipIf(reason !== null)(`dated specific prices of a PrestaShop database (${reason ?? 'fixture'})`, () => {
  let database: PrestashopDatabase;
  let shop: Shop;
  let items: readonly CatalogueItem[];

  beforeAll(async () => {
    database = await loadPrestashopDump('prestashop-8.2.1');
    for (const { productId, rows } of cases) await addSpecificPrices(database.knex, productId, rows);
    shop = openShop(database.url);
    items = await itemsOf(shop.catalogue(1), { ...PLAIN_QUERY, atMs: Date.parse(at) });
  });
  afterAll(async () => {
    await shop?.close();
    await database?.drop();
  });

  it.each(cases)('$name', ({ productId, combinationId, standard, steps }) => {
    const item = items.find((one) => one.productId === productId && one.combinationId === combinationId);
    expect(item?.prices).toEqual([
      {
        standard: parsePrice(standard),
        steps: steps.map((step) => ({
          startMs: Date.parse(step.start),
          endMs: Date.parse(step.end),
          price: parsePrice(step.price),
          standard: parsePrice(step.standard),
        })),
      },
    ]);
  });

  it('say when the next one begins or ends', async () => {
    const catalogue = shop.catalogue(1);
    const next = async (after: string) => {
      const ms = await catalogue.nextPriceChangeMs(Date.parse(after));
      return ms === null ? null : new Date(ms).toISOString();
    };
    expect(await next(at)).toBe('2026-11-22T09:00:00.000Z');
    expect(await next('2026-11-20T09:00:40Z')).toBe('2026-11-20T09:01:00.000Z');
    expect(await next('2026-12-26T19:00:30Z')).toBe('2026-12-26T19:01:00.000Z');
    expect(await next('2041-01-01T00:00:00Z')).toBeNull();
  });

  it('of the whole catalogue (product 0) hold for a product that has none of its own', async () => {
    const priceOf12 = async () => {
      const selection = { kind: 'products', productIds: [12] } as const;
      const [item] = await itemsOf(shop.catalogue(1), { ...PLAIN_QUERY, selection, atMs: Date.parse(at) });
      return item?.prices;
    };
    await database.knex('ps_specific_price').where({ id_product: 12 }).del();
    const [before] = (await priceOf12()) ?? [];
    const standard = before !== undefined && 'standard' in before ? before.standard : 0n;
    await addSpecificPrices(database.knex, 0, [{ reduction: '0.250000', reduction_type: 'percentage' }]);
    expect(standard).toBeGreaterThan(0n);
    expect(await priceOf12()).toEqual([{ standard: (standard * 3n) / 4n, steps: [] }]);
  });
});
