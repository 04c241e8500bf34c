/** Some products of many, evenly spread, and how many there are. */
export interface ProductSample {
  readonly productIds: readonly number[];
  readonly products: number;
}

/**
 * Takes a sample of products: all where they are few.
 *
 * It is the same one each time for the same products, and any beginning of it is a sample too, for whoever has no time for all of it.
 *
 * @param pages of ids, each id once
 * @param size at most so many are taken, and twice as many kept in memory
 */
export async function sampleOf(pages: AsyncIterable<readonly number[]>, size: number): Promise<ProductSample> {
  let kept: number[] = [];
  let products = 0;
  for await (const page of pages) {
    products += page.length;
    kept.push(...page);
    if (kept.length > 2 * size) kept = lowest(kept, size);
  }
  return { productIds: lowest(kept, size), products };
}

function lowest(ids: readonly number[], size: number): number[] {
  return ids.toSorted((a, b) => scrambled(a) - scrambled(b)).slice(0, size);
}

/** Knuth's multiplicative hash: neighbours land far apart, so that products made together are not taken together. */
function scrambled(id: number): number {
  return Math.imul(id, 2_654_435_761) >>> 0;
}
