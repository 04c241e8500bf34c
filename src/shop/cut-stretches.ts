import type { StockDigests, StockStretch } from './catalogue.js';
import { StockDigest } from './stock-digest.js';

const PRODUCTS_PER_STRETCH = 1_000;

/**
 * Cuts the digests of products into stretches of a thousand, of which the first begins where the products were looked for and the last ends there.
 *
 * @param digests ascending by product
 * @param from,to the ids between which these are all products that there are
 */
export function* cutStretches(
  digests: StockDigests,
  { from, to }: { readonly from: number; readonly to: number },
): Generator<StockStretch> {
  const entries = [...digests];
  for (let start = 0; start === 0 || start < entries.length; start += PRODUCTS_PER_STRETCH) {
    const part = entries.slice(start, start + PRODUCTS_PER_STRETCH);
    const next = entries[start + PRODUCTS_PER_STRETCH];
    const sum = new StockDigest();
    for (const [, digest] of part) sum.add(digest);
    const products: StockDigests = new Map(part);
    yield {
      firstProductId: start === 0 ? from : (part[0]?.[0] ?? from),
      lastProductId: next === undefined ? to : next[0] - 1,
      digest: sum.toString(),
      products: () => Promise.resolve(products),
    };
  }
}
