import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parsePrice } from '../../../../src/core/money.js';
import { computePrice } from '../../../../src/features/offers/compute-price.js';
import type { MarketplaceOfferSettings, ProductOptions } from '../../../../src/features/offers/offer-settings.js';
import type { CatalogueItem, ItemPriceResult } from '../../../../src/shop/catalogue.js';
import { sharedFile } from '../../../support/shared-material.js';
import { itWithShared } from '../../../support/with-shared-material.js';
import { sampleContext, sampleFrame, sampleSubject, steady } from './sample-items.js';

interface Case {
  readonly price: ItemPriceResult;
  readonly settings?: Partial<MarketplaceOfferSettings>;
  readonly options?: Partial<ProductOptions>;
  readonly item?: Partial<CatalogueItem>;
}

const compute = ({ price, settings, options, item }: Case) =>
  computePrice(sampleSubject({ prices: [price], ...item }, options), sampleFrame(settings));
const sentences = (one: Case) => compute(one).verdicts.map(({ sentence }) => sentence);

const onSale = (sale: string): ItemPriceResult => ({
  standard: parsePrice('29.90'),
  steps: [
    {
      startMs: Date.parse('2026-11-20T23:00:00Z'),
      endMs: Date.parse('2026-11-30T23:00:00Z'),
      price: parsePrice(sale),
      standard: parsePrice('29.90'),
    },
  ],
});
const flatRule = (change: { percent?: string; value?: string }) => ({
  priceRules: [
    { from: 0n, to: null, percent: parsePrice(change.percent ?? '0'), value: parsePrice(change.value ?? '0') },
  ],
});

describe('The price of an offer', () => {
  it('without rules is the one that PrestaShop shows', () => {
    expect(compute({ price: steady('24.384') })).toEqual({
      price: { currency: 'EUR', standard: '24.38', sale: null },
      verdicts: [],
    });
  });

  it('goes through rule, supplement and rounding', () => {
    const one = {
      price: steady('20'),
      settings: { ...flatRule({ percent: '10' }), rounding: 'attractive' as const },
      options: { amazonFulfilled: true, amazonFulfilledSupplement: '3.10' },
    };
    expect(compute(one).price?.standard).toBe('24.99');
  });

  it('is changed by any one setting alone', () => {
    const sent = (settings: Partial<MarketplaceOfferSettings>) =>
      compute({ price: steady('29.88'), settings }).price?.standard;
    expect(sent({ rounding: 'one-digit' })).toBe('29.90');
    expect(sent({ rounding: 'attractive' })).toBe('29.99');
    expect(sent(flatRule({ percent: '10' }))).toBe('32.87');
  });

  it('gets the supplement also where nothing else changes it', () => {
    const options = { amazonFulfilled: true, amazonFulfilledSupplement: '1.10' };
    expect(compute({ price: steady('20'), options }).price?.standard).toBe('21.10');
  });

  it('has the sale go the same way', () => {
    expect(compute({ price: onSale('24.90'), settings: flatRule({ value: '1' }) }).price).toEqual({
      currency: 'EUR',
      standard: '30.90',
      sale: { startDay: '2026-11-21', endDay: '2026-12-01', price: '25.90' },
    });
  });

  it('has no sale where the rules leave none', () => {
    const priceRules = [
      { from: 0n, to: parsePrice('25'), percent: parsePrice('20'), value: 0n },
      { from: parsePrice('25'), to: null, percent: parsePrice('-5'), value: 0n },
    ];
    expect(compute({ price: onSale('24.90'), settings: { priceRules } })).toEqual({
      price: { currency: 'EUR', standard: '28.41', sale: null },
      verdicts: [],
    });
  });

  it('is the override where there is one, without a sale', () => {
    const options = { priceOverride: '33.50' };
    expect(compute({ price: onSale('24.90'), options, settings: flatRule({ percent: '50' }) }).price).toEqual({
      currency: 'EUR',
      standard: '33.50',
      sale: null,
    });
  });

  it('needs nothing of the shop where there is an override', () => {
    expect(compute({ price: { fault: 'currency-missing' }, options: { priceOverride: '33.5' } })).toMatchObject({
      price: { standard: '33.50' },
      verdicts: [],
    });
  });

  it('is not sent and not judged where the product says so', () => {
    expect(compute({ price: steady('0'), options: { noPrice: true } })).toEqual({ price: null, verdicts: [] });
  });

  it('follows the rounding mode of the shop', () => {
    const frame = sampleFrame({}, { context: sampleContext({ roundingMode: 'up' }) });
    expect(computePrice(sampleSubject({ prices: [steady('24.381')] }), frame).price?.standard).toBe('24.39');
  });

  it('is that of its own view', () => {
    const subject = sampleSubject({ prices: [steady('1'), steady('2')] });
    expect(computePrice(subject, sampleFrame({}, { viewIndex: 1 })).price?.standard).toBe('2.00');
    expect(() => computePrice(subject, sampleFrame({}, { viewIndex: 2 }))).toThrow('price 2 of product 7');
  });
});

