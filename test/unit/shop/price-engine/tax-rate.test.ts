import { describe, expect, it } from 'vitest';
import { parsePrice } from '../../../../src/core/money.js';
import { type TaxRule, taxFactorsOf } from '../../../../src/shop/price-engine/tax-rate.js';

function rule(fields: Partial<TaxRule> & { readonly percent?: string }): TaxRule {
  return {
    ...{ id: 1, taxRulesGroupId: 1, countryId: 8, stateId: 0, zipcodeFrom: '0', zipcodeTo: '0', behavior: 0 },
    ratePercent: parsePrice(fields.percent ?? '20'),
    ...fields,
  };
}

const factor = (rules: readonly TaxRule[]) => taxFactorsOf(rules, { countryId: 8, stateId: 0, zipcode: '0' }).get(1);

describe('taxFactorsOf', () => {
  it('takes the rule of the country and no other', () => {
    expect(factor([rule({ countryId: 1, percent: '19' }), rule({ percent: '5.5' })])).toBe(parsePrice('1.055'));
    expect(factor([rule({ countryId: 1 })])).toBeUndefined();
  });

  it('stops after a rule that stands alone', () => {
    expect(factor([rule({ id: 1, behavior: 0 }), rule({ id: 2, percent: '5' })])).toBe(parsePrice('1.2'));
  });

  it('adds up the rates of rules that combine', () => {
    const rules = [
      rule({ id: 1, behavior: 1 }),
      rule({ id: 2, behavior: 1, percent: '5' }),
      rule({ id: 3, percent: '2' }),
    ];
    expect(factor(rules)).toBe(parsePrice('1.27'));
  });

  it('puts one rate on top of the other where the first rule says so', () => {
    const rules = [rule({ id: 1, behavior: 2, percent: '10' }), rule({ id: 2, behavior: 1, percent: '5' })];
    expect(factor(rules)).toBe(parsePrice('1.155'));
  });

  it('leaves out rules for a state or for zip codes', () => {
    expect(factor([rule({ stateId: 4 })])).toBeUndefined();
    expect(factor([rule({ zipcodeFrom: '20000', zipcodeTo: '20999' })])).toBeUndefined();
    expect(factor([rule({ zipcodeFrom: '', zipcodeTo: '' })])).toBe(parsePrice('1.2'));
  });
});
