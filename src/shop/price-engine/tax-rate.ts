import { groupBy } from '../../core/group-by.js';
import { type ExactPrice, multiplyPrice, priceFromMinor } from '../../core/money.js';

/** One row of ps_tax_rule of an active group, with the rate of its tax. */
export interface TaxRule {
  readonly id: number;
  readonly taxRulesGroupId: number;
  readonly countryId: number;
  readonly stateId: number;
  readonly zipcodeFrom: string;
  readonly zipcodeTo: string;
  /** 0 this tax only, 1 rates add up, 2 one on top of the other. */
  readonly behavior: number;
  /** Percent as an exact amount: 20 = 20 %. */
  readonly ratePercent: ExactPrice;
}

/** The part of the buyer's address by which taxes differ. */
export interface TaxDestination {
  readonly countryId: number;
  /** 0 = none. */
  readonly stateId: number;
  /** "0" = none: PrestaShop gives it to a visitor without an address. */
  readonly zipcode: string;
}

const ONE = priceFromMinor(1n, 0);
const ONE_AFTER_ANOTHER = 2;

/**
 * Finds the tax factor of every tax rules group at one destination.
 *
 * @param rules rows of active groups, in any order
 * @returns by tax rules group: 1 + rate; a group that is not in it is not taxed there
 * @source PrestaShop classes/tax/TaxRulesTaxManager.php, TaxCalculator.php (measured facts, section 4.3)
 */
export function taxFactorsOf(
  rules: readonly TaxRule[],
  { countryId, stateId, zipcode }: TaxDestination,
): ReadonlyMap<number, ExactPrice> {
  const asked = asCompared(zipcode === '' ? NO_ZIPCODE : zipcode);
  const holding = rules.filter(
    (rule) =>
      rule.countryId === countryId && (rule.stateId === 0 || rule.stateId === stateId) && holdsForZipcode(rule, asked),
  );
  const factors = new Map<number, ExactPrice>();
  for (const [groupId, list] of groupBy(holding, (rule) => rule.taxRulesGroupId))
    factors.set(groupId, combinedFactor(list.sort(compareRules)));
  return factors;
}

const NO_ZIPCODE = '0';

/**
 * PrestaShop asks its database, so zip codes are compared as texts there: "0" does not lie between "00000" and "99999", and a visitor without
 * an address is not taxed by such a rule (github.com/PrestaShop/PrestaShop/pull/42622). A rule for one zip code alone ends at 0.
 */
function holdsForZipcode(rule: TaxRule, asked: string): boolean {
  const from = asCompared(rule.zipcodeFrom);
  if (from <= asked && asked <= asCompared(rule.zipcodeTo)) return true;
  return isZero(rule.zipcodeTo) && (isZero(rule.zipcodeFrom) || from === asked);
}

/** Zip codes as the database's collation compares them: without letter case and trailing spaces. */
function asCompared(zipcode: string): string {
  return zipcode.toUpperCase().trimEnd();
}

/** What the database makes of a text that it compares with the number 0: a text that begins with no figure is 0, too. */
function isZero(zipcode: string): boolean {
  return (Number.parseFloat(zipcode) || 0) === 0;
}

/**
 * PrestaShop's query leaves open in which order rules come that are equal in all of this. MariaDB 10.11 (measured 2026-11) gives them by id while eight
 * rules or fewer hold, and in no order that lasts beyond: they come by id.
 */
function compareRules(a: TaxRule, b: TaxRule): number {
  return (
    compareTextDescending(asCompared(a.zipcodeFrom), asCompared(b.zipcodeFrom)) ||
    compareTextDescending(asCompared(a.zipcodeTo), asCompared(b.zipcodeTo)) ||
    b.stateId - a.stateId ||
    a.id - b.id
  );
}

function compareTextDescending(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? 1 : -1;
}

function combinedFactor(rules: readonly TaxRule[]): ExactPrice {
  const onTop = rules[0]?.behavior === ONE_AFTER_ANOTHER;
  let factor = ONE;
  for (const rule of rules) {
    const rate = (rule.ratePercent < 0n ? -rule.ratePercent : rule.ratePercent) / 100n;
    factor = onTop ? multiplyPrice(factor, ONE + rate) : factor + rate;
    if (rule.behavior === 0) break;
  }
  return factor;
}
