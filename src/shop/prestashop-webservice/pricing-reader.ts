import type { ExactPrice } from '../../core/money.js';
import { parsePrice, priceFromMinor } from '../../core/money.js';
import type { ItemPriceFault, PriceView } from '../catalogue.js';
import { pricingViewsOf } from '../prestashop-database/pricing-views.js';
import { defaultCurrencyOf, type ShopGround } from '../prestashop-database/shop-ground.js';
import type { SpecificPrice } from '../price-engine/specific-price.js';
import type { TaxRule } from '../price-engine/tax-rate.js';
import type { PricingView } from '../price-engine/view-pricer.js';
import type { WebserviceReading } from './ground-reader.js';
import { alternatives, readByIds, readList } from './list-records.js';
import { readGeneralPrices } from './specific-prices.js';
import { WebserviceRightMissing } from './webservice-errors.js';

/** One asked view, in the shop's ids, and what PrestaShop is asked for it. */
export interface PlannedView {
  /** The computed field that PrestaShop gives it in: "p0". */
  readonly field: string;
  readonly view: PricingView;
  /** The same, in a currency that the shop has. */
  readonly asked: PricingView;
  /** From the asked currency to the wanted one; 1 unless the shop lacks it. */
  readonly rate: ExactPrice;
}

/** What all batches of a run are priced by. */
export interface WebservicePricing {
  readonly views: readonly (PlannedView | ItemPriceFault)[];
  /**
   * Specific prices of product 0; null when the key may not read what prices by the clock are computed from. Then only
   * PrestaShop's own price of now is known.
   */
  readonly generalPrices: readonly SpecificPrice[] | null;
}

const ONE = priceFromMinor(1n, 0);

/**
 * Reads what the asked views need to be priced.
 *
 * @throws WebserviceRightMissing for countries and groups: without a group's reduction a price would be wrong
 */
export async function readPricing(
  reading: WebserviceReading,
  ground: ShopGround,
  views: readonly PriceView[],
): Promise<WebservicePricing> {
  if (views.length === 0) return { views: [], generalPrices: [] };
  const countryIds = await readCountryIds(reading, views);
  const groupReductions = await readGroupReductions(reading, ground);
  const rows = await readClockRows(reading, ground, [...countryIds.values()]);
  const priced = pricingViewsOf(ground, views, { countryIds, groupReductions, rules: rows?.rules ?? [] });
  return {
    views: priced.map((view, index) => ('fault' in view ? view : planView(view, ground, index))),
    generalPrices: rows?.generalPrices ?? null,
  };
}

function planView(view: PricingView, ground: ShopGround, index: number): PlannedView {
  const field = `p${index}`;
  if (ground.currencies.some(({ id }) => id === view.wanted.currencyId)) return { field, view, asked: view, rate: ONE };
  const currencyId = defaultCurrencyOf(ground).id;
  return { field, view, asked: { ...view, rate: ONE, wanted: { ...view.wanted, currencyId } }, rate: view.rate };
}

/** By ISO 3166-1 alpha-2 code in upper case. */
async function readCountryIds(
  { client, shopId }: WebserviceReading,
  views: readonly PriceView[],
): Promise<ReadonlyMap<string, number>> {
  const wanted = [...new Set(views.map(({ country }) => country.toUpperCase()))];
  const found = new Map<string, number>();
  for (const iso of alternatives(wanted)) {
    const request = { resource: 'countries', shopId, display: ['iso_code'], filters: { iso_code: iso } };
    for (const row of await readList(client, request)) found.set(row.text('iso_code').toUpperCase(), row.id);
  }
  return found;
}

/** Fractions by group; PrestaShop's computed prices never hold them, so they are taken off on our side. */
async function readGroupReductions(
  { client, shopId }: WebserviceReading,
  ground: ShopGround,
): Promise<ReadonlyMap<number, ExactPrice>> {
  if (!ground.configuration.flag('PS_GROUP_FEATURE_ACTIVE')) return new Map();
  const groups = await readList(client, { resource: 'groups', shopId, display: ['reduction'] });
  return new Map(groups.map((group) => [group.id, group.decimal('reduction') / 100n]));
}

