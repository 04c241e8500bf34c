import { type ExactPrice, parsePrice, priceFromMinor } from '../../core/money.js';
import type { ItemPriceFault, PriceView } from '../catalogue.js';
import type { PriceWanted } from '../price-engine/specific-price.js';
import { type TaxRule, taxFactorsOf } from '../price-engine/tax-rate.js';
import type { PricingView } from '../price-engine/view-pricer.js';
import { readCountryIds } from './countries-reader.js';
import type { CurrencyRow } from './currencies-reader.js';
import { readGroupReductions } from './groups-reader.js';
import { defaultCurrencyOf, type ShopGround } from './shop-ground.js';
import type { ShopReading } from './shop-identity.js';
import { readTaxRules } from './taxes-reader.js';

const ONE = priceFromMinor(1n, 0);
const NO_CURRENCY = -1;

/**
 * Reads what the asked views need to be priced.
 *
 * @returns one per view, in order: the view in the shop's own ids, or why it can have no price
 */
export async function readPricingViews(
  reading: ShopReading,
  ground: ShopGround,
  views: readonly PriceView[],
): Promise<readonly (PricingView | ItemPriceFault)[]> {
  if (views.length === 0) return [];
  const countryIds = await readCountryIds(reading);
  const wantedCountries = new Set(views.map((view) => countryIds.get(view.country.toUpperCase()) ?? 0));
  const rules = ground.configuration.flag('PS_TAX')
    ? await readTaxRules(reading, { countryIds: [...wantedCountries], stateIds: [] })
    : [];
  const groupReductions = ground.configuration.flag('PS_GROUP_FEATURE_ACTIVE')
    ? await readGroupReductions(reading)
    : new Map<number, ExactPrice>();
  return pricingViewsOf(ground, views, { countryIds, rules, groupReductions });
}

/** What views are priced by, beside the shop's ground. */
export interface PricingRows {
  /** By ISO 3166-1 alpha-2 code in upper case. */
  readonly countryIds: ReadonlyMap<string, number>;
  /** Of active groups, at least those of the asked countries; none where the shop does not tax. */
  readonly rules: readonly TaxRule[];
  /** Fractions by customer group; empty where group reductions are switched off. */
  readonly groupReductions: ReadonlyMap<number, ExactPrice>;
}

/** Puts the asked views into the shop's own ids, from what was read of it by whatever way. */
export function pricingViewsOf(
  ground: ShopGround,
  views: readonly PriceView[],
  { countryIds, rules, groupReductions }: PricingRows,
): readonly (PricingView | ItemPriceFault)[] {
  return views.map((view) => {
    const currency = currencyOf(view, ground);
    if (currency === null) return { fault: 'currency-missing' };
    const countryId = countryIds.get(view.country.toUpperCase());
    if (countryId === undefined) return { fault: 'country-missing' };
    const groupId = view.groupId ?? ground.context.visitorGroupId;
    const wanted = { shopId: ground.context.shopId, currencyId: currency.id, countryId, groupId, ...ANONYMOUS };
    return pricingViewOf(ground, wanted, {
      rate: currency.rate,
      taxFactors: taxFactorsOf(rules, { countryId, ...WITHOUT_ADDRESS }),
      groupReduction: groupReductions.get(groupId) ?? 0n,
    });
  });
}

const ANONYMOUS = { customerId: 0, cartId: 0, quantity: 1 } as const;
/** A marketplace is a country: what its buyers pay is one price, whatever their state. */
const WITHOUT_ADDRESS = { stateId: 0, zipcode: '0' } as const;

/** Puts one view together with the settings of its shop; the same for what is exported and for what is verified. */
export function pricingViewOf(
  ground: ShopGround,
  wanted: PriceWanted,
  terms: Pick<PricingView, 'rate' | 'taxFactors' | 'groupReduction'>,
): PricingView {
  const ecotaxGroup = ground.configuration.integer('PS_ECOTAX_TAX_RULES_GROUP_ID', 0);
  return {
    ...terms,
    wanted,
    ecotaxTaxFactor: terms.taxFactors.get(ecotaxGroup) ?? ONE,
    defaultPriorities: ground.configuration.text('PS_SPECIFIC_PRICE_PRIORITIES'),
  };
}

/** The rate by which a shop's amounts are converted: the default currency is never converted, whatever its own rate says. */
export function rateOf(currency: CurrencyRow, ground: ShopGround): ExactPrice {
  return currency.id === defaultCurrencyOf(ground).id ? ONE : currency.rate;
}

function currencyOf(view: PriceView, ground: ShopGround): { id: number; rate: ExactPrice } | null {
  const iso = view.currency.toUpperCase();
  const known = ground.currencies.find((currency) => currency.iso === iso);
  if (known !== undefined) return { id: known.id, rate: rateOf(known, ground) };
  return view.fixedRate === null ? null : { id: NO_CURRENCY, rate: parsePrice(view.fixedRate) };
}
