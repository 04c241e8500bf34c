import { Decimal } from 'decimal.js';

// The rules of the measured facts, sections 4.1 to 4.3, once more: from the rows as the database gives them, slowly, with decimal.js, and with nothing
// of the engine's own code. What the engine computes must be this.

const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });

/** A row of ps_specific_price. */
export interface OracleSpecificPrice {
  readonly id_specific_price: number;
  readonly id_specific_price_rule: number;
  readonly id_cart: number;
  readonly id_product: number;
  readonly id_shop: number;
  readonly id_shop_group: number;
  readonly id_currency: number;
  readonly id_country: number;
  readonly id_group: number;
  readonly id_customer: number;
  readonly id_product_attribute: number;
  readonly price: string;
  readonly from_quantity: number;
  readonly reduction: string;
  readonly reduction_tax: number;
  readonly reduction_type: 'amount' | 'percentage';
  readonly from: string;
  readonly to: string;
}

/** A row of ps_tax_rule of an active group with the rate of its tax. */
export interface OracleTaxRule {
  readonly id_tax_rule: number;
  readonly id_tax_rules_group: number;
  readonly id_country: number;
  readonly id_state: number;
  readonly zipcode_from: string;
  readonly zipcode_to: string;
  readonly behavior: number;
  readonly rate: string;
}

/** One shop with one product, as far as its price minds. */
export interface OracleShop {
  readonly specificPricesActive: boolean;
  readonly groupsActive: boolean;
  readonly taxActive: boolean;
  readonly ecotaxTaxRulesGroup: number;
  /** PS_PRICE_ROUND_MODE. */
  readonly roundMode: number;
  readonly priorities: string;
  readonly productPriorities: string | null;
  readonly productPrice: string;
  readonly productEcotax: string;
  readonly taxRulesGroup: number;
  /** Null for a product without combinations. */
  readonly combination: { readonly price: string; readonly ecotax: string } | null;
  /** Percent. */
  readonly groupReduction: string;
  /** Fraction of product_group_reduction_cache, null without a row. */
  readonly cachedReduction: string | null;
  readonly rate: string;
  readonly decimals: number;
  readonly specificPrices: readonly OracleSpecificPrice[];
  readonly taxRules: readonly OracleTaxRule[];
}

/** Who asks; names are those of the columns. */
export interface OracleBuyer {
  readonly id_product: number;
  readonly id_product_attribute: number;
  readonly id_shop: number;
  readonly id_currency: number;
  readonly id_country: number;
  readonly id_state: number;
  readonly zipcode: string;
  readonly id_group: number;
  readonly id_customer: number;
  readonly id_cart: number;
  readonly quantity: number;
  /** The shop's clock, cut to the minute. */
  readonly now: string;
}

/** Section 4.1. Rows equal in every term of the order: the lowest id. */
export function oracleWinner(shop: OracleShop, buyer: OracleBuyer): OracleSpecificPrice | null {
  if (!shop.specificPricesActive) return null;
  const kept = shop.specificPrices.filter((row) => applies(row, buyer));
  const score = (row: OracleSpecificPrice) => scoreOf(row, buyer, shop.productPriorities || shop.priorities);
  const terms: ((row: OracleSpecificPrice) => number | string)[] = [
    (row) => -row.id_product_attribute,
    (row) => -row.id_cart,
    (row) => -row.from_quantity,
    (row) => row.id_specific_price_rule,
    (row) => -score(row),
    (row) => -Number(row.to.replaceAll(/\D/g, '')),
    (row) => -Number(row.from.replaceAll(/\D/g, '')),
    (row) => row.id_specific_price,
  ];
  const [best] = [...kept].sort((a, b) => {
    const differing = terms.find((term) => term(a) !== term(b));
    return differing === undefined ? 0 : differing(a) < differing(b) ? -1 : 1;
  });
  return best ?? null;
}

const EITHER = [
  'id_product',
  'id_product_attribute',
  'id_customer',
  'id_cart',
  'id_shop',
  'id_currency',
  'id_country',
  'id_group',
] as const;
const ZERO_DATE = '0000-00-00 00:00:00';

function applies(row: OracleSpecificPrice, buyer: OracleBuyer): boolean {
  if (EITHER.some((field) => row[field] !== 0 && row[field] !== buyer[field])) return false;
  if ((row.from_quantity > 1 ? row.from_quantity : 0) > buyer.quantity) return false;
  return (row.from === ZERO_DATE || buyer.now >= row.from) && (row.to === ZERO_DATE || buyer.now <= row.to);
}

function scoreOf(row: OracleSpecificPrice, buyer: OracleBuyer, priorities: string): number {
  const fields = `id_customer;${priorities}`.split(';').reverse() as (keyof OracleSpecificPrice & keyof OracleBuyer)[];
  return fields.reduce((sum, field, k) => sum + (field in row && row[field] === buyer[field] ? 2 ** (k + 1) : 0), 0);
}

