import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMinor, parsePrice, type RoundingMode, roundToMinor } from '../../../../src/core/money.js';
import { priceText, roundPrice } from '../../../../src/features/offers/round-price.js';

const modes: readonly RoundingMode[] = ['up', 'down', 'half-up', 'half-down', 'half-even', 'half-odd'];

describe('The text of a price', () => {
  it('is rounded once and written with the decimals of its currency', () => {
    expect(priceText(parsePrice('24.384'), 2, 'half-up')).toBe('24.38');
    expect(priceText(parsePrice('3980.688'), 0, 'half-up')).toBe('3981');
    expect(priceText(parsePrice('9.9999996'), 2, 'half-up')).toBe('10.00');
    expect(priceText(parsePrice('0.005'), 2, 'half-up')).toBe('0.01');
  });

  it('is what the exact way by big integers gives, at every size, tie and mode', () => {
    const sizes = fc.oneof(
      fc.bigInt({ min: 0n, max: 20_000n * 10n ** 12n }),
      fc.integer({ min: 0, max: 2_000_000 }).map((halfCents) => BigInt(halfCents) * 5n * 10n ** 9n),
      fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }),
      fc.bigInt({ min: -(10n ** 15n), max: -1n }),
    );
    fc.assert(
      fc.property(sizes, fc.constantFrom(-3, -2, 0, 1, 2, 3, 7), fc.constantFrom(...modes), (price, decimals, mode) => {
        const exact = roundToMinor(price, decimals, mode);
        expect(roundPrice(price, decimals, mode)).toBe(exact);
        if (decimals >= 0) expect(priceText(price, decimals, mode)).toBe(formatMinor(exact, decimals));
      }),
      { numRuns: 2_000 },
    );
  });
});
