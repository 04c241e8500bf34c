/** One SKU of a seller: what exists once, whatever the number of marketplaces. Times are epoch milliseconds. */
export interface Listing {
  readonly sku: string;
  readonly asin: string;
  /** 14 digits, or empty when the SKU came by its ASIN. */
  readonly code: string;
  /** As XML feeds name it, for example "New". */
  readonly condition: string;
  /** DEFAULT = the seller sends it; AMAZON_EU and so on = Amazon does. */
  readonly channel: string;
  /** Units accepted last; null while Amazon fulfils. */
  readonly quantity: number | null;
  /** What readers still see before `quantityFromMs`. */
  readonly quantityBefore: number | null;
  readonly quantityFromMs: number;
  readonly handlingDays: number | null;
  /** YYYY-MM-DD */
  readonly restockDate: string | null;
  readonly createdAtMs: number;
}

/** The parts of an offer that a price message writes. Prices are decimal texts in the marketplace's currency, tax included. */
export interface OfferTerms {
  readonly price: string | null;
  readonly salePrice: string | null;
  readonly saleStartMs: number | null;
  readonly saleEndMs: number | null;
  readonly minPrice: string | null;
  readonly maxPrice: string | null;
}

/** One SKU on one marketplace. */
export interface Offer {
  readonly sku: string;
  readonly marketplaceId: string;
  readonly terms: OfferTerms;
  /** What readers still see before `termsFromMs`. */
  readonly termsBefore: OfferTerms | null;
  readonly termsFromMs: number;
  /** Business price and quantity steps as last sent, by element name. */
  readonly businessTerms: Readonly<Record<string, string>> | null;
  readonly title: string;
  readonly shippingGroup: string | null;
  /** What the last product messages said, by element name. */
  readonly details: Readonly<Record<string, readonly string[]>>;
  /** Image address by ImageType. */
  readonly images: Readonly<Record<string, string>>;
  /** What a test says the shop wants; null = nobody said. */
  readonly desiredPrice: string | null;
  readonly createdAtMs: number;
}

export const NO_TERMS: OfferTerms = {
  price: null,
  salePrice: null,
  saleStartMs: null,
  saleEndMs: null,
  minPrice: null,
  maxPrice: null,
};

/** The quantity that readers see at an instant: accepted values become effective a little later. */
export function effectiveQuantity(listing: Listing, atMs: number): number | null {
  return atMs >= listing.quantityFromMs ? listing.quantity : listing.quantityBefore;
}

/** The terms that readers see at an instant. */
export function effectiveTerms(offer: Offer, atMs: number): OfferTerms {
  return atMs >= offer.termsFromMs ? offer.terms : (offer.termsBefore ?? NO_TERMS);
}

/** The listing with another quantity, seen by readers from `fromMs` on. */
export function withQuantity(listing: Listing, quantity: number | null, when: EffectiveFrom): Listing {
  return {
    ...listing,
    quantity,
    quantityBefore: effectiveQuantity(listing, when.atMs),
    quantityFromMs: when.fromMs,
  };
}

/** The offer with other terms, seen by readers from `fromMs` on. */
export function withTerms(offer: Offer, terms: OfferTerms, when: EffectiveFrom): Offer {
  return { ...offer, terms, termsBefore: effectiveTerms(offer, when.atMs), termsFromMs: when.fromMs };
}

export interface EffectiveFrom {
  /** When the change is accepted. */
  readonly atMs: number;
  /** When readers see it. */
  readonly fromMs: number;
}
