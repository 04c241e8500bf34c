import { describe, expect, it } from 'vitest';
import { parsePrice, type RoundingMode } from '../../../../src/core/money.js';
import { computedCells, differencesBetween } from '../../../../src/features/price-verification/computed-cells.js';
import type { AnsweredPrice } from '../../../../src/shop/asked-prices/asked-price.js';
import { specificPrice } from '../../../support/specific-price-samples.js';

function answer(taxIncluded: string, fields: { decimals?: number; roundingMode?: RoundingMode } = {}): AnsweredPrice {
  const price = parsePrice(taxIncluded);
  return {
    quote: {
      winner: specificPrice({ id: 12 }),
      ...{ taxIncluded: price, taxIncludedBase: price, taxExcluded: price, taxExcludedBase: price },
    },
    currency: { id: 1, iso: 'EUR', decimals: fields.decimals ?? 2 },
    countryId: 8,
    groupId: 1,
    roundingMode: fields.roundingMode ?? 'half-up',
  };
}

describe('computedCells', () => {
  it('writes amounts with six decimals, and the last column with those of the currency', () => {
    expect(computedCells(answer('26.2383555'))).toMatchObject({ ti_final: '26.238356', ti_final_rounded: '26.24' });
    expect(computedCells(answer('3980.688', { decimals: 0 })).ti_final_rounded).toBe('3981');
    expect(computedCells(answer('21.600000'))).toMatchObject({ ti_final: '21.6', ti_final_rounded: '21.6' });
    expect(computedCells(answer('0'))).toMatchObject({ te_base: '0', ti_final_rounded: '0', id_specific_price: '12' });
  });

  it('rounds once: what rounds up to half a cent at the sixth decimal is still less than half a cent', () => {
    expect(computedCells(answer('1.0049999996'))).toMatchObject({ ti_final: '1.005', ti_final_rounded: '1' });
  });

  it.each([
    ['up', '1.01', '1.000001'],
    ['down', '1', '1'],
    ['half-up', '1', '1.000001'],
    ['half-down', '1', '1'],
    ['half-even', '1', '1'],
    ['half-odd', '1', '1.000001'],
  ] as const)('rounds by the shop: %s', (roundingMode, cents, micros) => {
    const cells = computedCells(answer('1.0000005', { roundingMode }));
    expect([cells.ti_final_rounded, cells.ti_final]).toEqual([cents, micros]);
  });
});

describe('differencesBetween', () => {
  const computed = computedCells(answer('22.944'));

  it('compares only the columns that the table has', () => {
    expect(differencesBetween({}, computed)).toEqual([]);
    expect(differencesBetween({ ti_final: '22.944', ti_final_rounded: '22.940' }, computed)).toEqual([]);
  });

  it('finds the millionth of a unit, and another specific price', () => {
    expect(differencesBetween({ ti_final: '22.944001', te_base: '22.944', id_specific_price: '' }, computed)).toEqual([
      { column: 'ti_final', expected: '22.944001', computed: '22.944' },
      { column: 'id_specific_price', expected: '', computed: '12' },
    ]);
  });

  it('takes an empty amount for a difference', () => {
    expect(differencesBetween({ ti_final: '' }, computed)).toHaveLength(1);
  });

  it('reads small numbers as PHP writes them', () => {
    const small = computedCells(answer('0.000054'));
    expect(differencesBetween({ ti_final: '5.4E-5' }, small)).toEqual([]);
    expect(differencesBetween({ ti_final: '5.5E-5' }, small)).toHaveLength(1);
  });

  it('asks for no more figures than PHP writes, and for no fewer', () => {
    const large = computedCells(answer('123456789.123456'));
    expect(differencesBetween({ ti_final: '123456789.12346' }, large)).toEqual([]);
    expect(differencesBetween({ ti_final: '123456789.12345' }, large)).toHaveLength(1);
    expect(differencesBetween({ ti_final: '12345678.12346' }, computedCells(answer('12345678.123456')))).toHaveLength(
      1,
    );
  });
});
