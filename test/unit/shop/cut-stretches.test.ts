import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_STOCK } from '../../../src/shop/catalogue.js';
import { cutStretches } from '../../../src/shop/cut-stretches.js';
import { StockDigest } from '../../../src/shop/stock-digest.js';

const digestOf = (id: number) => (id % 7 === 0 ? NO_STOCK : new StockDigest().addRow(`${id}`).toString());

describe('Stretches of digests', () => {
  it('follow one another without a gap from the first id to the last, each with its own products and what they come to', async () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 900, maxLength: 3_100 });
    await fc.assert(
      fc.asyncProperty(gaps, fc.nat(1_000), async (steps, from) => {
        let last = from - 1;
        const ids = steps.map((step) => (last += step));
        const to = last + 10;
        const found: number[] = [];
        let next = from;
        for (const stretch of cutStretches(new Map(ids.map((id) => [id, digestOf(id)])), { from, to })) {
          expect(stretch.firstProductId).toBe(next);
          const products = await stretch.products();
          const sum = new StockDigest();
          for (const digest of products.values()) sum.add(digest);
          const isInside = (id: number) => id >= stretch.firstProductId && id <= stretch.lastProductId;
          expect([...products.keys()].every(isInside)).toBe(true);
          expect(stretch.digest).toBe(sum.toString());
          expect(products.size).toBeLessThanOrEqual(1_000);
          found.push(...products.keys());
          next = stretch.lastProductId + 1;
        }
        expect(next).toBe(to + 1);
        expect(found).toEqual(ids);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });
});
