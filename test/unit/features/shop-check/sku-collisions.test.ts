import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { couldSell } from '../../../../src/features/shop-check/judge-item.js';
import { type SkuCollision, SkuCollisions } from '../../../../src/features/shop-check/sku-collisions.js';
import type { Catalogue, CatalogueItem, CatalogueQuery } from '../../../../src/shop/catalogue.js';
import { sampleItem } from '../offers/sample-items.js';

const QUERY = { priceViews: [], textLanguages: [], withImages: false, atMs: 0 };

/** A shop of these items, walked two products at a time; counts how often it is searched. */
function shopOf(items: readonly CatalogueItem[]) {
  const asked = { searches: 0 };
  const catalogue = {
    async *batches({ selection }: Pick<CatalogueQuery, 'selection'>) {
      const ids = new Set(selection.kind === 'products' ? selection.productIds : []);
      yield { productIds: [...ids], items: items.filter((one) => ids.has(one.productId)) };
    },
    holdersOf: async (_field: string, skus: readonly string[]) => {
      asked.searches += 1;
      return items
        .filter((one) => skus.includes(one.reference))
        .map(({ reference: sku, productId, combinationId }) => ({ sku, productId, combinationId }));
    },
  } as unknown as Catalogue;
  const walk = async () => {
    const sellableOf = async () => couldSell;
    const collisions = new SkuCollisions({ catalogue, field: 'reference', query: QUERY, sellableOf });
    const found: SkuCollision[] = [];
    const products = [...new Set(items.map((one) => one.productId))];
    for (let start = 0; start < products.length; start += 2) {
      const ids = products.slice(start, start + 2);
      const batch = items.filter((one) => ids.includes(one.productId) && couldSell(one) && one.reference !== '');
      found.push(...(await collisions.among(batch.map((item) => ({ item, sku: item.reference })))));
    }
    return found;
  };
  return { asked, walk };
}

const item = (productId: number, reference: string, active = true) => sampleItem({ productId, reference, active });

describe('SKUs that several items carry', () => {
  it('are each found once, with all items that could be sold, wherever in the catalogue these are', async () => {
    const items = [item(1, 'A'), item(2, 'B'), item(3, 'A', false), item(4, 'C'), item(5, 'A'), item(6, 'A')];
    const found = await shopOf(items).walk();
    expect(found.map(({ sku, holders }) => [sku, holders.map((one) => one.productId)])).toEqual([['A', [1, 5, 6]]]);
  });

  it('cost no search where there is none', async () => {
    const { asked, walk } = shopOf(Array.from({ length: 200 }, (_, index) => item(index + 1, `SKU-${index}`)));
    expect(await walk()).toEqual([]);
    expect(asked.searches).toBe(0);
  });

  it('are those that comparing every item with every other finds', async () => {
    const one = fc.record({ reference: fc.constantFrom('', 'A', 'a', 'B', 'C', 'D'), active: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 14 }), async (rows) => {
        const items = rows.map(({ reference, active }, index) => item(index + 1, reference, active));
        const groups = new Map<string, number[]>();
        for (const { reference, productId, active } of items)
          if (active && reference !== '') groups.set(reference, [...(groups.get(reference) ?? []), productId]);
        const expected = [...groups].filter(([, ids]) => ids.length > 1).toSorted();
        const found = (await shopOf(items).walk()).map(({ sku, holders }) => [sku, holders.map((h) => h.productId)]);
        expect(found.toSorted()).toEqual(expected);
      }),
    );
  });
});