/** Section 4.3: the rate in percent. */
export function oracleTaxRate(shop: OracleShop, taxRulesGroup: number, buyer: OracleBuyer): Decimal {
  const zero = new Exact(0);
  if (!shop.taxActive) return zero;
  const rules = shop.taxRules
    .filter((rule) => rule.id_tax_rules_group === taxRulesGroup && rule.id_country === buyer.id_country)
    .filter((rule) => rule.id_state === 0 || rule.id_state === buyer.id_state)
    .filter(({ zipcode_from: from, zipcode_to: to }) => {
      const inside = from <= buyer.zipcode && buyer.zipcode <= to;
      return inside || (Number(to) === 0 && (Number(from) === 0 || from === buyer.zipcode));
    });
  rules.sort((a, b) => {
    if (a.zipcode_from !== b.zipcode_from) return a.zipcode_from < b.zipcode_from ? 1 : -1;
    if (a.zipcode_to !== b.zipcode_to) return a.zipcode_to < b.zipcode_to ? 1 : -1;
    return b.id_state - a.id_state || a.id_tax_rule - b.id_tax_rule;
  });
  const last = rules.findIndex((rule) => rule.behavior === 0);
  const rates = rules.slice(0, last < 0 ? rules.length : last + 1).map((rule) => new Exact(rule.rate));
  if (rules[0]?.behavior !== 2) return rates.reduce((sum, rate) => sum.add(rate), zero);
  return rates
    .reduce((factor, rate) => factor.mul(rate.div(100).add(1)), new Exact(1))
    .sub(1)
    .mul(100);
}

/** What PrestaShop is asked for: with or without tax, reduction and the group's reduction. */
export interface OracleWish {
  readonly tax: boolean;
  readonly reduction: boolean;
  readonly groupReduction: boolean;
}

/** Section 4.2 up to step 7: the price before it is rounded; negative prices are 0. */
export function oraclePrice(shop: OracleShop, buyer: OracleBuyer, wish: OracleWish): Decimal {
  const winner = oracleWinner(shop, buyer);
  const rate = new Exact(shop.rate);
  const fixed = winner !== null && new Exact(winner.price).gte(0);
  const taxed = (taxRulesGroup: number) =>
    wish.tax ? oracleTaxRate(shop, taxRulesGroup, buyer).div(100).add(1) : new Exact(1);
  const tax = oracleTaxRate(shop, shop.taxRulesGroup, buyer).div(100).add(1);

  let price = new Exact(fixed ? winner.price : shop.productPrice);
  if (!(fixed && winner.id_currency === buyer.id_currency)) price = price.mul(rate);
  if (shop.combination !== null && !(fixed && winner.id_product_attribute === buyer.id_product_attribute))
    price = price.add(new Exact(shop.combination.price).mul(rate));
  price = price.mul(taxed(shop.taxRulesGroup));
  const own = new Exact(shop.combination?.ecotax ?? 0);
  const ecotax = own.gt(0) ? own : new Exact(shop.productEcotax);
  price = price.add(ecotax.mul(rate).mul(taxed(shop.ecotaxTaxRulesGroup)));
  if (winner !== null && wish.reduction) price = price.sub(reductionOf(price, winner, { rate, tax, wish }));
  if (wish.groupReduction && shop.groupsActive)
    price = price.mul(new Exact(1).sub(shop.cachedReduction ?? new Exact(shop.groupReduction).div(100)));
  return price.lt(0) ? new Exact(0) : price;
}

function reductionOf(
  price: Decimal,
  row: OracleSpecificPrice,
  { rate, tax, wish }: { readonly rate: Decimal; readonly tax: Decimal; readonly wish: OracleWish },
): Decimal {
  if (row.reduction_type === 'percentage') return price.mul(row.reduction);
  const amount = new Exact(row.reduction).mul(row.id_currency === 0 ? rate : 1);
  if (wish.tax && row.reduction_tax === 0) return amount.mul(tax);
  return !wish.tax && row.reduction_tax === 1 ? amount.div(tax) : amount;
}

const MODES: readonly Decimal.Rounding[] = [
  Decimal.ROUND_UP,
  Decimal.ROUND_DOWN,
  Decimal.ROUND_HALF_UP,
  Decimal.ROUND_HALF_DOWN,
  Decimal.ROUND_HALF_EVEN,
];

/** Section 4.2.9, by PS_PRICE_ROUND_MODE; half odd is what half even is not. */
export function oracleRound(price: Decimal, decimals: number, mode: number): string {
  const known = MODES[mode];
  if (known !== undefined) return price.toDecimalPlaces(decimals, known).toFixed(decimals);
  const [up, down, even] = [Decimal.ROUND_HALF_UP, Decimal.ROUND_HALF_DOWN, Decimal.ROUND_HALF_EVEN].map((way) =>
    price.toDecimalPlaces(decimals, way as Decimal.Rounding).toFixed(decimals),
  );
  return (up === down || up !== even ? up : down) ?? '';
}
