import type { ExactPrice } from '../../core/money.js';
import type { CatalogueItem } from '../../shop/catalogue.js';

/** Which field of the shop is the key at Amazon. `ids` = id_product, or id_product-id_product_attribute. */
export type SkuSource = 'reference' | 'supplier-reference' | 'ean13' | 'ids';

/** One aspect of a listing that is sent and settled by itself. */
export type Part = 'offer' | 'price' | 'quantity' | 'metadata' | 'images';

/** Amazon's names of conditions, as both feed formats know them. */
export type AmazonCondition =
  | 'New'
  | 'Refurbished'
  | 'UsedLikeNew'
  | 'UsedVeryGood'
  | 'UsedGood'
  | 'UsedAcceptable'
  | 'CollectibleLikeNew'
  | 'CollectibleVeryGood'
  | 'CollectibleGood'
  | 'CollectibleAcceptable';

export type PriceRounding = 'none' | 'one-digit' | 'two-digits' | 'attractive';

/** A change of the price inside a range of prices; the first range that holds the price decides. */
export interface PriceRule {
  /** Inclusive. */
  readonly from: ExactPrice;
  /** Exclusive; null = no upper end. */
  readonly to: ExactPrice | null;
  /** 10 = ten percent dearer, -5 = five percent cheaper; exact. */
  readonly percent: ExactPrice;
  /** Added after the percentage, in the marketplace's currency. */
  readonly value: ExactPrice;
}

/** Everything a person may set that enters the offers of one marketplace, already resolved marketplace → account → global. */
export interface MarketplaceOfferSettings {
  readonly marketplaceId: number;
  readonly accountId: number;
  readonly shopId: number;
  /** As people say it: FR, DE, UK. */
  readonly country: string;
  readonly currency: string;
  readonly currencyDecimals: number;
  /** IANA zone in which sale days are counted. */
  readonly timeZone: string;
  /** ISO 639-1 of the texts Amazon expects there. */
  readonly language: string;
  readonly parts: ReadonlySet<Part>;
  /** Empty = every category. */
  readonly categoryIds: ReadonlySet<number>;
  readonly excludedManufacturerIds: ReadonlySet<number>;
  readonly excludedSupplierIds: ReadonlySet<number>;
  /** Items outside are a stop (price filter), tax included, before any rule. */
  readonly priceFilterFrom: ExactPrice | null;
  readonly priceFilterTo: ExactPrice | null;
  /** Whether visibility "none" is a stop. */
  readonly refuseHidden: boolean;
  readonly priceRules: readonly PriceRule[];
  readonly rounding: PriceRounding;
  /** For `attractive`: the ending in minor units, 99 = x.99. */
  readonly attractiveEndingMinor: number;
  readonly minimumPrice: ExactPrice | null;
  readonly maximumPrice: ExactPrice | null;
  readonly refuseBelowCost: boolean;
  readonly conditionMap: ReadonlyMap<string, AmazonCondition>;
  /** Whether texts in another language than `language` may be sent. */
  readonly allowForeignLanguage: boolean;
  readonly defaultBrowseNode: string | null;
  readonly shippingTemplate: string | null;
  readonly productTaxCode: string | null;
}

/** Everything a person may set that enters the one stock of an account. */
export interface PoolOfferSettings {
  readonly accountId: number;
  readonly skuSource: SkuSource;
  /** Held back from the shop's quantity (>= 0). */
  readonly reserve: number;
  /** The most that is shown; null = no cap. */
  readonly cap: number | null;
  /** Sent instead of the shop's figure where stock is forced or stock management is off; null = such an item gets 0. */
  readonly fixedQuantity: number | null;
  /** Whether an item with a future availability date is announced with a restock date. */
  readonly preorder: boolean;
  /** Business days; null = Amazon's own default stays. */
  readonly handlingTimeDays: number | null;
}

/** What the product's Amazon tab says for one item on one marketplace, already resolved field by field; null = says nothing. */
export interface ProductOptions {
  readonly disabled: boolean | null;
  readonly forceInStock: boolean | null;
  readonly noPrice: boolean | null;
  readonly noQuantity: boolean | null;
  readonly asin: string | null;
  /** Tax included, in the marketplace's currency: replaces the shop's price and every rule. */
  readonly priceOverride: string | null;
  readonly bullets: readonly string[];
  readonly conditionNote: string | null;
  readonly title: string | null;
  readonly description: string | null;
  readonly browseNode: string | null;
  readonly handlingTimeDays: number | null;
  readonly giftWrap: boolean | null;
  readonly giftMessage: boolean | null;
  readonly shippingTemplate: string | null;
  /** "" removes an override set earlier, "0" is free shipping. */
  readonly shippingOverride: string | null;
  readonly amazonFulfilled: boolean | null;
  readonly amazonFulfilledSupplement: string | null;
}

/** An item together with what its Amazon tab says. */
export interface ItemWithOptions {
  readonly item: CatalogueItem;
  readonly options: ProductOptions;
}
