import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyPricesOf } from '../../../src/compose/price-verification.js';
import { formatMinor, parsePrice, roundToMinor } from '../../../src/core/money.js';
import type { CatalogueItem, PriceView, Shop } from '../../../src/shop/catalogue.js';
import { openShop } from '../../../src/shop/open-shop.js';
import {
  loadPrestashopDump,
  type PrestashopDatabase,
  type PrestashopDump,
  whyNoPrestashopDatabase,
} from '../../support/prestashop-database.js';
import { type OraclePrice, readOraclePrices } from '../../support/prestashop-prices.js';
import { sharedFile } from '../../support/shared-material.js';

const reason = whyNoPrestashopDatabase();
const COUNTRIES = new Map([
  ['1', 'DE'],
  ['8', 'FR'],
  ['21', 'US'],
]);
const DECIMALS = new Map([
  ['EUR', 2],
  ['USD', 2],
  ['GBP', 2],
  ['JPY', 0],
]);
const AT_MS = Date.parse('2026-11-21T12:00:00Z');

const SHOPS: readonly { dump: PrestashopDump; shopId: number; prices: string }[] = [
  { dump: 'prestashop-8.2.1', shopId: 1, prices: '8.2.1' },
  { dump: 'prestashop-8.2.1-multistore', shopId: 1, prices: 'multistore-shop1' },
  { dump: 'prestashop-8.2.1-multistore', shopId: 2, prices: 'multistore-shop2' },
];

describe.skipIf(reason !== null)(`prices of real PrestaShop databases (${reason ?? 'measured'})`, () => {
  describe.each(SHOPS)('$dump, shop $shopId', ({ dump, shopId, prices }) => {
    let database: PrestashopDatabase;
    let shop: Shop;
    let oracle: readonly OraclePrice[];

    beforeAll(async () => {
      database = await loadPrestashopDump(dump);
      shop = openShop(`${database.url.replace(/shop=1$/, '')}shop=${shopId}`);
      oracle = readOraclePrices(prices);
    });
    afterAll(async () => {
      await shop?.close();
      await database?.drop();
    });

    it('are those of PrestaShop for every item, currency, country and group at quantity 1', async () => {
      const wanted = oracle.filter((row) => row.quantity === '1' && row.id_customer === '0');
      const views = [...new Set(wanted.map(viewKey))];
      const items = await allItems(shop, shopId, views.map(viewOf));
      const mismatches = wanted.flatMap((row) => {
        const item = items.get(`${row.id_product}-${row.id_product_attribute}`);
        const price = item?.prices[views.indexOf(viewKey(row))];
        const ours = price && 'standard' in price ? rounded(price.standard, row.currency) : 'none';
        const theirs = formatMinor(
          roundToMinor(parsePrice(row.ti_final_rounded), decimalsOf(row), 'half-up'),
          decimalsOf(row),
        );
        return ours === theirs ? [] : [{ ...row, ours }];
      });
      expect(mismatches).toEqual([]);
      expect(wanted.length).toBe(1_728);
    });

    it('are those of PrestaShop with and without tax and reduction, for every quantity and customer, to the last decimal', async () => {
      // The shops of one installation are asked together: each line says which it is about.
      const shopIds = dump === 'prestashop-8.2.1' ? '1' : '1,2';
      const verified = await verifyPricesOf(database.url.replace(/shop=1$/, `shop=${shopIds}`), {
        csv: sharedFile('prestashop', 'prices', `${prices}.csv.gz`),
        ...{ out: null, limit: null, atMs: AT_MS, signal: new AbortController().signal },
      });
      expect(verified).toEqual({ checked: 5_760, mismatches: 0, first: [], unknownColumns: [] });
    });
  });
});

async function allItems(shop: Shop, shopId: number, priceViews: PriceView[]): Promise<Map<string, CatalogueItem>> {
  const items = new Map<string, CatalogueItem>();
  const query = { selection: { kind: 'all' }, priceViews, textLanguages: [], withImages: false, atMs: AT_MS } as const;
  for await (const batch of shop.catalogue(shopId).batches(query))
    for (const item of batch.items) items.set(`${item.productId}-${item.combinationId}`, item);
  return items;
}

function viewKey(row: OraclePrice): string {
  return `${row.currency} ${row.id_country} ${row.id_group}`;
}

function viewOf(key: string): PriceView {
  const [currency = '', country = '', group = ''] = key.split(' ');
  return { currency, country: COUNTRIES.get(country) ?? '', groupId: Number(group), fixedRate: null };
}

function decimalsOf(row: OraclePrice): number {
  return DECIMALS.get(row.currency) ?? 2;
}

function rounded(price: bigint, currency: string): string {
  const decimals = DECIMALS.get(currency) ?? 2;
  return formatMinor(roundToMinor(price, decimals, 'half-up'), decimals);
}
