import { describe, expect, it } from 'vitest';
import { prepareItem } from '../../../../src/features/export/plan/prepare-items.js';
import type { ProductOptions } from '../../../../src/features/offers/offer-settings.js';
import { fingerprintOf } from '../../../../src/features/sweep/fingerprint.js';
import type { CatalogueItem } from '../../../../src/shop/catalogue.js';
import { type FrameWishes, sameOptions, sampleShopFrame } from '../export/sample-frame.js';
import { sampleItem, steady } from '../offers/sample-items.js';

const PRICES = [steady('29.90'), steady('29.90')];

function fingerprint(
  item: Partial<CatalogueItem> = {},
  wishes: FrameWishes = {},
  tab: Partial<ProductOptions> = {},
): string {
  const frame = sampleShopFrame(wishes);
  return fingerprintOf([prepareItem(sampleItem({ prices: PRICES, ...item }), frame, sameOptions(tab))]);
}

describe('The fingerprint of a product', () => {
  it('is 32 hexadecimal digits, the same for the same offers', () => {
    expect(fingerprint()).toMatch(/^[0-9a-f]{32}$/);
    expect(fingerprint()).toBe(fingerprint());
  });

  it.each<[string, Partial<CatalogueItem>]>([
    ['its SKU', { reference: 'MUG-8' }],
    ['its code', { ean13: '9780201379624' }],
    ['its price', { prices: [steady('29.91'), steady('29.90')] }],
    ['its price on one marketplace', { prices: [steady('29.90'), steady('30.00')] }],
    ['its stock', { stockQuantity: 4 }],
    ['its condition', { condition: 'used' }],
    ['a stop', { active: false }],
    ['a fault of its SKU', { reference: '' }],
    ['its price fault', { prices: [steady('0'), steady('0')] }],
  ])('changes with %s', (_title, item) => {
    expect(fingerprint(item)).not.toBe(fingerprint());
  });

  it.each<[string, Partial<CatalogueItem>]>([
    ['its brand', { manufacturerName: 'Other' }],
    ['its texts', { texts: new Map() }],
    ['its pictures', { imageUrls: [] }],
    ['a stock below 0 instead of 0', { stockQuantity: -3 }],
  ])('does not change with %s, which no offer of these settings uses', (_title, item) => {
    expect(fingerprint({ stockQuantity: 0, ...item })).toBe(fingerprint({ stockQuantity: 0 }));
  });

  it('changes with settings and options that enter an offer', () => {
    expect(fingerprint({}, { pool: { reserve: 1 } })).not.toBe(fingerprint());
    expect(fingerprint({}, { pool: { handlingTimeDays: 2 } })).not.toBe(fingerprint());
    expect(fingerprint({}, {}, { priceOverride: '5.00' })).not.toBe(fingerprint());
    expect(fingerprint({}, {}, { asin: 'B000000001' })).not.toBe(fingerprint());
  });

  it('tells two items apart from one, and their order', () => {
    const frame = sampleShopFrame();
    const [small, large] = [1, 2].map((combinationId) =>
      prepareItem(sampleItem({ prices: PRICES, combinationId, reference: `M-${combinationId}` }), frame, sameOptions()),
    );
    if (!small || !large) throw new Error('expected two items');
    const all = [[], [small], [large], [small, large], [large, small]].map(fingerprintOf);
    expect(new Set(all).size).toBe(5);
  });
});