interface ClockRows {
  readonly rules: readonly TaxRule[];
  readonly generalPrices: readonly SpecificPrice[];
}

async function readClockRows(
  reading: WebserviceReading,
  ground: ShopGround,
  countryIds: readonly number[],
): Promise<ClockRows | null> {
  try {
    const rules = ground.configuration.flag('PS_TAX') ? await readTaxRules(reading, countryIds) : [];
    return { rules, generalPrices: await readGeneralPrices(reading, ground) };
  } catch (error) {
    if (error instanceof WebserviceRightMissing) return null;
    throw error;
  }
}

/** The tax rules of active groups in some countries. */
async function readTaxRules(
  { client, shopId }: WebserviceReading,
  countryIds: readonly number[],
): Promise<readonly TaxRule[]> {
  const groups = await readList(client, { resource: 'tax_rule_groups', shopId, display: ['active'] });
  const active = new Set(groups.filter((group) => group.flag('active')).map(({ id }) => id));
  const display = ['id_tax_rules_group', 'id_country', 'id_state', 'zipcode_from', 'zipcode_to', 'id_tax', 'behavior'];
  const rows = [];
  for (const id_country of alternatives(countryIds))
    rows.push(...(await readList(client, { resource: 'tax_rules', shopId, display, filters: { id_country } })));
  const inForce = rows.filter((row) => active.has(row.integer('id_tax_rules_group')));
  const taxIds = inForce.map((row) => row.integer('id_tax')).filter((id) => id > 0);
  const taxes = await readByIds(client, { resource: 'taxes', shopId, display: ['rate'] }, taxIds);
  const rates = new Map(taxes.map((tax) => [tax.id, tax.decimal('rate')]));
  return inForce.map((row) => ({
    id: row.id,
    taxRulesGroupId: row.integer('id_tax_rules_group'),
    countryId: row.integer('id_country'),
    stateId: row.integer('id_state'),
    zipcodeFrom: row.text('zipcode_from'),
    zipcodeTo: row.text('zipcode_to'),
    behavior: row.integer('behavior'),
    ratePercent: rates.get(row.integer('id_tax')) ?? 0n,
  }));
}

/**
 * Asks PrestaShop for the price of each view, with every parameter: one left out is taken from settings of the shop that mean
 * something else (decimals from the rounding mode, the group of logged-in customers).
 *
 * @source PrestaShop classes/webservice/WebserviceSpecificManagement… specificPriceCalculation (measured facts, section 10)
 */
export function priceParameters(pricing: WebservicePricing): Readonly<Record<string, string>> {
  const parameters: Record<string, string> = {};
  for (const { field, asked } of plannedViews(pricing)) {
    const { wanted } = asked;
    const values = {
      use_tax: 1,
      use_reduction: 1,
      use_ecotax: 1,
      quantity: wanted.quantity,
      country: wanted.countryId,
      currency: wanted.currencyId,
      group: wanted.groupId,
      decimals: FIGURE_DECIMALS,
    };
    for (const [name, value] of Object.entries(values)) parameters[`price[${field}][${name}]`] = String(value);
  }
  return parameters;
}

const FIGURE_DECIMALS = 6;

/** The views that can be priced. */
export function plannedViews(pricing: WebservicePricing): readonly PlannedView[] {
  return pricing.views.filter((view): view is PlannedView => !('fault' in view));
}

/** PrestaShop's own figure of a price; empty where it could compute none, which is price 0: no price is sent then. */
export function figureOf(text: string): ExactPrice {
  const figure = text.trim() === '' ? 0n : parsePrice(text);
  return figure < 0n ? 0n : figure;
}
