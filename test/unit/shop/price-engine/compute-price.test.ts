import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMinor, parsePrice, roundToMinor } from '../../../../src/core/money.js';
import { computePrice, type PriceItem, type PriceTerms } from '../../../../src/shop/price-engine/compute-price.js';
import type { SpecificPrice } from '../../../../src/shop/price-engine/specific-price.js';
import { priceTerms, specificPrice } from '../../../support/specific-price-samples.js';

Decimal.set({ precision: 100 });

const amount = parsePrice;

function item(productPrice: string, combinationImpact = '0', ecotax = '0'): PriceItem {
  return { productPrice: amount(productPrice), combinationImpact: amount(combinationImpact), ecotax: amount(ecotax) };
}

function shown(price: bigint, decimals = 2): string {
  return formatMinor(roundToMinor(price, decimals, 'half-up'), decimals);
}

function percent(fraction: string): SpecificPrice {
  return specificPrice({ reduction: amount(fraction), reductionType: 'percentage' });
}

describe('computePrice gives what PrestaShop gave in the measured examples', () => {
  const usd = priceTerms({ rate: amount('1.0825'), currencyId: 2 });
  const fixedUsd = specificPrice({ fixedPrice: amount('9.99'), currencyId: 2 });
  const fixedCombination = specificPrice({ fixedPrice: amount('7.50'), combinationId: 32 });
  const group4 = priceTerms({ groupReduction: amount('0.075') });
  it.each([
    ['combination impact, 20 % off', item('23.90', '1.50'), percent('0.2'), priceTerms(), '24.38'],
    ['ecotax of the combination, 15 % off', item('18.90', '0', '2.00'), percent('0.15'), priceTerms(), '21.07'],
    [
      '5 off, tax excluded',
      item('29'),
      specificPrice({ reduction: amount('5'), reductionWithTax: false }),
      priceTerms(),
      '28.80',
    ],
    ['5 off, tax included', item('29'), specificPrice({ reduction: amount('5') }), priceTerms(), '29.80'],
    ['fixed for the combination: no impact', item('12.90', '3'), fixedCombination, priceTerms(), '9.00'],
    [
      'fixed for the product, 10 % off',
      item('12.90'),
      { ...percent('0.1'), fixedPrice: amount('10') },
      priceTerms(),
      '10.80',
    ],
    ['fixed in the wanted currency', item('18.90'), fixedUsd, usd, '11.99'],
    ['3 off in the default currency', item('12.90'), specificPrice({ reduction: amount('3') }), usd, '13.51'],
    ['group reduction after 30 % off', item('35.90'), percent('0.3'), group4, '27.89'],
    [
      'category reduction of the group',
      item('23.90'),
      percent('0.2'),
      priceTerms({ groupReduction: amount('0.02') }),
      '22.49',
    ],
    ['no tax in the country', item('23.90'), percent('0.2'), priceTerms({ taxFactor: amount('1') }), '19.12'],
  ] as const)('%s', (_, priced, winner, terms, expected) => {
    expect(shown(computePrice(priced, winner, terms))).toBe(expected);
  });

  it('yen have no decimals', () => {
    const yen = priceTerms({ rate: amount('163.25'), currencyId: 4 });
    expect(shown(computePrice(item('25.40'), percent('0.2'), yen), 0)).toBe('3981');
  });

  it.each([
    ['a fixed price of 0 is one', specificPrice({ fixedPrice: 0n }), '0.00'],
    ['a reduction above the price leaves 0', specificPrice({ reduction: amount('100') }), '0.00'],
    ['a percentage above 100 leaves 0', percent('1.5'), '0.00'],
    ['a negative reduction makes it dearer', specificPrice({ reduction: amount('-5') }), '39.80'],
    ['a negative percentage makes it dearer', percent('-0.1'), '38.28'],
  ])('%s', (_, winner, expected) => {
    expect(shown(computePrice(item('29'), winner, priceTerms()))).toBe(expected);
  });

  it('a percentage is taken off after the ecotax, the ecotax is not taxed like the product', () => {
    expect(shown(computePrice(item('10', '0', '2'), percent('0.5'), priceTerms()))).toBe('7.06');
  });

  it('half a cent is exactly half a cent', () => {
    // 1.005 as a binary number lies below itself; PHP brings it back by rounding 15 figures first.
    expect(shown(computePrice(item('0.837500'), null, priceTerms()))).toBe('1.01');
    expect(shown(computePrice(item('0.837499'), null, priceTerms()))).toBe('1.00');
  });

  it('a reduction tax included is divided by the tax when prices are tax excluded', () => {
    const net = priceTerms({ taxIncluded: false });
    expect(shown(computePrice(item('29'), specificPrice({ reduction: amount('6') }), net))).toBe('24.00');
  });
});

