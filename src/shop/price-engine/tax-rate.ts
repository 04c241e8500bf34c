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

const ONE = priceFromMinor(1n, 0);
const ONE_AFTER_ANOTHER = 2;

/**
 * Finds the tax factor of every tax rules group in one country, for a buyer without state and zip code.
 *
 * @param rules rows of active groups, in any order
 * @returns by tax rules group: 1 + rate; a group that is not in it is not taxed there
 * @source PrestaShop classes/tax/TaxRulesTaxManager.php, TaxCalculator.php (measured facts, section 4.3)
 */
export function taxFactorsOf(rules: readonly TaxRule[], countryId: number): ReadonlyMap<number, ExactPrice> {
  const byGroup = new Map<number, TaxRule[]>();
  for (const rule of rules) {
    if (rule.countryId !== countryId || rule.stateId !== 0 || !holdsWithoutZipcode(rule)) continue;
    const list = byGroup.get(rule.taxRulesGroupId);
    if (list === undefined) byGroup.set(rule.taxRulesGroupId, [rule]);
    else list.push(rule);
  }
  const factors = new Map<number, ExactPrice>();
  for (const [groupId, list] of byGroup) factors.set(groupId, combinedFactor(list.sort(compareRules)));
  return factors;
}

/** A buyer without zip code has the zip code "0". */
function holdsWithoutZipcode(rule: TaxRule): boolean {
  const inRange = rule.zipcodeFrom <= '0' && rule.zipcodeTo >= '0';
  return inRange || (isZeroZipcode(rule.zipcodeFrom) && isZeroZipcode(rule.zipcodeTo));
}

function isZeroZipcode(zipcode: string): boolean {
  return zipcode === '' || Number(zipcode) === 0;
}

function compareRules(a: TaxRule, b: TaxRule): number {
  return (
    compareTextDescending(a.zipcodeFrom, b.zipcodeFrom) ||
    compareTextDescending(a.zipcodeTo, b.zipcodeTo) ||
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
