import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatMinor,
  multiplyPrice,
  parsePrice,
  priceFromMinor,
  type RoundingMode,
  roundToMinor,
} from '../../../src/core/money.js';

const Exact = Decimal.clone({ precision: 120, toExpNeg: -200, toExpPos: 200 });

/** Decimal texts as databases give them, with up to twelve decimals. */
const amounts = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, decimals]) => formatMinor(digits, decimals));

/** How decimal.js names the same rounding; it has none for half-odd. */
const ORACLE: Readonly<Record<Exclude<RoundingMode, 'half-odd'>, Decimal.Rounding>> = {
  up: Decimal.ROUND_UP,
  down: Decimal.ROUND_DOWN,
  'half-up': Decimal.ROUND_HALF_UP,
  'half-down': Decimal.ROUND_HALF_DOWN,
  'half-even': Decimal.ROUND_HALF_EVEN,
};

function oracle(text: string, decimals: number, mode: RoundingMode): string {
  if (mode !== 'half-odd') return new Exact(text).toFixed(decimals, ORACLE[mode]);
  const down = new Exact(text).toDecimalPlaces(decimals, Decimal.ROUND_DOWN);
  const unit = new Exact(10).pow(-decimals);
  const away = down.plus(unit.times(text.startsWith('-') ? -1 : 1));
  const isTie = new Exact(text).minus(down).abs().times(2).equals(unit);
  if (!isTie) return new Exact(text).toFixed(decimals, Decimal.ROUND_HALF_UP);
  return (down.div(unit).mod(2).isZero() ? away : down).toFixed(decimals);
}

const modes: readonly RoundingMode[] = ['up', 'down', 'half-up', 'half-down', 'half-even', 'half-odd'];

describe('Rounding to minor units', () => {
  it.each(modes)('%s agrees with decimal.js for any amount and number of decimals', (mode) => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 6 }), (text, decimals) => {
        const minor = roundToMinor(parsePrice(text), decimals, mode);
        expect(new Exact(formatMinor(minor, decimals)).equals(oracle(text, decimals, mode))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each(modes)('%s agrees with decimal.js at ties and right beside them', (mode) => {
    for (const sign of ['', '-'])
      for (const whole of [0, 1, 2, 3, 8, 9])
        for (const tail of ['5', '499999999999', '500000000001', '0', '000000000001', '999999999999']) {
          const text = `${sign}0.0${whole}${tail}`.slice(0, sign.length + 14);
          const minor = roundToMinor(parsePrice(text), 2, mode);
          expect(`${text} → ${new Exact(formatMinor(minor, 2)).toFixed(2)}`).toBe(
            `${text} → ${new Exact(oracle(text, 2, mode)).toFixed(2)}`,
          );
        }
  });

  it('goes away from zero by "up", toward zero by "down", for refunds as for prices', () => {
    expect(roundToMinor(parsePrice('-1.001'), 2, 'up')).toBe(-101n);
    expect(roundToMinor(parsePrice('-1.009'), 2, 'down')).toBe(-100n);
    expect(roundToMinor(parsePrice('2.5'), 0, 'half-odd')).toBe(3n);
    expect(roundToMinor(parsePrice('3.5'), 0, 'half-odd')).toBe(3n);
    expect(roundToMinor(parsePrice('2.5'), 0, 'half-even')).toBe(2n);
  });
});

describe('A decimal text', () => {
  it('is read exactly to twelve decimals and written back the same', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), (units) => {
        expect(parsePrice(formatMinor(units, 12))).toBe(units);
      }),
    );
  });

  it('beyond the twelfth decimal is rounded half up', () => {
    expect(parsePrice('0.0000000000005')).toBe(1n);
    expect(parsePrice('0.00000000000049999')).toBe(0n);
    expect(parsePrice('-0.0000000000005')).toBe(-1n);
  });

  it('may have spaces around it, a sign, no whole part or no decimals', () => {
    expect(parsePrice(' +12.50 ')).toBe(12_500_000_000_000n);
    expect(parsePrice('.5')).toBe(500_000_000_000n);
    expect(parsePrice('5.')).toBe(5_000_000_000_000n);
    expect(parsePrice('-0')).toBe(0n);
  });

  it.each(['', ' ', '.', '-', '1,50', '1e3', '0x10', 'NaN', 'Infinity', '1.2.3', '12 50', '٣'])(
    'that is none is refused: %j',
    (text) => {
      expect(() => parsePrice(text)).toThrow(`got ${JSON.stringify(text)}`);
    },
  );
});

describe('Minor units', () => {
  it.each([
    [1250n, 2, '12.50'],
    [3981n, 0, '3981'],
    [5n, 2, '0.05'],
    [-5n, 2, '-0.05'],
    [0n, 2, '0.00'],
    [-125_000n, 3, '-125.000'],
    [-7n, 0, '-7'],
  ])('%s of 10^-%s are written %s', (minor, decimals, text) => {
    expect(formatMinor(minor, decimals)).toBe(text);
  });

  it('become exact amounts without any loss', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.integer({ min: 0, max: 6 }),
        (minor, decimals) => {
          expect(roundToMinor(priceFromMinor(minor, decimals), decimals, 'up')).toBe(minor);
        },
      ),
    );
  });
});

describe('A product of two amounts', () => {
  it('is rounded half up once, at the twelfth decimal', () => {
    fc.assert(
      fc.property(amounts, amounts, (price, factor) => {
        const expected = new Exact(price).times(factor).toFixed(12, Decimal.ROUND_HALF_UP);
        expect(multiplyPrice(parsePrice(price), parsePrice(factor))).toBe(parsePrice(expected));
      }),
    );
  });
});
