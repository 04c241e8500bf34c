import { describe, expect, it } from 'vitest';
import type { ProductOptionRow } from '../../../../src/features/offers/product-option.js';
import { NO_OPTIONS, resolveOptions } from '../../../../src/features/offers/resolve-options.js';

const silent = {
  disabled: null,
  forceInStock: null,
  noPrice: null,
  noQuantity: null,
  asin: null,
  priceOverride: null,
  bullet1: null,
  bullet2: null,
  bullet3: null,
  bullet4: null,
  bullet5: null,
  conditionNote: null,
  title: null,
  description: null,
  browseNode: null,
  handlingTimeDays: null,
  giftWrap: null,
  giftMessage: null,
  shippingTemplate: null,
  shippingOverride: null,
  amazonFulfilled: null,
  amazonFulfilledSupplement: null,
};
const row = (combinationId: number, marketplaceId: number, values: Partial<ProductOptionRow>): ProductOptionRow => ({
  shopId: 1,
  productId: 7,
  combinationId,
  marketplaceId,
  ...silent,
  changedAtMs: 0,
  ...values,
});

describe('What holds for an item', () => {
  it('is nothing without rows, in one object for all', () => {
    expect(resolveOptions(undefined, 0, 1)).toBe(NO_OPTIONS);
    expect(resolveOptions([], 0, 1)).toBe(NO_OPTIONS);
    expect(resolveOptions([row(9, 0, { title: 'Other' }), row(0, 2, { title: 'Other' })], 8, 1)).toBe(NO_OPTIONS);
  });

  it('is said by the combination before the product, and by the marketplace before all', () => {
    const wide = row(0, 0, { title: 'product, all', browseNode: '1', giftWrap: true, asin: 'B000000000' });
    const rows = [
      wide,
      row(0, 1, { title: 'product, here', browseNode: '2', giftWrap: false }),
      row(8, 0, { title: 'combination, all', browseNode: '3' }),
      row(8, 1, { title: 'combination, here' }),
    ];
    expect(resolveOptions(rows, 8, 1)).toMatchObject({
      title: 'combination, here',
      browseNode: '3',
      giftWrap: false,
      asin: 'B000000000',
    });
    expect(resolveOptions([...rows].reverse(), 8, 1)).toEqual(resolveOptions(rows, 8, 1));
    expect(resolveOptions(rows, 9, 1)).toMatchObject({ title: 'product, here', browseNode: '2' });
    expect(resolveOptions(rows, 9, 2)).toMatchObject({ title: 'product, all', browseNode: '1' });
  });

  it('for the stock of an account is what is said for all marketplaces', () => {
    const rows = [row(0, 0, { handlingTimeDays: 2 }), row(0, 1, { handlingTimeDays: 9 })];
    expect(resolveOptions(rows, 0, 0).handlingTimeDays).toBe(2);
  });

  it('can be "no", 0 or an empty text, which say something', () => {
    const rows = [
      row(0, 0, { disabled: true, handlingTimeDays: 5, shippingOverride: '4.90' }),
      row(8, 0, { disabled: false, handlingTimeDays: 0, shippingOverride: '' }),
    ];
    expect(resolveOptions(rows, 8, 1)).toMatchObject({ disabled: false, handlingTimeDays: 0, shippingOverride: '' });
  });

  it('has its bullet points one by one and without gaps', () => {
    const rows = [row(0, 0, { bullet1: 'a', bullet2: 'b', bullet5: 'e' }), row(8, 0, { bullet2: 'B' })];
    expect(resolveOptions(rows, 8, 1).bullets).toEqual(['a', 'B', 'e']);
  });
});
