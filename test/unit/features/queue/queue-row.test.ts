import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Part } from '../../../../src/features/offers/offer-settings.js';
import { partMask } from '../../../../src/features/queue/queue-row.js';

const parts: readonly Part[] = ['offer', 'price', 'quantity', 'metadata', 'images'];

describe('A set of parts in one number', () => {
  it('has a bit of its own for each part, as the migration says', () => {
    expect(parts.map((part) => partMask([part]))).toEqual([1, 2, 4, 8, 16]);
    expect(partMask([])).toBe(0);
  });

  it('holds another set exactly when every part of that one is in it', () => {
    const sets = fc.uniqueArray(fc.constantFrom(...parts));
    fc.assert(
      fc.property(sets, sets, (one, other) => {
        const holds = (partMask(one) & partMask(other)) === partMask(other);
        expect(holds).toBe(other.every((part) => one.includes(part)));
      }),
    );
  });
});
