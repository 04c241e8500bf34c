import fc from 'fast-check';
import type { OracleBuyer, OracleShop, OracleSpecificPrice, OracleTaxRule } from './price-oracle.js';

// Small numbers of different values everywhere, so that rows meet, tie and exclude each other.

const ZERO_DATE = '0000-00-00 00:00:00';
const DATES = [
  ...[ZERO_DATE, ZERO_DATE, '2026-11-21 12:59:00', '2026-11-21 13:00:00', '2026-11-21 13:00:30', '2026-11-21 13:01:00'],
  ...['2020-01-01 00:00:00', '2040-12-31 23:59:59'],
];
const PRIORITIES = [
  ...['id_group;id_currency;id_country;id_shop', 'id_country;id_group;id_currency;id_shop', 'id_shop;id_country'],
  ...['id_currency', '', 'id_shop;id_group;id_currency;id_country'],
];
export const PRODUCT = 7;
export const COMBINATION = 70;

const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);

/** A decimal text with that many decimals, nought among them. */
function decimal(most: number, decimals: number): fc.Arbitrary<string> {
  return fc.integer({ min: 0, max: most * 10 ** decimals }).map((units) => (units / 10 ** decimals).toFixed(6));
}
const price = fc.oneof(decimal(500, 2), decimal(90, 6));
const percents = oneOf('0', '5', '7.50', '12', '100', '33.33', '150');

/** One row of ps_specific_price without its id. */
export const randomSpecificPrice: fc.Arbitrary<Omit<OracleSpecificPrice, 'id_specific_price'>> = fc
  .record({
    id_specific_price_rule: oneOf(0, 0, 0, 1, 2),
    id_cart: oneOf(0, 0, 0, 3, 4),
    id_product: oneOf(PRODUCT, PRODUCT, PRODUCT, 0, 8),
    id_shop: oneOf(0, 0, 1, 2),
    id_shop_group: oneOf(0, 1),
    id_currency: oneOf(0, 0, 1, 2),
    id_country: oneOf(0, 0, 8, 21),
    id_group: oneOf(0, 0, 1, 3),
    id_customer: oneOf(0, 0, 0, 5, 6),
    id_product_attribute: oneOf(0, 0, 0, COMBINATION, 71),
    price: fc.oneof(oneOf('-1.000000', '-1.000000', '-0.500000', '0.000000'), price),
    from_quantity: oneOf(0, 1, 1, 1, 2, 5, 10),
    reduction_tax: oneOf(0, 1),
    reduction_type: oneOf('amount' as const, 'percentage' as const),
    from: oneOf(...DATES),
    to: oneOf(...DATES),
  })
  .chain((row) => {
    const amounts = oneOf('0.000000', '-2.500000', '5.000000', '3.333333', '1000.000000');
    const fractions = oneOf('0.000000', '0.100000', '0.250000', '0.333333', '1.000000', '1.500000', '-0.100000');
    return (row.reduction_type === 'amount' ? amounts : fractions).map((reduction) => ({ ...row, reduction }));
  });

/** One row of ps_tax_rule without its id. */
export const randomTaxRule: fc.Arbitrary<Omit<OracleTaxRule, 'id_tax_rule'>> = fc
  .record({
    id_tax_rules_group: oneOf(1, 1, 3),
    id_country: oneOf(8, 8, 21),
    id_state: oneOf(0, 0, 4, 5),
    zipcodes: oneOf(
      ['0', '0'],
      ['0', '0'],
      ['', ''],
      ['00000', '99999'],
      ['75000', '75999'],
      ['75010', '0'],
      ['2A', '2Z'],
    ),
    behavior: oneOf(0, 1, 2),
    // At most two decimals: three of them on top of one another still fit into the twelve that a factor keeps.
    rate: oneOf('20.000', '5.500', '2.100', '10.000', '8.250', '0.000'),
  })
  .map(({ zipcodes, ...rule }) => ({ ...rule, zipcode_from: zipcodes[0] ?? '', zipcode_to: zipcodes[1] ?? '' }));

function numbered<Row extends object, Key extends string>(
  rows: readonly Row[],
  key: Key,
): (Row & { readonly [K in Key]: number })[] {
  return rows.map((row, index) => ({ ...row, [key]: index + 1 }) as Row & { readonly [K in Key]: number });
}

/** Who asks, at one minute after noon in Paris. */
export const randomBuyer: fc.Arbitrary<OracleBuyer> = fc.record({
  id_product: fc.constant(PRODUCT),
  id_product_attribute: oneOf(0, COMBINATION),
  id_shop: fc.constant(1),
  id_currency: oneOf(1, 2),
  id_country: oneOf(8, 21),
  id_state: oneOf(0, 4),
  zipcode: oneOf('0', '75010', '75500', '2B', '99999'),
  id_group: oneOf(1, 3),
  id_customer: oneOf(0, 0, 5),
  id_cart: oneOf(0, 0, 3),
  quantity: oneOf(0, 1, 1, 2, 7, 10),
  now: fc.constant('2026-11-21 13:00:00'),
});

/** A shop with one product; its combination is there only for a buyer who asks for it. */
export function randomShop(buyer: OracleBuyer): fc.Arbitrary<OracleShop> {
  return fc.record({
    specificPricesActive: oneOf(true, true, true, false),
    groupsActive: oneOf(true, true, false),
    taxActive: oneOf(true, true, true, false),
    ecotaxTaxRulesGroup: oneOf(3, 3, 0),
    roundMode: oneOf(0, 1, 2, 3, 4, 5),
    priorities: oneOf(...PRIORITIES),
    productPriorities: oneOf(null, null, ...PRIORITIES),
    productPrice: price,
    productEcotax: oneOf('0.000000', '0.000000', '2.000000', '0.420000'),
    taxRulesGroup: oneOf(1, 1, 0),
    combination:
      buyer.id_product_attribute === 0
        ? fc.constant(null)
        : fc.record({
            price: oneOf('0.000000', '1.500000', '-3.250000', '-600.000000'),
            ecotax: oneOf('0.000000', '1.100000'),
          }),
    groupReduction: percents,
    cachedReduction: oneOf(null, null, '0.0000', '0.0200', '0.3333'),
    rate: buyer.id_currency === 1 ? fc.constant('1.000000') : oneOf('1.082500', '163.250000', '0.861200'),
    decimals: oneOf(0, 2, 3),
    specificPrices: fc.array(randomSpecificPrice, { maxLength: 8 }).map((rows) => numbered(rows, 'id_specific_price')),
    taxRules: fc.array(randomTaxRule, { maxLength: 4 }).map((rules) => numbered(rules, 'id_tax_rule')),
  });
}
