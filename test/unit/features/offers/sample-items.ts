import { parsePrice } from '../../../../src/core/money.js';
import { type OfferBasis, type OfferFrame, offerFrame } from '../../../../src/features/offers/offer-frame.js';
import type {
  ItemWithOptions,
  MarketplaceOfferSettings,
  PoolOfferSettings,
  ProductOptions,
} from '../../../../src/features/offers/offer-settings.js';
import { NO_OPTIONS } from '../../../../src/features/offers/resolve-options.js';
import type { CatalogueItem, ItemPrice, ItemTexts, ShopContext } from '../../../../src/shop/catalogue.js';

/** 2026-11-21T12:00:00 in Paris. */
export const NOON_MS = Date.parse('2026-11-21T11:00:00Z');

/** A price without steps. */
export function steady(price: string): ItemPrice {
  return { standard: parsePrice(price), steps: [] };
}

/** An item without any fault: 29.90, five in stock. */
export function sampleItem(changes: Partial<CatalogueItem> = {}): CatalogueItem {
  return {
    productId: 7,
    combinationId: 0,
    reference: 'MUG-7',
    supplierReference: 'S-7',
    ean13: '4006381333931',
    upc: '',
    mpn: 'M7',
    inShop: true,
    draft: false,
    active: true,
    availableForOrder: true,
    virtual: false,
    visibility: 'both',
    condition: 'new',
    minimalQuantity: 1,
    manufacturerId: 3,
    manufacturerName: 'Graphic Corner',
    supplierId: 4,
    categoryIds: [2, 8],
    stockQuantity: 5,
    sellsWhenOutOfStock: false,
    availableDate: null,
    cost: parsePrice('10.00'),
    prices: [steady('29.90')],
    texts: new Map([['fr', sampleTexts()]]),
    imageUrls: ['https://shop.example/1.jpg', 'https://shop.example/2.jpg'],
    ...changes,
  };
}

export function sampleTexts(changes: Partial<ItemTexts> = {}): ItemTexts {
  return {
    name: 'Mug colibri',
    description: '<p>Un mug.</p>',
    shortDescription: '<p>Mug</p>',
    tags: [],
    attributes: [],
    fallback: false,
    ...changes,
  };
}

export function sampleSubject(
  changes: Partial<CatalogueItem> = {},
  options: Partial<ProductOptions> = {},
): ItemWithOptions {
  return { item: sampleItem(changes), options: { ...NO_OPTIONS, ...options } };
}

/** Amazon France without any rule. */
export function sampleSettings(changes: Partial<MarketplaceOfferSettings> = {}): MarketplaceOfferSettings {
  return {
    marketplaceId: 1,
    accountId: 1,
    shopId: 1,
    country: 'FR',
    currency: 'EUR',
    currencyDecimals: 2,
    timeZone: 'Europe/Paris',
    language: 'fr',
    parts: new Set(['offer', 'price', 'quantity'] as const),
    categoryIds: new Set<number>(),
    excludedManufacturerIds: new Set<number>(),
    excludedSupplierIds: new Set<number>(),
    priceFilterFrom: null,
    priceFilterTo: null,
    refuseHidden: false,
    priceRules: [],
    rounding: 'none',
    attractiveEndingMinor: 99,
    minimumPrice: null,
    maximumPrice: null,
    refuseBelowCost: false,
    conditionMap: new Map([['new', 'New']] as const),
    allowForeignLanguage: false,
    defaultBrowseNode: null,
    shippingTemplate: null,
    productTaxCode: null,
    ...changes,
  };
}

export function samplePool(changes: Partial<PoolOfferSettings> = {}): PoolOfferSettings {
  return {
    accountId: 1,
    skuSource: 'reference',
    reserve: 0,
    cap: null,
    fixedQuantity: null,
    preorder: false,
    handlingTimeDays: null,
    ...changes,
  };
}

export function sampleContext(changes: Partial<ShopContext> = {}): ShopContext {
  return {
    shopId: 1,
    name: 'Sample shop',
    timeZone: 'Europe/Paris',
    baseUrl: 'https://shop.example/',
    languages: ['fr', 'en'],
    defaultLanguage: 'fr',
    currencies: [{ iso: 'EUR', decimals: 2 }],
    defaultCurrency: 'EUR',
    roundingMode: 'half-up',
    visitorGroupId: 1,
    stockManagement: true,
    ...changes,
  };
}

/** Amazon France at noon of 21 November 2026. */
export function sampleFrame(
  settings: Partial<MarketplaceOfferSettings> = {},
  basis: Partial<Omit<OfferBasis, 'settings'>> = {},
): OfferFrame {
  return offerFrame({
    settings: sampleSettings(settings),
    context: sampleContext(),
    skuSource: 'reference',
    viewIndex: 0,
    want: { metadata: false, images: false },
    atMs: NOON_MS,
    ...basis,
  });
}
