import { offerStatus, priceAt } from './buyable.js';
import { effectiveQuantity, effectiveTerms, type OfferTerms } from './listing.js';
import type { ListedSku } from './listing-store.js';

/** A SKU as GET /_simulator/listings shows it. Plain names are accepted values, `effective…` what readers see now. */
export interface ListingView {
  readonly sku: string;
  readonly asin: string;
  readonly code: string;
  readonly condition: string;
  readonly channel: string;
  readonly quantity: number | null;
  readonly effectiveQuantity: number | null;
  readonly handlingDays: number | null;
  readonly restockDate: string | null;
  readonly offers: readonly OfferView[];
}

export interface OfferView extends OfferTerms {
  readonly marketplaceId: string;
  readonly title: string;
  readonly shippingGroup: string | null;
  readonly businessTerms: Readonly<Record<string, string>> | null;
  readonly images: Readonly<Record<string, string>>;
  readonly details: Readonly<Record<string, readonly string[]>>;
  readonly desiredPrice: string | null;
  readonly effectivePrice: string | null;
  /** What a buyer pays now, by accepted values. */
  readonly priceNow: string | null;
  readonly status: 'Active' | 'Inactive' | 'Incomplete';
}

/** Shows one SKU as of an instant. */
export function showListing({ listing, offers }: ListedSku, atMs: number): ListingView {
  return {
    sku: listing.sku,
    asin: listing.asin,
    code: listing.code,
    condition: listing.condition,
    channel: listing.channel,
    quantity: listing.quantity,
    effectiveQuantity: effectiveQuantity(listing, atMs),
    handlingDays: listing.handlingDays,
    restockDate: listing.restockDate,
    offers: offers.map((offer) => ({
      marketplaceId: offer.marketplaceId,
      title: offer.title,
      ...offer.terms,
      shippingGroup: offer.shippingGroup,
      businessTerms: offer.businessTerms,
      images: offer.images,
      details: offer.details,
      desiredPrice: offer.desiredPrice,
      effectivePrice: effectiveTerms(offer, atMs).price,
      priceNow: priceAt(offer.terms, atMs),
      status: offerStatus(offer.terms, listing.quantity, atMs),
    })),
  };
}
