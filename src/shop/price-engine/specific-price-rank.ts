import type { PriceWanted, SpecificPrice } from './specific-price.js';

/** The order of one product's rows, best first: the winner at a moment is the first that holds then. */
export interface RankedPrices {
  /** Rows for the product as a whole. */
  readonly general: readonly SpecificPrice[];
  /** Rows for one combination followed by the general ones, by combination; only combinations with rows of their own. */
  readonly byCombination: ReadonlyMap<number, readonly SpecificPrice[]>;
}

const SCORED_FIELDS = ['id_customer', 'id_group', 'id_currency', 'id_country', 'id_shop'] as const;
type ScoredField = (typeof SCORED_FIELDS)[number];

interface ScoredPrice {
  readonly price: SpecificPrice;
  readonly score: number;
}

/** What decides between rows beside the rows themselves. */
export interface RankingRules {
  /** The shop's or the product's list, for example "id_group;id_currency;id_country;id_shop". */
  readonly priorities: string;
  /** Whether a row for the cart comes before others; not so in PrestaShop 1.6.1. Default true. */
  readonly cartRanks?: boolean;
}

const NO_PRICES: RankedPrices = { general: [], byCombination: new Map() };

/**
 * Ranks the specific prices of one product for one view; dates are not looked at, since they never change the order.
 *
 * @param rows rows of this product and of product 0, in any order
 * @source PrestaShop classes/SpecificPrice.php getSpecificPrice, _getScoreQuery (measured facts, section 4.1)
 */
export function rankSpecificPrices(
  rows: readonly SpecificPrice[],
  wanted: PriceWanted,
  { priorities, cartRanks = true }: RankingRules,
): RankedPrices {
  const concerned = rows.filter((row) => concerns(row, wanted));
  if (concerned.length === 0) return NO_PRICES;
  const weights = scoreWeights(priorities);
  const ranked = concerned
    .map((price) => ({ price, score: scoreOf(price, wanted, weights) }))
    .sort(cartRanks ? compareScored : compareWithoutCart)
    .map(({ price }) => price);
  const general = ranked.filter((price) => price.combinationId === 0);
  return { general, byCombination: groupByCombination(ranked, general) };
}

function groupByCombination(
  ranked: readonly SpecificPrice[],
  general: readonly SpecificPrice[],
): Map<number, readonly SpecificPrice[]> {
  const own = new Map<number, SpecificPrice[]>();
  for (const price of ranked) {
    if (price.combinationId === 0) continue;
    const list = own.get(price.combinationId);
    if (list === undefined) own.set(price.combinationId, [price]);
    else list.push(price);
  }
  const whole = new Map<number, readonly SpecificPrice[]>();
  for (const [combinationId, prices] of own) whole.set(combinationId, [...prices, ...general]);
  return whole;
}

function concerns(row: SpecificPrice, wanted: PriceWanted): boolean {
  return (
    isZeroOr(row.shopId, wanted.shopId) &&
    isZeroOr(row.currencyId, wanted.currencyId) &&
    isZeroOr(row.countryId, wanted.countryId) &&
    isZeroOr(row.groupId, wanted.groupId) &&
    isZeroOr(row.customerId, wanted.customerId) &&
    isZeroOr(row.cartId, wanted.cartId) &&
    (row.fromQuantity <= 1 || row.fromQuantity <= wanted.quantity)
  );
}

function isZeroOr(value: number, wanted: number): boolean {
  return value === 0 || value === wanted;
}

/** The k-th field from the end is worth 2^(k+1); the customer stands before the list and so is worth most. */
function scoreWeights(priorities: string): ReadonlyMap<ScoredField, number> {
  const weights = new Map<ScoredField, number>();
  const fields = `id_customer;${priorities}`.split(';').reverse();
  fields.forEach((field, k) => {
    const known = SCORED_FIELDS.find((name) => name === field.trim());
    if (known !== undefined) weights.set(known, (weights.get(known) ?? 0) + 2 ** (k + 1));
  });
  return weights;
}

function scoreOf(row: SpecificPrice, wanted: PriceWanted, weights: ReadonlyMap<ScoredField, number>): number {
  let score = 0;
  if (row.customerId === wanted.customerId) score += weights.get('id_customer') ?? 0;
  if (row.groupId === wanted.groupId) score += weights.get('id_group') ?? 0;
  if (row.currencyId === wanted.currencyId) score += weights.get('id_currency') ?? 0;
  if (row.countryId === wanted.countryId) score += weights.get('id_country') ?? 0;
  if (row.shopId === wanted.shopId) score += weights.get('id_shop') ?? 0;
  return score;
}

function compareScored(a: ScoredPrice, b: ScoredPrice): number {
  return b.price.combinationId - a.price.combinationId || b.price.cartId - a.price.cartId || compareWithoutCart(a, b);
}

/**
 * PrestaShop's query leaves open which of the rows wins that are equal in all of this: one for the product and one for product 0, two that differ in
 * id_shop_group alone, or in a field that the priorities do not name. MariaDB 10.11 (measured 2026-11) then gives the first by the table's unique key
 * when two rows hold, but the last of the equal ones when three or more hold, and the lowest id in a table of a few rows. Nothing steady is left to
 * follow: the lowest id makes it certain.
 */
function compareWithoutCart(a: ScoredPrice, b: ScoredPrice): number {
  return (
    b.price.combinationId - a.price.combinationId ||
    b.price.fromQuantity - a.price.fromQuantity ||
    a.price.ruleId - b.price.ruleId ||
    b.score - a.score ||
    compareDatesDescending(a.price.to, b.price.to) ||
    compareDatesDescending(a.price.from, b.price.from) ||
    a.price.id - b.price.id
  );
}

/** An open side is the zero date, which sorts below every other. */
function compareDatesDescending(a: string | null, b: string | null): number {
  const left = a ?? '';
  const right = b ?? '';
  if (left === right) return 0;
  return left < right ? 1 : -1;
}
