import { describe, expect, it } from 'vitest';
import { parsePrice } from '../../../../src/core/money.js';
import { judgeStops } from '../../../../src/features/offers/judge-stops.js';
import { NO_VERDICTS } from '../../../../src/features/offers/make-verdict.js';
import type { ItemWithOptions, MarketplaceOfferSettings } from '../../../../src/features/offers/offer-settings.js';
import { NOON_MS, sampleFrame, sampleSubject, steady } from './sample-items.js';

const stopsOf = (subject: ItemWithOptions, settings: Partial<MarketplaceOfferSettings> = {}) =>
  judgeStops(subject, sampleFrame(settings)).map(({ code }) => code);
const sentenceOf = (subject: ItemWithOptions, settings: Partial<MarketplaceOfferSettings> = {}) =>
  judgeStops(subject, sampleFrame(settings))[0]?.sentence;

describe('An item', () => {
  it('without a fault is not stopped, and shares one empty list with all others', () => {
    expect(judgeStops(sampleSubject(), sampleFrame())).toBe(NO_VERDICTS);
  });

  it.each([
    ['draft', { draft: true }],
    ['not-in-shop', { inShop: false }],
    ['inactive', { active: false }],
    ['not-for-order', { availableForOrder: false }],
    ['virtual', { virtual: true }],
    ['minimal-quantity', { minimalQuantity: 6 }],
  ] as const)('is stopped as %s', (code, changes) => {
    expect(stopsOf(sampleSubject(changes))).toEqual([code]);
  });

  it('has every stop at once, so that a person can mend all of them', () => {
    const subject = sampleSubject({ active: false, virtual: true, minimalQuantity: 6 }, { disabled: true });
    expect(stopsOf(subject)).toEqual(['inactive', 'disabled', 'virtual', 'minimal-quantity']);
  });

  it('that is a draft or not in the shop has only that stop, since its other fields mean nothing', () => {
    expect(stopsOf(sampleSubject({ draft: true, inShop: false, active: false }))).toEqual(['draft']);
    expect(stopsOf(sampleSubject({ inShop: false, active: false }))).toEqual(['not-in-shop']);
  });

  it('sold in lots says of how many', () => {
    expect(sentenceOf(sampleSubject({ minimalQuantity: 6 }))).toBe('Sold only in lots of 6.');
    expect(stopsOf(sampleSubject({ minimalQuantity: 2 }))).toEqual(['minimal-quantity']);
    expect(stopsOf(sampleSubject({ minimalQuantity: 1 }))).toEqual([]);
    expect(stopsOf(sampleSubject({ minimalQuantity: 0 }))).toEqual([]);
  });

  it('switched off for Amazon is stopped, and "no" is not off', () => {
    expect(sentenceOf(sampleSubject({}, { disabled: true }))).toBe('Switched off for Amazon FR on the product.');
    expect(stopsOf(sampleSubject({}, { disabled: false }))).toEqual([]);
  });
});

describe('The filters of a marketplace', () => {
  it('take every category while none is selected, and then one of the selected', () => {
    const subject = sampleSubject({ categoryIds: [2, 8] });
    expect(stopsOf(subject, { categoryIds: new Set() })).toEqual([]);
    expect(stopsOf(subject, { categoryIds: new Set([8, 9]) })).toEqual([]);
    expect(stopsOf(subject, { categoryIds: new Set([9]) })).toEqual(['no-selected-category']);
    expect(stopsOf(sampleSubject({ categoryIds: [] }), { categoryIds: new Set([9]) })).toEqual([
      'no-selected-category',
    ]);
  });

  it('exclude a manufacturer by name and a supplier by number', () => {
    const subject = sampleSubject({ manufacturerId: 3, manufacturerName: 'Acme', supplierId: 4 });
    expect(sentenceOf(subject, { excludedManufacturerIds: new Set([3]) })).toBe(
      'Manufacturer Acme is excluded from Amazon FR.',
    );
    expect(sentenceOf(subject, { excludedSupplierIds: new Set([4]) })).toBe('Supplier 4 is excluded from Amazon FR.');
    expect(stopsOf(subject, { excludedManufacturerIds: new Set([4]), excludedSupplierIds: new Set([3]) })).toEqual([]);
  });

  it('stop a hidden product only when set so', () => {
    const subject = sampleSubject({ visibility: 'none' });
    expect(stopsOf(subject)).toEqual([]);
    expect(stopsOf(subject, { refuseHidden: true })).toEqual(['hidden']);
    expect(stopsOf(sampleSubject({ visibility: 'search' }), { refuseHidden: true })).toEqual([]);
  });
});

describe('The price filter', () => {
  const filter = { priceFilterFrom: parsePrice('10'), priceFilterTo: parsePrice('30') };
  const priced = (price: string) => sampleSubject({ prices: [steady(price)] });

  it('holds both of its ends', () => {
    expect(stopsOf(priced('10'), filter)).toEqual([]);
    expect(stopsOf(priced('30'), filter)).toEqual([]);
    expect(stopsOf(priced('9.99'), filter)).toEqual(['price-filter']);
    expect(sentenceOf(priced('30.01'), filter)).toBe(
      'The shop price 30.01 EUR is outside the price filter 10.00 EUR to 30.00 EUR.',
    );
  });

  it('may be open at one end', () => {
    expect(stopsOf(priced('1000'), { priceFilterFrom: parsePrice('10') })).toEqual([]);
    expect(sentenceOf(priced('1'), { priceFilterFrom: parsePrice('10') })).toContain('10.00 EUR to any price');
    expect(sentenceOf(priced('50'), { priceFilterTo: parsePrice('30') })).toContain('filter 0 to 30.00 EUR');
  });

  it('judges the price that the shop shows, before any rule', () => {
    expect(stopsOf(priced('9.9999996'), filter)).toEqual([]);
    const dearer = { from: 0n, to: null, percent: parsePrice('100'), value: 0n };
    expect(stopsOf(priced('20'), { ...filter, priceRules: [dearer] })).toEqual([]);
  });

  it('does not stop a product because it is on sale for a while', () => {
    const step = { startMs: NOON_MS - 1, endMs: NOON_MS + 1, price: parsePrice('5'), standard: parsePrice('20') };
    const onSale = sampleSubject({ prices: [{ standard: parsePrice('20'), steps: [step] }] });
    expect(stopsOf(onSale, filter)).toEqual([]);
  });

  it('is no stop where there is no price: that is a fault of the price', () => {
    expect(stopsOf(sampleSubject({ prices: [{ fault: 'currency-missing' }] }), filter)).toEqual([]);
  });
});
