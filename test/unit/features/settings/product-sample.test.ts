import { expect, it } from 'vitest';
import { sampleOf } from '../../../../src/features/settings/product-sample.js';

async function* pages(count: number) {
  for (let start = 1; start <= count; start += 500)
    yield Array.from({ length: Math.min(500, count - start + 1) }, (_, index) => start + index);
}

it('A sample of few products is all of them', async () => {
  const { productIds, products } = await sampleOf(pages(9), 10);
  expect(products).toBe(9);
  expect(productIds.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

it('A sample of many products is spread over them, each beginning of it too, and is the same each time', async () => {
  const { productIds, products } = await sampleOf(pages(20_000), 1_000);
  expect(products).toBe(20_000);
  expect(new Set(productIds).size).toBe(1_000);
  const tenths = (ids: readonly number[]) =>
    Array.from({ length: 10 }, (_, tenth) => ids.filter((id) => Math.ceil(id / 2_000) === tenth + 1).length);
  for (const size of tenths(productIds)) expect(size).toBeGreaterThan(70);
  for (const size of tenths(productIds.slice(0, 100))) expect(size).toBeGreaterThan(3);
  expect((await sampleOf(pages(20_000), 1_000)).productIds).toEqual(productIds);
});

it('A sample of nothing is empty', async () => {
  expect(await sampleOf(pages(0), 10)).toEqual({ productIds: [], products: 0 });
});
