import { describe, expect, it } from 'vitest';
import { parseExportOptions } from '../../../../../src/features/export/export-options.js';
import { desireDownward } from '../../../../../src/features/export/plan/desire-sku.js';
import { prepareItem } from '../../../../../src/features/export/plan/prepare-items.js';
import type { PartMemory } from '../../../../../src/features/listings/listing.js';
import type { CatalogueItem } from '../../../../../src/shop/catalogue.js';
import { sampleItem, steady } from '../../offers/sample-items.js';
import { sameOptions, sampleShopFrame } from '../sample-frame.js';
import { accepted, FR, listed, memoryOf, open, part, rejected, unknown } from '../sample-memory.js';

const PRICES = [steady('29.90'), steady('29.90')];

/** The figure that a listing is given whose item, which has a SKU fault now, has so many units; null = none. */
function followed(units: number, quantity: PartMemory | null, changes: Partial<CatalogueItem> = {}, tab = {}) {
  const item = sampleItem({ prices: PRICES, reference: '', stockQuantity: units, ...changes });
  const prepared = prepareItem(item, sampleShopFrame(), sameOptions(tab));
  const wish = { options: parseExportOptions({}), sendsQuantity: true, create: () => false };
  const desired = desireDownward(prepared, memoryOf([[FR, listed()]], { quantity }), wish);
  expect(desired).toMatchObject({ sku: 'MUG', listings: [] });
  return desired.quantity?.units ?? null;
}

describe('The quantity of a listing whose item now has a SKU fault', () => {
  it('follows the item down, never up, and to 0 from anywhere', () => {
    expect([4, 5, 6, 0].map((units) => followed(units, accepted('5')))).toEqual([4, null, null, 0]);
    expect(followed(0, null)).toBe(0);
    expect(followed(3, null)).toBeNull();
  });

  it('is lower than what is on its way, also than what nobody knows to have arrived', () => {
    expect([4, 3, 2].map((units) => followed(units, open('3', '9')))).toEqual([null, null, 2]);
    expect([9, 8, 3].map((units) => followed(units, unknown('3', '9')))).toEqual([null, 8, 3]);
  });

  it('goes by what Amazon took or showed last', () => {
    expect([9, 8].map((units) => followed(units, rejected('3', '9')))).toEqual([null, 8]);
    const sold = part({ ...accepted('9'), effectiveValue: '6', effectiveAtMs: 2_000 });
    expect([8, 5].map((units) => followed(units, sold))).toEqual([null, 5]);
  });

  it('is 0 when nothing sells the item, and none at all when Amazon fulfils it', () => {
    expect(followed(4, accepted('5'), { active: false })).toBe(0);
    expect(followed(0, accepted('5'), {}, { amazonFulfilled: true })).toBeNull();
    expect(followed(0, accepted('5'), { active: false }, { amazonFulfilled: true })).toBeNull();
  });
});
