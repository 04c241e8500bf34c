import type { ExactPrice } from '../../core/money.js';
import type { CurrencyRow } from '../prestashop-database/currencies-reader.js';
import { pricingViewOf, rateOf } from '../prestashop-database/pricing-views.js';
import { defaultCurrencyOf } from '../prestashop-database/shop-ground.js';
import { type TaxDestination, type TaxRule, taxFactorsOf } from '../price-engine/tax-rate.js';
import { ViewPricer } from '../price-engine/view-pricer.js';
import type { AskedGround } from './asked-ground.js';
import type { AskedPrice, UnansweredPrice } from './asked-price.js';

/** What a question asks for, in the shop's own ids, with the pricer that answers it. */
export interface AskedView {
  readonly pricer: ViewPricer;
  readonly currency: CurrencyRow;
  readonly countryId: number;
  readonly groupId: number;
  readonly withGroupReduction: boolean;
}

interface AskedViewsOptions {
  readonly ground: AskedGround;
  /** For all countries and states that are asked for. */
  readonly taxRules: readonly TaxRule[];
  /** See `RankingRules`. */
  readonly cartRanks: boolean;
  readonly atMs: number;
}

/** The views of one batch of questions: those that ask for the same are answered by the same pricer. */
export class AskedViews {
  readonly #options: AskedViewsOptions;
  readonly #views = new Map<string, AskedView>();
  readonly #taxFactors = new Map<string, ReadonlyMap<number, ExactPrice>>();

  constructor(options: AskedViewsOptions) {
    this.#options = options;
  }

  /** @returns the view that a question asks for, or what of it the shop lacks */
  of(asked: AskedPrice): AskedView | UnansweredPrice {
    const { ground } = this.#options;
    const currency = currencyOf(asked, ground);
    if (currency === undefined) return { lacks: `Shop ${asked.shopId} offers no ${currencyWords(asked)}.` };
    const countryId = asked.countryId ?? ground.configuration.integer('PS_COUNTRY_DEFAULT', 0);
    if (!ground.countryIds.has(countryId)) return { lacks: `The shop has no country ${countryId}.` };
    const groupId = asked.groupId ?? ground.context.visitorGroupId;
    if (!ground.groupReductions.has(groupId)) return { lacks: `The shop has no customer group ${groupId}.` };
    return this.#view(asked, { currency, countryId, groupId, withGroupReduction: asked.withGroupReduction });
  }

  #view(asked: AskedPrice, found: Omit<AskedView, 'pricer'>): AskedView {
    const { stateId, zipcode, customerId, cartId, quantity } = asked;
    const { currency, countryId, groupId, withGroupReduction } = found;
    const destination = { countryId, stateId, zipcode };
    const wanted = { shopId: asked.shopId, currencyId: currency.id, countryId, groupId, customerId, cartId, quantity };
    const key = JSON.stringify([wanted, destination, withGroupReduction]);
    const known = this.#views.get(key);
    if (known !== undefined) return known;
    const { ground, cartRanks, atMs } = this.#options;
    const view = pricingViewOf(ground, wanted, {
      rate: rateOf(currency, ground),
      taxFactors: this.#taxFactorsAt(destination),
      groupReduction: withGroupReduction ? groupReductionOf(groupId, ground) : 0n,
    });
    const made = { ...found, pricer: new ViewPricer({ ...view, cartRanks }, ground.clock, atMs) };
    this.#views.set(key, made);
    return made;
  }

  #taxFactorsAt(destination: TaxDestination): ReadonlyMap<number, ExactPrice> {
    const key = JSON.stringify(destination);
    const known = this.#taxFactors.get(key) ?? taxFactorsOf(this.#options.taxRules, destination);
    this.#taxFactors.set(key, known);
    return known;
  }
}

function currencyOf({ currencyId, currencyIso }: AskedPrice, ground: AskedGround): CurrencyRow | undefined {
  if (currencyId === null && currencyIso === null) return defaultCurrencyOf(ground);
  return ground.currencies.find(
    ({ id, iso }) =>
      (currencyId === null || id === currencyId) && (currencyIso === null || iso === currencyIso.toUpperCase()),
  );
}

function currencyWords({ currencyId, currencyIso }: AskedPrice): string {
  if (currencyId === null) return `currency ${currencyIso}`;
  return currencyIso === null ? `currency ${currencyId}` : `currency ${currencyId} (${currencyIso})`;
}

function groupReductionOf(groupId: number, ground: AskedGround): ExactPrice {
  return ground.configuration.flag('PS_GROUP_FEATURE_ACTIVE') ? (ground.groupReductions.get(groupId) ?? 0n) : 0n;
}
