import type { Part } from '../offers/offer-settings.js';

export type PartStatus = 'none' | 'open' | 'accepted' | 'rejected' | 'unknown';

/** As much of a part as comparing it with a new value needs. Values are the canonical texts of `offers/part-values.ts`. */
export interface PartMemory {
  readonly state: PartStatus;
  /** The newest value handed to Amazon, and by which queue revision. */
  readonly submittedValue: string | null;
  readonly submittedRevision: number | null;
  readonly acceptedValue: string | null;
  readonly acceptedAtMs: number | null;
  /** What the last reading of Amazon showed. */
  readonly effectiveValue: string | null;
  readonly effectiveAtMs: number | null;
  /** A feed with it ended FATAL and nothing says why: it goes only together with its group. Null = it is not suspected. */
  readonly suspectGroup: number | null;
}

/** A SKU on one marketplace, as far as planning needs it. */
export interface MarketplaceListing {
  /** true = a reading had it or Amazon accepted it; false = known not to be there; null = never tried. */
  readonly atAmazon: boolean | null;
  /** Asked to be created and not accepted yet. */
  readonly createIntent: boolean;
  readonly parts: Readonly<Partial<Record<Part, PartMemory>>>;
}

/** One SKU of an account, as far as planning needs it: the pool (one stock) and its listing on each marketplace. */
export interface ListingMemory {
  readonly poolListingId: number;
  readonly sku: string;
  /** 0 with product 0 = an orphan: Amazon has it, the shop never did. */
  readonly shopId: number;
  readonly productId: number;
  readonly combinationId: number;
  /** "DEFAULT" = we ship it; "AMAZON_EU" and such = Amazon does. Empty = not known yet. */
  readonly channel: string;
  readonly quantity: PartMemory | null;
  readonly marketplaces: ReadonlyMap<number, MarketplaceListing>;
}

/** Everything we remember of one part of a listing. */
export interface PartRecord extends PartMemory {
  readonly desiredValue: string | null;
  readonly submittedFeedId: number | null;
  readonly submittedAtMs: number | null;
  /** Transient failures in a row. */
  readonly tries: number;
}

/** Everything we remember of a SKU on one marketplace. */
export interface MarketplaceRecord extends MarketplaceListing {
  readonly asin: string;
  readonly status: string;
  readonly parts: Readonly<Partial<Record<Part, PartRecord>>>;
}

/** Everything we remember of one SKU of an account. */
export interface ListingRecord extends ListingMemory {
  readonly quantity: PartRecord | null;
  readonly marketplaces: ReadonlyMap<number, MarketplaceRecord>;
}

/** The marketplace id of parts that exist once per account. */
export const POOL = 0;

/** The turn of everybody who writes listings and their parts. */
export const LISTINGS_TURN = 'listings';

/** Tells whether Amazon ships this SKU: then it gets no quantity from us at all. */
export function isAmazonFulfilled(channel: string): boolean {
  return channel.startsWith('AMAZON');
}

/** A SKU and what carries it, to be remembered. */
export interface PoolEntry {
  readonly sku: string;
  readonly shopId: number;
  readonly productId: number;
  readonly combinationId: number;
}

/** A part that a feed carries. */
export interface CarriedPart {
  readonly poolListingId: number;
  /** 0 for parts of the pool. */
  readonly marketplaceId: number;
  readonly part: Part;
  readonly sku: string;
  readonly shopId: number;
  readonly productId: number;
  readonly value: string;
  readonly tries: number;
}

/** What became of a part that a feed carried, other than being accepted. */
export interface PartOutcome {
  readonly poolListingId: number;
  readonly part: Part;
  readonly state: Extract<PartStatus, 'rejected' | 'unknown'>;
  /** Rejected without Amazon's word: it may have arrived, so what was accepted before is not known to hold any more. */
  readonly isGivenUp?: boolean;
  /** The group with which it goes again after a FATAL; left out = it is not suspected, or no more. */
  readonly suspectGroup?: number;
  /** Nothing is known to be wrong with it: it counts as no try of its own. */
  readonly isNoTry?: boolean;
  /** It was found to be what makes feeds end FATAL. */
  readonly isBlamed?: boolean;
}

/** A part that goes again only together with its group. */
export interface SuspectPart {
  readonly productId: number;
  /** 0 for parts of the pool. */
  readonly marketplaceId: number;
  readonly part: Part;
  readonly group: number;
}
