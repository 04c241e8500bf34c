import { describe, expect, it } from 'vitest';
import { parsePrice } from '../../../../src/core/money.js';
import { type TaxDestination, type TaxRule, taxFactorsOf } from '../../../../src/shop/price-engine/tax-rate.js';

function rule(fields: Partial<TaxRule> & { readonly percent?: string }): TaxRule {
  return {
    ...{ id: 1, taxRulesGroupId: 1, countryId: 8, stateId: 0, zipcodeFrom: '0', zipcodeTo: '0', behavior: 0 },
    ratePercent: parsePrice(fields.percent ?? '20'),
    ...fields,
  };
}

const factorAt = (rules: readonly TaxRule[], place: Partial<TaxDestination>) =>
  taxFactorsOf(rules, { countryId: 8, stateId: 0, zipcode: '0', ...place }).get(1);
const factor = (rules: readonly TaxRule[]) => factorAt(rules, {});

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

  it('keeps three decimals of a rate', () => {
    expect(factor([rule({ percent: '8.875' })])).toBe(parsePrice('1.08875'));
  });

  it('leaves out rules for a state or for zip codes where the buyer has none', () => {
    expect(factor([rule({ stateId: 4 })])).toBeUndefined();
    expect(factor([rule({ zipcodeFrom: '20000', zipcodeTo: '20999' })])).toBeUndefined();
    expect(factor([rule({ zipcodeFrom: '', zipcodeTo: '' })])).toBe(parsePrice('1.2'));
  });

  it('does not find "no zip code" between 00000 and 99999, since the database compares texts', () => {
    const all = [rule({ zipcodeFrom: '00000', zipcodeTo: '99999' })];
    expect(factor(all)).toBeUndefined();
    expect(factorAt(all, { zipcode: '75010' })).toBe(parsePrice('1.2'));
    expect(factorAt(all, { zipcode: '' })).toBeUndefined();
  });

  it("lets the state's rule decide how rates combine, and the country's follow it", () => {
    const country = rule({ id: 1, percent: '5', behavior: 0 });
    const state = rule({ id: 2, stateId: 4, percent: '7', behavior: 1 });
    expect(factorAt([country, state], { stateId: 4 })).toBe(parsePrice('1.12'));
    expect(factorAt([country, { ...state, behavior: 0 }], { stateId: 4 })).toBe(parsePrice('1.07'));
    expect(factorAt([country, { ...state, behavior: 2 }], { stateId: 4 })).toBe(parsePrice('1.1235'));
    expect(factorAt([country, state], { stateId: 5 })).toBe(parsePrice('1.05'));
  });

  it('puts the higher range of zip codes first, before every state', () => {
    const high = rule({ id: 1, zipcodeFrom: '75000', zipcodeTo: '75999', percent: '3' });
    const low = rule({ id: 2, zipcodeFrom: '70000', zipcodeTo: '79999', percent: '4', stateId: 4 });
    expect(factorAt([low, high], { zipcode: '75010', stateId: 4 })).toBe(parsePrice('1.03'));
    expect(factorAt([low, high], { zipcode: '76000', stateId: 4 })).toBe(parsePrice('1.04'));
  });

  it('finds the rule for one zip code alone, which ends at 0', () => {
    const one = [rule({ zipcodeFrom: '75010', zipcodeTo: '0' })];
    expect(factorAt(one, { zipcode: '75010' })).toBe(parsePrice('1.2'));
    expect(factorAt(one, { zipcode: '75011' })).toBeUndefined();
    expect(factor(one)).toBeUndefined();
  });

  it('compares letters without their case', () => {
    const range = [rule({ zipcodeFrom: '2A', zipcodeTo: '2M' })];
    expect(factorAt(range, { zipcode: '2b ' })).toBe(parsePrice('1.2'));
    expect(factorAt(range, { zipcode: '2z' })).toBeUndefined();
  });
});
