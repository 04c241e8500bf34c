import { describe, expect, it } from 'vitest';
import { prepareItem } from '../../../../../src/features/export/plan/prepare-items.js';
import { refuseMoved } from '../../../../../src/features/export/plan/refuse-moved.js';
import type { ListingMemory } from '../../../../../src/features/listings/listing.js';
import type { CatalogueItem } from '../../../../../src/shop/catalogue.js';
import { sampleItem, steady } from '../../offers/sample-items.js';
import { sameOptions, sampleShopFrame } from '../sample-frame.js';
import { accepted, FR, listed, memoryOf } from '../sample-memory.js';

const PRICES = [steady('29.90'), steady('29.90')];
const item = (productId: number, combinationId: number, changes: Partial<CatalogueItem> = {}) =>
  sampleItem({ productId, combinationId, reference: `SKU-${productId}-${combinationId}`, prices: PRICES, ...changes });
const carriedBy = (productId: number, combinationId: number, known: Partial<ListingMemory> = {}) =>
  memoryOf([[FR, listed()]], { productId, combinationId, quantity: accepted('5'), ...known });

/** What is said against the only SKU that a listing remembers, which the first item carries. */
function verdictOn(memory: ListingMemory, ...items: readonly CatalogueItem[]): string | null {
  const prepared = items.map((one) => prepareItem(one, sampleShopFrame(), sameOptions()));
  refuseMoved(prepared, (sku) => (sku === items[0]?.reference ? memory : null));
  return prepared[0]?.skuFault?.sentence ?? null;
}

describe('A SKU that Amazon has from another item', () => {
  it('is refused with both named', () => {
    expect(verdictOn(carriedBy(7, 3), item(9, 0))).toBe(
      'SKU moved: at Amazon "SKU-9-0" is product 7 combination 3, in the shop product 9 carries it now.',
    );
  });

  it('is refused where two combinations of one product swap it, not where one was made anew in place of the other', () => {
    expect(verdictOn(carriedBy(7, 3), item(7, 4), item(7, 3))).toContain('SKU moved');
    expect(verdictOn(carriedBy(7, 3), item(7, 4), item(7, 5))).toBeNull();
    expect(verdictOn(carriedBy(7, 0), item(7, 4))).toBeNull();
  });

  it('is free while Amazon does not have it, or nobody knows from whom', () => {
    const absent = new Map([[FR, listed({}, { atAmazon: false })]]);
    expect(verdictOn(carriedBy(7, 0, { marketplaces: absent }), item(9, 0))).toBeNull();
    expect(verdictOn(carriedBy(0, 0), item(9, 0))).toBeNull();
    expect(verdictOn(carriedBy(9, 0), item(9, 0))).toBeNull();
  });

  it('has no moving verdict where nothing sells the item', () => {
    expect(verdictOn(carriedBy(7, 0), item(9, 0, { active: false }))).toBeNull();
  });
});
