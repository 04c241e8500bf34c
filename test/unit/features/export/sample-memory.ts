import type { DesiredListing, DesiredSku, PlanRules } from '../../../../src/features/export/plan/plan-sku.js';
import type { ListingMemory, MarketplaceListing, PartMemory } from '../../../../src/features/listings/listing.js';

export const FR = 11;
export const DE = 12;

/** A part of which nothing but this is known. */
export function part(known: Partial<PartMemory> = {}): PartMemory {
  return {
    state: 'none',
    submittedValue: null,
    submittedRevision: null,
    acceptedValue: null,
    acceptedAtMs: null,
    effectiveValue: null,
    effectiveAtMs: null,
    suspectGroup: null,
    ...known,
  };
}

/** Accepted by revision 1 at the instant 1,000. */
export const accepted = (value: string) =>
  part({ state: 'accepted', submittedValue: value, submittedRevision: 1, acceptedValue: value, acceptedAtMs: 1_000 });
/** In flight by revision 1, after something else was accepted. */
export const open = (value: string, before: string | null = null) =>
  part({ state: 'open', submittedValue: value, submittedRevision: 1, acceptedValue: before, acceptedAtMs: 500 });
export const unknown = (value: string, before: string | null = null) =>
  part({
    state: 'unknown',
    submittedValue: value,
    submittedRevision: 1,
    acceptedValue: before,
    acceptedAtMs: 500,
  });
export const rejected = (value: string, before: string | null = null) =>
  part({ state: 'rejected', submittedValue: value, submittedRevision: 1, acceptedValue: before, acceptedAtMs: 500 });

/** A listing that Amazon has. */
export function listed(
  parts: MarketplaceListing['parts'] = {},
  known: Partial<MarketplaceListing> = {},
): MarketplaceListing {
  return { atAmazon: true, createIntent: false, parts, ...known };
}

export function memoryOf(
  marketplaces: readonly (readonly [number, MarketplaceListing])[],
  known: Partial<ListingMemory> = {},
): ListingMemory {
  return {
    poolListingId: 1,
    sku: 'MUG',
    shopId: 1,
    productId: 7,
    combinationId: 0,
    channel: 'DEFAULT',
    quantity: null,
    marketplaces: new Map(marketplaces),
    ...known,
  };
}

/** Nothing is said about any part but what is given. */
export function desiredListing(marketplaceId: number, said: Partial<DesiredListing> = {}): DesiredListing {
  return {
    marketplaceId,
    today: '2026-11-21',
    create: false,
    priceLeftOut: false,
    offer: null,
    price: null,
    metadata: null,
    images: null,
    ...said,
  };
}

export function desiredSku(listings: readonly DesiredListing[], units: number | null = null): DesiredSku {
  return { sku: 'MUG', listings, quantity: units === null ? null : { value: String(units), units } };
}

/** Marked since everything that `part` remembers was handed over. */
export const MARKED: PlanRules = { revision: 2, everything: false, preview: false };
/** Not marked since. */
export const UNMARKED: PlanRules = { revision: 1, everything: false, preview: false };
