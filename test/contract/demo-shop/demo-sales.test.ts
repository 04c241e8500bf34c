import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatMinor, roundToMinor } from '../../../src/core/money.js';
import type { CatalogueItem, ItemPrice, PriceView } from '../../../src/shop/catalogue.js';
import { demoSales } from '../../../src/shop/demo-shop/demo-sales.js';
import { type DemoShop, openDemoShop } from '../../../src/shop/demo-shop/open-demo-shop.js';
import { demoFolder, demoProduct, readItems, SEEDING_DAY } from './demo-shop-file.js';

const view = (currency: string, country: string, groupId: number | null = null): PriceView => ({
  ...{ currency, country, groupId },
  fixedRate: null,
});
const VIEWS = {
  fr: view('EUR', 'FR'),
  de: view('EUR', 'DE'),
  gb: view('GBP', 'GB'),
  business: view('EUR', 'FR', 4),
  se: view('SEK', 'SE'),
};
type ViewName = keyof typeof VIEWS;

let folder: Awaited<ReturnType<typeof demoFolder>>;
let shop: DemoShop;
let items: readonly CatalogueItem[];

beforeAll(async () => {
  folder = await demoFolder();
  shop = await openDemoShop({ file: folder.file, now: SEEDING_DAY, shopIds: [1, 2] });
  items = await readItems(shop, { priceViews: Object.values(VIEWS) });
});
afterAll(async () => {
  await shop.close();
  folder.remove();
});

function priceOf(key: string, name: ViewName = 'fr', combination = 0): ItemPrice {
  const item = items.filter((one) => one.productId === demoProduct(key).productId)[combination];
  const price = item?.prices[Object.keys(VIEWS).indexOf(name)];
  if (!price || 'fault' in price) throw new Error(`Expected a price of ${key} for ${name}.`);
  return price;
}

const money = (price: bigint) => formatMinor(roundToMinor(price, 2, 'half-up'), 2);
const local = (ms: number) => DateTime.fromMillis(ms, { zone: 'Europe/Paris' }).toFormat('MM-dd HH:mm');

/** "47.88 | 11-16 00:00 – 12-01 00:00 38.30": the standard price and each window with its own. */
function told(price: ItemPrice): string {
  const steps = price.steps.map((step) => `${local(step.startMs)} – ${local(step.endMs)} ${money(step.price)}`);
  return [money(price.standard), ...steps].join(' | ');
}

/** Worked out by hand from the tables: net price × tax, then the reduction; `to` is inclusive to its minute. */
const cases: readonly (readonly [shows: string, key: string, told: string])[] = [
  ['running-percentage', 'BOARD-01', '47.88 | 11-16 00:00 – 12-01 00:00 38.30'],
  ['running-amount-with-tax', 'DESK-01', '50.40 | 11-16 00:00 – 12-01 00:00 45.40'],
  ['running-amount-without-tax', 'DESK-02', '45.00 | 11-16 00:00 – 12-01 00:00 39.00'],
  ['ended', 'CARD-01', '16.50'],
  ['coming', 'CARD-02', '14.28 | 11-28 00:00 – 12-12 00:00 10.71'],
  ['coming-after-30-days', 'CARD-03', '15.50 | 01-20 00:00 – 02-05 00:00 13.18'],
  ['ends-today', 'FAN-01', '55.30 | 11-15 00:00 – 11-22 00:00 44.24'],
  ['starts-today', 'FAN-02', '45.40 | 11-21 00:00 – 11-28 00:00 38.59'],
  ['without-end', 'LAMP-01', '35.95'],
  ['always', 'LAMP-03', '28.43'],
  ['fixed-price', 'STOVE-01', '49.80 | 11-16 00:00 – 12-01 00:00 35.00'],
  ['fixed-price-with-reduction', 'STOVE-02', '56.00 | 11-16 00:00 – 12-01 00:00 43.20'],
  ['starts-and-ends-mid-day', 'VASE-03', '45.90 | 11-19 12:00 – 11-27 18:01 36.72'],
  ['without-a-whole-day', 'CLOCK-01', '55.90 | 11-22 10:00 – 11-22 16:01 41.92'],
  ['over-one-night', 'CLOCK-02', '65.00 | 11-23 20:00 – 11-24 06:01 48.75'],
  ['seconds-from-midnight', 'SCALE-01', '40.00 | 11-18 00:01 – 11-30 00:00 36.00'],
  ['dearer', 'CLOCK-03', '49.50 | 11-16 00:00 – 12-01 00:00 66.00'],
  ['whole-price-reduced', 'GRINDER-02', '149.40 | 11-22 00:00 – 11-27 00:00 0.00'],
  ['with-ecotax', 'LIGHT-01', '95.10 | 11-16 00:00 – 12-01 00:00 80.84'],
  ['overlap-hidden', 'SLEEP-01', '106.80 | 11-18 00:00 – 12-12 00:00 96.12'],
  [
    'overlap-seen',
    'SLEEP-02',
    '115.00 | 11-18 00:00 – 11-23 00:00 103.50 | 11-23 00:00 – 11-28 00:00 80.50 | 11-28 00:00 – 12-12 00:00 103.50',
  ],
  [
    'one-after-another',
    'GRINDER-01',
    '129.40 | 11-19 00:00 – 11-25 00:00 116.46 | 11-25 00:00 – 12-02 00:00 103.52 | 12-06 00:00 – 12-12 00:00 90.58',
  ],
  ['from-five-pieces', 'VASE-01', '34.90'],
  ['one-customer', 'BASKET-03', '58.50'],
  ['one-cart', 'BASKET-03', '58.50'],
  ['hand-before-rule', 'KETTLE-01', '89.40 | 11-16 00:00 – 12-01 00:00 80.46'],
  ['other-shop', 'THROW-01', '79.90'],
  ['season', 'JACKET-02', '100.80 | 11-13 00:00 – 12-08 00:00 70.56'],
];

