import type { AmazonCondition } from './offer-settings.js';
import type { Verdict } from './verdict.js';

/** Days of the marketplace, half-open: the sale runs from 00:00 of `startDay`, the standard price is back at 00:00 of `endDay`. */
export interface OfferSale {
  /** "2026-11-21" */
  readonly startDay: string;
  readonly endDay: string;
  /** Decimal text in the marketplace's currency, tax included. */
  readonly price: string;
}

export interface OfferPrice {
  readonly currency: string;
  /** Decimal text, tax included. */
  readonly standard: string;
  readonly sale: OfferSale | null;
}

/** The one stock of a SKU in its account; null where Amazon fulfils it. */
export interface PoolQuantity {
  readonly quantity: number;
  readonly handlingTimeDays: number | null;
  /** "2026-12-24" */
  readonly restockDay: string | null;
}

export interface OfferIdentity {
  readonly type: 'EAN' | 'UPC' | 'GTIN' | 'ASIN';
  readonly value: string;
}

export interface OfferMetadata {
  readonly title: string;
  readonly brand: string;
  readonly description: string;
  readonly bullets: readonly string[];
  readonly manufacturer: string;
  readonly manufacturerPartNumber: string;
  readonly searchTerms: string;
  readonly browseNode: string | null;
  readonly shippingTemplate: string | null;
  readonly productTaxCode: string | null;
  /** "" removes an override set earlier, "0" is free shipping, null says nothing. */
  readonly shippingOverride: string | null;
  readonly giftWrap: boolean | null;
  readonly giftMessage: boolean | null;
}

/** Why extended data is withheld. Not a verdict: everything else of the offer goes on. */
export interface MetadataNote {
  readonly code: 'brand-missing' | 'language-missing' | 'title-missing';
  readonly sentence: string;
  readonly advice: string;
}

/** What one item should be on one marketplace. Computed, never typed in. */
export interface Offer {
  readonly sku: string;
  readonly productId: number;
  readonly combinationId: number;
  readonly verdicts: readonly Verdict[];
  /** What a new offer is matched by; null with a create verdict. */
  readonly identity: OfferIdentity | null;
  /** Only sent when the offer is created; null when the shop's condition is not mapped. */
  readonly condition: AmazonCondition | null;
  readonly conditionNote: string | null;
  /** Null when withheld: by a price verdict, or because the product says so. */
  readonly price: OfferPrice | null;
  /** Only when extended data is asked for. */
  readonly metadata: OfferMetadata | null;
  /** Why extended data that was asked for is withheld. */
  readonly metadataNote: MetadataNote | null;
  /** Only when images are asked for; the main one first. */
  readonly imageUrls: readonly string[] | null;
}
