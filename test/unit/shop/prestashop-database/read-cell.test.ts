import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrice } from '../../../../src/core/money.js';
import { dateOf, decimalOf, integerOf, textOf } from '../../../../src/shop/prestashop-database/read-cell.js';

describe('decimalOf', () => {
  it('is exactly what the slow way of reading gives, whatever the decimal', () => {
    const units = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n });
    fc.assert(
      fc.property(units, fc.integer({ min: 0, max: 9 }), (value, decimals) => {
        const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
        const text = `${value < 0n ? '-' : ''}${digits.slice(0, digits.length - decimals)}.${digits.slice(digits.length - decimals)}`;
        expect(decimalOf(text)).toBe(parsePrice(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads numbers, NULL and missing cells', () => {
    expect(decimalOf(12.5)).toBe(parsePrice('12.5'));
    expect(decimalOf(8e-7)).toBe(parsePrice('0.000001'));
    expect([decimalOf(null), decimalOf(undefined), decimalOf('0.000000')]).toEqual([0n, 0n, 0n]);
  });

  it('refuses what is no decimal', () => {
    expect(() => decimalOf('abc.123456')).toThrow('Expected a decimal number');
  });
});

describe('the other cells', () => {
  it('take a zero date for none', () => {
    expect(dateOf('0000-00-00 00:00:00')).toBeNull();
    expect(dateOf('2026-11-21')).toBe('2026-11-21');
    expect([dateOf(''), dateOf(null)]).toEqual([null, null]);
  });

  it('take NULL for an empty text and for 0', () => {
    expect([textOf(null), textOf(7), integerOf(null), integerOf('12'), integerOf('x')]).toEqual(['', '7', 0, 12, 0]);
  });
});
