import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exceedsLimits, GUARD_LIMITS } from '../../../../../src/features/export/guard/guard-limits.js';
import { GRAVE_KINDS } from '../../../../../src/features/export/guard/hold.js';

const figures = fc.record({
  kind: fc.constantFrom(...GRAVE_KINDS),
  changes: fc.integer({ min: 0, max: 500 }),
  listings: fc.integer({ min: 0, max: 2_000 }),
});

describe('The limits', () => {
  it.each([
    ['zeroed', 25, 30, false],
    ['zeroed', 26, 129, true],
    ['zeroed', 26, 130, false],
    ['zeroed', 27, 130, true],
    ['price', 10, 20, false],
    ['price', 11, 219, true],
    ['price', 11, 220, false],
    ['erased', 10, 10, false],
    ['erased', 11, 1_000_000, true],
  ] as const)('say of %s %i of %i listings: too many = %s', (kind, changes, listings, isTooMany) => {
    expect(exceedsLimits(kind, changes, listings)).toBe(isTooMany);
  });

  it('hold nothing that is within the bare figure or within the share', () => {
    fc.assert(
      fc.property(figures, ({ kind, changes, listings }) => {
        const { count, percent } = GUARD_LIMITS[kind];
        const isWithinShare = percent !== null && changes <= (listings * percent) / 100;
        expect(exceedsLimits(kind, changes, listings)).toBe(!(changes <= count || isWithinShare));
      }),
    );
  });

  it('let no more go for being more, and no less for being measured against more listings', () => {
    fc.assert(
      fc.property(figures, fc.nat(100), fc.nat(100), ({ kind, changes, listings }, more, fewer) => {
        if (!exceedsLimits(kind, changes, listings)) return;
        expect(exceedsLimits(kind, changes + more, Math.max(0, listings - fewer))).toBe(true);
      }),
    );
  });
});
