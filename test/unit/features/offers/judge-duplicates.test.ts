import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeDuplicates, type SkuClaim } from '../../../../src/features/offers/judge-duplicates.js';

const claim = (productId: number, changes: Partial<SkuClaim> = {}): SkuClaim => ({
  productId,
  combinationId: 0,
  stopped: false,
  remembered: false,
  ...changes,
});

describe('Items that carry one SKU', () => {
  it('are all refused, naming each other, while no listing remembers one', () => {
    const verdicts = judgeDuplicates('A', [claim(1), claim(2, { combinationId: 9 }), claim(3)]);
    expect(verdicts.map((verdict) => verdict?.sentence)).toEqual([
      'The SKU "A" is carried by product 2 combination 9, product 3 too.',
      'The SKU "A" is carried by product 1, product 3 too.',
      'The SKU "A" is carried by product 1, product 2 combination 9 too.',
    ]);
    expect(verdicts[0]).toMatchObject({ kind: 'sku', code: 'sku-duplicate' });
  });

  it('leave it to the one that the listing remembers', () => {
    const verdicts = judgeDuplicates('A', [claim(1), claim(2, { remembered: true })]);
    expect(verdicts[0]?.sentence).toBe('The SKU "A" is carried by product 2 too.');
    expect(verdicts[1]).toBeNull();
  });

  it('are no duplicates of those with a stop', () => {
    expect(judgeDuplicates('A', [claim(1), claim(2, { stopped: true })])).toEqual([null, null]);
    const verdicts = judgeDuplicates('A', [claim(1), claim(2, { stopped: true, remembered: true }), claim(3)]);
    expect(verdicts.map((verdict) => verdict?.code)).toEqual(['sku-duplicate', undefined, 'sku-duplicate']);
    expect(verdicts[0]?.sentence).toBe('The SKU "A" is carried by product 3 too.');
  });

  it('are counted beyond ten names', () => {
    const verdicts = judgeDuplicates(
      'A',
      Array.from({ length: 50 }, (_, index) => claim(index + 1)),
    );
    expect(verdicts[0]?.sentence).toMatch(/product 2, .*product 11 and 39 more too\.$/);
  });

  it('leave at most one item that keeps the SKU, and a lone one always keeps it', () => {
    const claims = fc.array(
      fc.record({
        productId: fc.integer({ min: 1 }),
        combinationId: fc.nat(3),
        stopped: fc.boolean(),
        remembered: fc.boolean(),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(claims, (all) => {
        const verdicts = judgeDuplicates('A', all);
        const kept = all.filter((one, index) => !one.stopped && verdicts[index] === null);
        const rivals = all.filter((one) => !one.stopped);
        expect(kept.length).toBe(rivals.length === 1 || rivals.some((one) => one.remembered) ? 1 : 0);
      }),
    );
  });
});
