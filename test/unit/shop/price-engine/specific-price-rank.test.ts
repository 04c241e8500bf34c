import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpecificPrice } from '../../../../src/shop/price-engine/specific-price.js';
import { rankSpecificPrices } from '../../../../src/shop/price-engine/specific-price-rank.js';
import { DEFAULT_PRIORITIES, specificPrice, VISITOR } from '../../../support/specific-price-samples.js';

const best = (rows: readonly SpecificPrice[], priorities = DEFAULT_PRIORITIES) =>
  rankSpecificPrices(rows, VISITOR, { priorities }).general[0]?.id;

describe('rankSpecificPrices', () => {
  it.each([
    ['a larger quantity step before a better match', { fromQuantity: 0, groupId: 1 }, { fromQuantity: 1 }, 2],
    ['a hand-made row before one of a rule', { ruleId: 3, groupId: 1, currencyId: 1 }, { ruleId: 0 }, 2],
    ['the group before the currency', { currencyId: 1, countryId: 8, shopId: 1 }, { groupId: 1 }, 2],
    ['the currency before country and shop', { countryId: 8, shopId: 1 }, { currencyId: 1 }, 2],
    ['the later end among equals', { to: '2026-11-30 00:00:00' }, { to: '2026-12-30 00:00:00' }, 2],
    ['a row with an end before one without', { to: null }, { to: '2026-12-30 00:00:00' }, 2],
    ['the later start among equals', { from: '2026-11-01 00:00:00' }, { from: '2026-11-02 00:00:00' }, 2],
    ['the lower id among rows that are equal in everything', {}, {}, 1],
  ])('puts %s', (_, first, second, winner) => {
    const rows = [specificPrice({ id: 1, ...first }), specificPrice({ id: 2, ...second })];
    expect(best(rows)).toBe(winner);
    expect(best([...rows].reverse())).toBe(winner);
  });

  it('follows the priorities of the product', () => {
    const rows = [specificPrice({ id: 1, groupId: 1 }), specificPrice({ id: 2, countryId: 8 })];
    expect(best(rows)).toBe(1);
    expect(best(rows, 'id_country;id_group;id_currency;id_shop')).toBe(2);
  });

  it.each([
    ['another shop', { shopId: 2 }],
    ['another currency', { currencyId: 2 }],
    ['another country', { countryId: 1 }],
    ['another group', { groupId: 3 }],
    ['one customer', { customerId: 5 }],
    ['one cart', { cartId: 5 }],
    ['five pieces', { fromQuantity: 5 }],
  ])('leaves out a row for %s', (_, fields) => {
    expect(best([specificPrice(fields)])).toBeUndefined();
  });

  it.each([
    ['the lowest id, for the product or for every product', { productId: 1 }, { productId: 0 }],
    ['the lowest id, for every product or for the product', { productId: 0 }, { productId: 1 }],
  ])('gives %s, where the query leaves it open', (_, first, second) => {
    const rows = [specificPrice({ id: 4, ...first }), specificPrice({ id: 7, ...second })];
    expect(best(rows)).toBe(4);
    expect(best([...rows].reverse())).toBe(4);
  });

  it('minds only the fields that the priorities name, and the customer before them', () => {
    const rows = [specificPrice({ id: 1, groupId: 1, shopId: 1 }), specificPrice({ id: 2, currencyId: 1 })];
    expect(best(rows, 'id_currency')).toBe(2);
    expect(best(rows, '')).toBe(1);
    const own = specificPrice({ id: 3, customerId: 5 });
    const ranked = rankSpecificPrices([...rows, own], { ...VISITOR, customerId: 5 }, { priorities: 'id_group' });
    expect(ranked.general[0]?.id).toBe(3);
  });

  it('puts a row for the cart before a larger step, but not in PrestaShop 1.6.1', () => {
    const rows = [specificPrice({ id: 1, cartId: 9 }), specificPrice({ id: 2, fromQuantity: 3 })];
    const wanted = { ...VISITOR, cartId: 9, quantity: 3 };
    const first = (cartRanks: boolean) =>
      rankSpecificPrices(rows, wanted, { priorities: DEFAULT_PRIORITIES, cartRanks }).general[0]?.id;
    expect([first(true), first(false)]).toEqual([1, 2]);
  });

  it('counts steps from 0 and from 1 as held by every quantity', () => {
    const wanted = { ...VISITOR, quantity: 0 };
    const held = (fromQuantity: number) =>
      rankSpecificPrices([specificPrice({ fromQuantity })], wanted, { priorities: '' }).general.length;
    expect([held(0), held(1), held(2)]).toEqual([1, 1, 0]);
  });

  it('puts a row for the exact combination before everything else, for that combination only', () => {
    const rows = [specificPrice({ id: 1, groupId: 1 }), specificPrice({ id: 2, combinationId: 9, ruleId: 4 })];
    const ranked = rankSpecificPrices(rows, VISITOR, { priorities: DEFAULT_PRIORITIES });
    expect(ranked.byCombination.get(9)?.map((row) => row.id)).toEqual([2, 1]);
    expect(ranked.byCombination.get(8)).toBeUndefined();
    expect(ranked.general.map((row) => row.id)).toEqual([1]);
  });

  it('never depends on the order of the rows', () => {
    const small = fc.constantFrom(0, 1, 2);
    const time = fc.constantFrom(null, '2026-11-01 00:00:00', '2026-12-01 00:00:00');
    const fields = fc.record({
      ...{ ruleId: small, shopId: small, currencyId: small, groupId: small, combinationId: small, fromQuantity: small },
      ...{ from: time, to: time },
    });
    const lists = fc.array(fields, { minLength: 2, maxLength: 8 }).chain((list) => {
      const rows = list.map((row, index) => specificPrice({ ...row, id: index + 1 }));
      return fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }));
    });
    fc.assert(
      fc.property(lists, ([rows, shuffled]) => {
        const ranked = rankSpecificPrices(rows, VISITOR, { priorities: DEFAULT_PRIORITIES });
        expect(rankSpecificPrices(shuffled, VISITOR, { priorities: DEFAULT_PRIORITIES })).toEqual(ranked);
      }),
    );
  });
});