describe('the sales of the demo shop, priced through the port', () => {
  it.each(cases)('%s (%s) tells %s', (shows, key, expected) => {
    expect(demoSales.some((sale) => sale.shows === shows && sale.product === key)).toBe(true);
    expect(told(priceOf(key))).toBe(expected);
  });

  it('touch one combination, let it go before the product, or set its price', () => {
    expect([0, 1, 2].map((at) => told(priceOf('PAN-01', 'fr', at)))).toEqual([
      '35.94',
      '41.94 | 11-16 00:00 – 12-01 00:00 33.55',
      '49.14',
    ]);
    expect(told(priceOf('PAN-02', 'fr', 0))).toBe('41.00 | 11-16 00:00 – 12-01 00:00 28.70');
    expect(told(priceOf('PAN-02', 'fr', 2))).toBe('54.20 | 11-16 00:00 – 12-01 00:00 48.78');
    expect(told(priceOf('PAN-03', 'fr', 0))).toBe('29.88 | 11-16 00:00 – 12-01 00:00 23.88');
  });

  it('begin at the standard price of today when only their end is dated', () => {
    expect(money(priceOf('LAMP-02').standard)).toBe('30.14');
  });

  it('depend on group, currency and country where they say so', () => {
    expect([told(priceOf('VASE-02')), told(priceOf('VASE-02', 'business'))]).toEqual(['41.40', '32.55']);
    expect([told(priceOf('BASKET-01')), told(priceOf('BASKET-01', 'gb'))]).toEqual([
      '52.90',
      '45.76 | 11-16 00:00 – 12-01 00:00 39.00',
    ]);
    expect([told(priceOf('BASKET-02')), told(priceOf('BASKET-02', 'de'))]).toEqual([
      '46.68',
      '46.29 | 11-16 00:00 – 12-01 00:00 39.35',
    ]);
  });

  it('are ranked by the product’s own order where it has one', () => {
    expect(told(priceOf('KETTLE-02'))).toBe('80.30 | 11-16 00:00 – 12-01 00:00 73.87');
    expect(told(priceOf('KETTLE-02', 'de'))).toBe('79.63 | 11-16 00:00 – 12-01 00:00 70.07');
  });

  it('are taxed by the country, books by less, and know no kronor', () => {
    expect([money(priceOf('BOOK-02').standard), money(priceOf('BOOK-02', 'de').standard)]).toEqual(['27.61', '28.00']);
    const swedish = items.map((item) => item.prices[4]).filter((price) => price && 'fault' in price);
    expect(swedish).toEqual(items.filter((item) => item.prices.length > 0).map(() => ({ fault: 'currency-missing' })));
  });

  it('begin or end next at midnight of the seeding day', async () => {
    const nextMs = await shop.catalogue(1).nextPriceChangeMs(SEEDING_DAY.getTime());
    expect(nextMs === null ? null : local(nextMs)).toBe('11-22 00:00');
  });

  it('leave the outlet its own few products and prices', async () => {
    const outlet = await readItems(shop, {}, 2);
    const sold = outlet.filter((item) => item.inShop);
    const throwPrice = sold.find((item) => item.reference === 'THROW-01-GRY')?.prices[0];
    expect(sold.length).toBeGreaterThanOrEqual(20);
    expect(sold.length).toBeLessThan(50);
    expect(throwPrice && 'steps' in throwPrice ? told(throwPrice) : '').toBe('55.93 | 11-16 00:00 – 12-01 00:00 27.96');
  });
});