const micro = fc.bigInt({ min: 0n, max: 10n ** 11n }).map((units) => units * 10n ** 6n);
const fraction = fc.bigInt({ min: 0n, max: 10n ** 6n }).map((units) => units * 10n ** 6n);
const factor = fc.bigInt({ min: 0n, max: 30_000n }).map((units) => amount('1') + units * 10n ** 7n);
const rate = fc.bigInt({ min: 1n, max: 200n * 10n ** 6n }).map((units) => units * 10n ** 6n);

const arbitraryItem: fc.Arbitrary<PriceItem> = fc.record({
  productPrice: micro,
  combinationImpact: fc.oneof(
    micro,
    micro.map((price) => -price),
  ),
  ecotax: fc.oneof(fc.constant(0n), micro),
});
const arbitraryTerms: fc.Arbitrary<PriceTerms> = fc.record({
  rate,
  currencyId: fc.constantFrom(1, 2),
  taxFactor: factor,
  ecotaxTaxFactor: factor,
  groupReduction: fc.oneof(fc.constant(0n), fraction),
  taxIncluded: fc.boolean(),
  withReduction: fc.boolean(),
});
const arbitraryWinner: fc.Arbitrary<SpecificPrice | null> = fc
  .option(
    fc.record({
      combinationId: fc.constantFrom(0, 7),
      currencyId: fc.constantFrom(0, 1, 2),
      fixedPrice: fc.option(micro),
      reductionType: fc.constantFrom('amount' as const, 'percentage' as const),
      reductionWithTax: fc.boolean(),
      reduction: fraction,
    }),
  )
  .map((fields) => fields && specificPrice(fields));

describe('computePrice', () => {
  it('is never negative', () => {
    fc.assert(
      fc.property(arbitraryItem, arbitraryWinner, arbitraryTerms, (priced, winner, terms) => {
        expect(computePrice(priced, winner, terms) >= 0n).toBe(true);
      }),
    );
  });

  it('is exact to the last kept digit, as decimal.js with 100 digits computes it', () => {
    fc.assert(
      fc.property(arbitraryItem, arbitraryWinner, arbitraryTerms, (priced, winner, terms) => {
        expect(computePrice(priced, winner, terms)).toBe(oracle(priced, winner, terms));
      }),
      { numRuns: 1_000 },
    );
  });
});

/** The rule of the measured facts, section 4.2, once more with decimal.js. */
function oracle(priced: PriceItem, winner: SpecificPrice | null, terms: PriceTerms): bigint {
  const decimal = (exact: bigint) => new Decimal(exact.toString()).div('1e12');
  const taxed = (value: Decimal, by: bigint) => (terms.taxIncluded ? value.mul(decimal(by)) : value);
  const fixed = winner?.fixedPrice ?? null;
  const keepsCurrency = fixed !== null && winner?.currencyId === terms.currencyId;
  let price = decimal(fixed ?? priced.productPrice).mul(keepsCurrency ? 1 : decimal(terms.rate));
  if (fixed === null || winner?.combinationId === 0)
    price = price.add(decimal(priced.combinationImpact).mul(decimal(terms.rate)));
  price = taxed(price, terms.taxFactor);
  price = price.add(taxed(decimal(priced.ecotax).mul(decimal(terms.rate)), terms.ecotaxTaxFactor));
  if (winner && terms.withReduction) price = price.sub(reduction(price, winner));
  price = price.mul(new Decimal(1).sub(decimal(terms.groupReduction)));
  return price.lte(0) ? 0n : BigInt(price.mul('1e12').toFixed(0, Decimal.ROUND_HALF_UP));

  function reduction(before: Decimal, row: SpecificPrice): Decimal {
    if (row.reductionType === 'percentage') return before.mul(decimal(row.reduction));
    const value = decimal(row.reduction).mul(row.currencyId === 0 ? decimal(terms.rate) : 1);
    if (terms.taxIncluded && !row.reductionWithTax) return value.mul(decimal(terms.taxFactor));
    return !terms.taxIncluded && row.reductionWithTax ? value.div(decimal(terms.taxFactor)) : value;
  }
}