describe('A price is withheld', () => {
  it.each(['0', '0.004', '-1'])('at %s in the shop, and no rule or supplement lifts it', (price) => {
    const options = { amazonFulfilled: true, amazonFulfilledSupplement: '0' };
    expect(sentences({ price: steady(price) })).toEqual(['The price is 0.00 EUR.']);
    expect(sentences({ price: steady(price), options })).toEqual(['The price is 0.00 EUR.']);
  });

  it('at 0 in the shop, though a rule would add to it', () => {
    const settings = flatRule({ value: '5' });
    expect(compute({ price: steady('0'), settings })).toMatchObject({
      price: null,
      verdicts: [{ code: 'price-zero' }],
    });
    const options = { amazonFulfilled: true, amazonFulfilledSupplement: '5' };
    expect(compute({ price: steady('0'), options })).toMatchObject({ price: null, verdicts: [{ code: 'price-zero' }] });
  });

  it('where a rule takes all of it', () => {
    expect(compute({ price: steady('4'), settings: flatRule({ value: '-5' }) }).verdicts[0]?.code).toBe('price-zero');
  });

  it('outside minimum and maximum, and sent at them', () => {
    const settings = { minimumPrice: parsePrice('20'), maximumPrice: parsePrice('30') };
    expect(compute({ price: steady('19.99'), settings })).toMatchObject({
      price: null,
      verdicts: [{ kind: 'price', sentence: 'The price 19.99 EUR is below the minimum 20.00 EUR.' }],
    });
    expect(sentences({ price: steady('30.01'), settings })).toEqual([
      'The price 30.01 EUR is above the maximum 30.00 EUR.',
    ]);
    const { minimumPrice, maximumPrice } = settings;
    expect(compute({ price: steady('19.99'), settings: { minimumPrice } }).price).toBeNull();
    expect(compute({ price: steady('30.01'), settings: { maximumPrice } }).price).toBeNull();
    expect(compute({ price: steady('20'), settings }).price?.standard).toBe('20.00');
    expect(compute({ price: steady('30.004'), settings }).price?.standard).toBe('30.00');
  });

  it('whole where its sale is out of bounds', () => {
    const one = { price: onSale('19.90'), settings: { minimumPrice: parsePrice('20') } };
    expect(compute(one).price).toBeNull();
    expect(sentences(one)).toEqual(['The price 19.90 EUR (sale) is below the minimum 20.00 EUR.']);
  });

  it('in a currency or country that the shop lacks', () => {
    expect(sentences({ price: { fault: 'currency-missing' } })).toEqual(['The shop has no currency EUR.']);
    expect(sentences({ price: { fault: 'country-missing' } })).toEqual([
      'The shop does not know the country FR, so the tax is unknown.',
    ]);
  });
});

describe('The cost of an item', () => {
  const item = { cost: parsePrice('25') };

  it('counts only when asked for', () => {
    expect(compute({ price: steady('24'), item }).verdicts).toEqual([]);
    expect(sentences({ price: steady('24'), item, settings: { refuseBelowCost: true } })).toEqual([
      'The price 24.00 EUR, tax included, is below the cost 25.00 EUR, tax excluded.',
    ]);
    expect(compute({ price: steady('25'), item, settings: { refuseBelowCost: true } }).verdicts).toEqual([]);
  });

  it('that the shop does not know refuses nothing', () => {
    expect(
      compute({ price: steady('24'), item: { cost: null }, settings: { refuseBelowCost: true } }).verdicts,
    ).toEqual([]);
  });

  it('in another currency counts at the rate that is given, and without one not at all', () => {
    const settings = { refuseBelowCost: true, currency: 'GBP' };
    const subject = sampleSubject({ prices: [steady('20')], ...item });
    expect(computePrice(subject, sampleFrame(settings)).verdicts).toEqual([]);
    const costRate = parsePrice('0.85');
    expect(computePrice(subject, sampleFrame(settings, { costRate })).verdicts[0]?.sentence).toContain('21.25 GBP');
  });
});

describe('An override out of bounds', () => {
  it('is withheld too', () => {
    const one = { price: steady('25'), options: { priceOverride: '5' }, settings: { minimumPrice: parsePrice('20') } };
    expect(compute(one)).toMatchObject({ price: null, verdicts: [{ code: 'price-below-minimum' }] });
  });
});

describe('Prices that PrestaShop itself computed', () => {
  itWithShared('come out as PrestaShop rounds them, in every currency', () => {
    const [head = '', ...rows] = gunzipSync(readFileSync(sharedFile('prestashop', 'prices', '8.2.1.csv.gz')))
      .toString()
      .trim()
      .split('\n');
    const names = head.split(',');
    const wrong: string[] = [];
    for (const row of rows) {
      const field = (name: string) => row.split(',')[names.indexOf(name)] ?? '';
      const currency = field('currency');
      const decimals = currency === 'JPY' ? 0 : 2;
      const frame = sampleFrame({ currency, currencyDecimals: decimals });
      const { price } = computePrice(sampleSubject({ prices: [steady(field('ti_final'))] }), frame);
      const expected = Number(field('ti_final_rounded'));
      if (Number(price?.standard ?? 0) !== expected) wrong.push(row);
    }
    expect(rows.length).toBe(5_760);
    expect(wrong).toEqual([]);
  });
});
