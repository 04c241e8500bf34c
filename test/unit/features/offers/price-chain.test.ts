import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrice, type RoundingMode } from '../../../../src/core/money.js';
import type { MarketplaceOfferSettings, PriceRule } from '../../../../src/features/offers/offer-settings.js';
import {
  amountOfOverride,
  amountOfShopPrice,
  applyPriceRules,
  type PriceChain,
  priceChain,
  roundSellingPrice,
  supplementOf,
} from '../../../../src/features/offers/price-chain.js';
import { NO_OPTIONS } from '../../../../src/features/offers/resolve-options.js';
import { sampleSettings } from './sample-items.js';

const chain = (changes: Partial<MarketplaceOfferSettings>, roundingMode: RoundingMode = 'half-up'): PriceChain =>
  priceChain(sampleSettings(changes), roundingMode);
const rule = (from: string, to: string | null, change: { percent?: string; value?: string }): PriceRule => ({
  from: parsePrice(from),
  to: to === null ? null : parsePrice(to),
  percent: parsePrice(change.percent ?? '0'),
  value: parsePrice(change.value ?? '0'),
});
const rounded = (price: string, changes: Partial<MarketplaceOfferSettings>, mode?: RoundingMode) =>
  roundSellingPrice(parsePrice(price), chain(changes, mode));

describe('A price rule', () => {
  const rules = chain({
    priceRules: [
      rule('0', '10', { value: '1.50' }),
      rule('10', '100', { percent: '12.5' }),
      rule('10', null, { percent: '-5' }),
    ],
  });
  const changed = (price: string) => applyPriceRules(parsePrice(price), rules);

  it('is the first whose range holds the price, from its beginning to before its end', () => {
    expect(changed('9.99')).toBe(parsePrice('11.49'));
    expect(changed('10')).toBe(parsePrice('11.25'));
    expect(changed('99.99')).toBe(parsePrice('112.48875'));
    expect(changed('100')).toBe(parsePrice('95'));
  });

  it('adds its value after its percentage', () => {
    const both = chain({ priceRules: [rule('0', null, { percent: '10', value: '2' })] });
    expect(applyPriceRules(parsePrice('20'), both)).toBe(parsePrice('24'));
  });

  it('meets the price that people see, and changes the exact one', () => {
    expect(changed('9.9999996')).toBe(parsePrice('11.24999955'));
  });

  it('leaves a price alone that no range holds', () => {
    const above = chain({ priceRules: [rule('50', null, { percent: '10' })] });
    expect(applyPriceRules(parsePrice('20'), above)).toBe(parsePrice('20'));
  });
});

describe('Rounding a selling price', () => {
  it('none keeps the decimals of the currency', () => {
    expect(rounded('24.384', { rounding: 'none' })).toBe(2438n);
    expect(rounded('3980.688', { rounding: 'none', currencyDecimals: 0 })).toBe(3981n);
  });

  it('one digit rounds once, not first to two', () => {
    expect(rounded('24.349', { rounding: 'one-digit' })).toBe(2430n);
    expect(rounded('24.35', { rounding: 'one-digit' })).toBe(2440n);
    expect(rounded('24.3', { rounding: 'one-digit', currencyDecimals: 0 })).toBe(24n);
  });

  it('two digits keeps two, also in a currency of three', () => {
    expect(rounded('24.3849', { rounding: 'two-digits' })).toBe(2438n);
    expect(rounded('24.3849', { rounding: 'two-digits', currencyDecimals: 3 })).toBe(24380n);
  });

  it('attractive takes the nearest price with the ending', () => {
    const ending = { rounding: 'attractive', attractiveEndingMinor: 99 } as const;
    expect(rounded('29.40', ending)).toBe(2899n);
    expect(rounded('29.60', ending)).toBe(2999n);
    expect(rounded('29.99', ending)).toBe(2999n);
    expect(rounded('30.00', ending)).toBe(2999n);
    expect(rounded('0.20', ending)).toBe(99n);
    expect(rounded('29.01', ending, 'up')).toBe(2999n);
    expect(rounded('29.98', ending, 'down')).toBe(2899n);
  });

  it('attractive knows endings of one, two and three figures', () => {
    expect(rounded('29.40', { rounding: 'attractive', attractiveEndingMinor: 5 })).toBe(2905n);
    expect(rounded('26.40', { rounding: 'attractive', attractiveEndingMinor: 999 })).toBe(2999n);
    expect(rounded('3980', { rounding: 'attractive', attractiveEndingMinor: 80, currencyDecimals: 0 })).toBe(3980n);
    expect(rounded('0.20', { rounding: 'attractive', attractiveEndingMinor: 0 })).toBe(100n);
  });

  it('attractive always gives the ending, moves by at most half its distance, and then stays', () => {
    const prices = fc.bigInt({ min: 10n ** 12n, max: 10n ** 17n });
    fc.assert(
      fc.property(prices, fc.integer({ min: 0, max: 99 }), (price, attractiveEndingMinor) => {
        const ending = chain({ rounding: 'attractive', attractiveEndingMinor });
        const minor = roundSellingPrice(price, ending);
        const exact = minor * 10n ** 10n;
        expect(minor % 100n).toBe(BigInt(attractiveEndingMinor));
        expect(exact > price ? exact - price : price - exact).toBeLessThanOrEqual(10n ** 12n / 2n);
        expect(roundSellingPrice(exact, ending)).toBe(minor);
      }),
    );
  });

  it('never makes something of nothing', () => {
    for (const rounding of ['none', 'one-digit', 'two-digits', 'attractive'] as const) {
      expect(rounded('0', { rounding })).toBe(0n);
      expect(rounded('-3', { rounding })).toBe(0n);
    }
  });
});

describe('The chain of a price', () => {
  it('puts the supplement between rule and rounding', () => {
    const both = chain({ priceRules: [rule('0', null, { percent: '10' })], rounding: 'one-digit' });
    expect(amountOfShopPrice(parsePrice('20.02'), parsePrice('0.93'), both)).toBe(2300n);
  });

  it('lets an override replace the price and the rule, but not supplement and rounding', () => {
    const both = chain({ priceRules: [rule('0', null, { percent: '10' })], rounding: 'one-digit' });
    expect(amountOfOverride('25.00', parsePrice('0.56'), both)).toBe(2560n);
  });

  it('adds the supplement only where Amazon ships', () => {
    const supplement = { ...NO_OPTIONS, amazonFulfilledSupplement: '1.20' };
    expect(supplementOf(supplement)).toBe(0n);
    expect(supplementOf({ ...supplement, amazonFulfilled: false })).toBe(0n);
    expect(supplementOf({ ...supplement, amazonFulfilled: true })).toBe(parsePrice('1.20'));
    expect(supplementOf({ ...NO_OPTIONS, amazonFulfilled: true })).toBe(0n);
  });
});
