import { describe, expect, it } from 'vitest';
import { type PreparedItem, prepareItem } from '../../../../../src/features/export/plan/prepare-items.js';
import { refuseDuplicates } from '../../../../../src/features/export/plan/refuse-duplicates.js';
import type { ListingMemory } from '../../../../../src/features/listings/listing.js';
import type { ProductOptions, SkuSource } from '../../../../../src/features/offers/offer-settings.js';
import type { Catalogue, CatalogueItem } from '../../../../../src/shop/catalogue.js';
import { sampleItem, steady } from '../../offers/sample-items.js';
import { sameOptions, sampleShopFrame } from '../sample-frame.js';
import { memoryOf } from '../sample-memory.js';

const PRICES = [steady('29.90'), steady('29.90')];
const item = (productId: number, changes: Partial<CatalogueItem> = {}): CatalogueItem =>
  sampleItem({ productId, reference: 'SAME', prices: PRICES, ...changes });

interface Case {
  readonly batch: readonly CatalogueItem[];
  readonly outside?: readonly CatalogueItem[];
  readonly memory?: ListingMemory | null;
  readonly skuSource?: SkuSource;
  /** What the Amazon tabs of products outside the batch say. */
  readonly tabs?: Partial<ProductOptions>;
}

/** The products of the batch that are refused, and how often the shop was searched. */
async function refused({ batch, outside = [], memory = null, skuSource = 'reference', tabs = {} }: Case) {
  const frame = sampleShopFrame({ pool: { skuSource } });
  const all = [...batch, ...outside];
  let searches = 0;
  const catalogue = {
    holdersOf: (_field: string, skus: readonly string[]) => {
      searches += 1;
      const holders = all.filter((one) => skus.includes(one.reference));
      return Promise.resolve(
        holders.map(({ reference, productId, combinationId }) => ({ sku: reference, productId, combinationId })),
      );
    },
    async *batches({ selection }: { selection: { productIds: readonly number[] } }) {
      const items = all.filter((one) => selection.productIds.includes(one.productId));
      yield { productIds: selection.productIds, items };
    },
  } as unknown as Catalogue;
  const items: PreparedItem[] = batch.map((one) => prepareItem(one, frame, sameOptions()));
  const loadOptions = () => Promise.resolve(sameOptions(tabs));
  await refuseDuplicates(items, { catalogue, frame, loadOptions, memoryOf: () => memory });
  const faulty = items.filter((one) => one.skuFault !== null);
  return {
    products: faulty.map((one) => one.item.productId),
    sentences: faulty.map((one) => one.skuFault?.sentence),
    searches,
  };
}

describe('A SKU that several items carry', () => {
  it('is refused for all of them, each naming the others', async () => {
    const { products, sentences } = await refused({ batch: [item(1), item(2), item(3, { reference: 'OTHER' })] });
    expect(products).toEqual([1, 2]);
    expect(sentences[0]).toContain('2');
    expect(sentences[1]).toContain('1');
  });

  it('is refused also when the other one is not in the batch', async () => {
    expect((await refused({ batch: [item(1)], outside: [item(9)] })).products).toEqual([1]);
  });

  it('is no collision with an item that nothing sells, in the batch or outside', async () => {
    expect((await refused({ batch: [item(1), item(2, { active: false })] })).products).toEqual([]);
    expect((await refused({ batch: [item(1)], outside: [item(9, { active: false })] })).products).toEqual([]);
  });

  it('is no collision with an item that its Amazon tab switches off', async () => {
    expect((await refused({ batch: [item(1)], outside: [item(9)], tabs: { disabled: true } })).products).toEqual([]);
  });

  it('stays with the item whose listing remembers it; the others are refused', async () => {
    const memory = memoryOf([], { productId: 1, sku: 'SAME' });
    expect((await refused({ batch: [item(1), item(2)], memory })).products).toEqual([2]);
    expect((await refused({ batch: [item(2)], outside: [item(1)], memory })).products).toEqual([2]);
  });

  it('needs no search where every item’s listing remembers it, and none for SKUs made of ids', async () => {
    const memory = memoryOf([], { productId: 1, sku: 'SAME' });
    expect(await refused({ batch: [item(1)], outside: [item(9)], memory })).toMatchObject({
      products: [],
      searches: 0,
    });
    expect(await refused({ batch: [item(1), item(2)], skuSource: 'ids' })).toMatchObject({ products: [], searches: 0 });
  });

  it('of one product is a collision between its combinations too', async () => {
    const combinations = [1, 2].map((combinationId) => item(1, { combinationId }));
    expect((await refused({ batch: combinations })).products).toEqual([1, 1]);
  });
});
