import { type MarketplaceFacts, marketplaceById } from '../../amazon/marketplaces.js';
import { defineError } from '../../core/errors.js';
import type { PriceView } from '../../shop/catalogue.js';
import type { Marketplace } from '../accounts/account.js';
import type { MarketplaceOfferSettings, PoolOfferSettings } from '../offers/offer-settings.js';
import type { LoadedSettings, SettingSource } from './loaded-settings.js';
import type { SettingName, SettingValue } from './setting-definitions.js';

const MarketplaceNotAmazons = defineError<{ marketplace: string; amazonId: string }>(
  'MARKETPLACE_NOT_AMAZONS',
  500,
  ({ marketplace, amazonId }) =>
    `Expected the marketplace ${marketplace} to have an id of Amazon's, got ${JSON.stringify(amazonId)}. Add the account again.`,
);

/** What one marketplace's offers are made with, and for whom the shop computes their prices. */
export type ResolvedMarketplace = MarketplaceOfferSettings & { readonly priceView: PriceView };

/**
 * Resolves what a person set for one marketplace: its own value, else its account's, else the global one, else the default.
 *
 * @param source the service, or settings already loaded: then nothing is read
 * @throws StoredSettingInvalid, MarketplaceNotAmazons
 */
export async function resolveMarketplaceSettings(
  marketplace: Marketplace,
  source: SettingSource,
): Promise<ResolvedMarketplace> {
  const facts = marketplaceById(marketplace.amazonId);
  if (facts === null)
    throw new MarketplaceNotAmazons({
      marketplace: `${marketplace.accountName}/${marketplace.country}`,
      amazonId: marketplace.amazonId,
    });
  const get = readerFor(await source.load(), marketplace);
  return {
    marketplaceId: marketplace.id,
    accountId: marketplace.accountId,
    shopId: marketplace.shopId,
    country: marketplace.country,
    currency: marketplace.currency,
    currencyDecimals: facts.decimals,
    timeZone: facts.timeZone,
    ...filters(get),
    ...pricing(get),
    ...listing(get, facts),
    priceView: {
      currency: marketplace.currency,
      country: get('tax-country') ?? facts.isoCountry,
      groupId: get('customer-group'),
      fixedRate: get('fixed-rate'),
    },
  };
}

/**
 * Resolves what a person set for the one stock of an account.
 *
 * @param source the service, or settings already loaded: then nothing is read
 * @throws StoredSettingInvalid
 */
export async function resolvePoolSettings(accountId: number, source: SettingSource): Promise<PoolOfferSettings> {
  const loaded = await source.load();
  const get = <N extends SettingName>(name: N) => loaded.get(name, { kind: 'account', accountId });
  return {
    accountId,
    skuSource: get('sku-source'),
    reserve: get('reserve'),
    cap: get('cap'),
    fixedQuantity: get('fixed-quantity'),
    preorder: get('preorder'),
    handlingTimeDays: get('handling-time'),
  };
}

type Reader = <N extends SettingName>(name: N) => SettingValue<N>;

function readerFor(loaded: LoadedSettings, marketplace: Marketplace): Reader {
  const { id: marketplaceId, accountId } = marketplace;
  return (name) => loaded.get(name, { kind: 'marketplace', marketplaceId, accountId });
}

function filters(get: Reader) {
  return {
    parts: get('parts'),
    categoryIds: get('categories'),
    excludedManufacturerIds: get('excluded-manufacturers'),
    excludedSupplierIds: get('excluded-suppliers'),
    priceFilterFrom: get('price-filter-from'),
    priceFilterTo: get('price-filter-to'),
    refuseHidden: get('refuse-hidden'),
    conditionMap: get('condition-map'),
  };
}

function pricing(get: Reader) {
  return {
    priceRules: get('price-rules'),
    rounding: get('rounding'),
    attractiveEndingMinor: get('attractive-ending'),
    minimumPrice: get('minimum-price'),
    maximumPrice: get('maximum-price'),
    refuseBelowCost: get('refuse-below-cost'),
  };
}

function listing(get: Reader, facts: MarketplaceFacts) {
  return {
    // Amazon names languages with their country, "fr_FR"; the shop knows the language alone.
    language: get('language') ?? facts.language.slice(0, 2),
    allowForeignLanguage: get('foreign-language'),
    defaultBrowseNode: get('browse-node'),
    shippingTemplate: get('shipping-template'),
    productTaxCode: get('product-tax-code'),
  };
}
