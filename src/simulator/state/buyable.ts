import { parsePrice } from '../../core/money.js';
import type { Listing, OfferTerms } from './listing.js';

/** As the listings report writes it. */
export type OfferStatus = 'Active' | 'Inactive' | 'Incomplete';

/** What a buyer would pay at an instant: the sale price inside its window, else the standard price; null without a price. */
export function priceAt(terms: OfferTerms, atMs: number): string | null {
  return isOnSale(terms, atMs) ? terms.salePrice : terms.price;
}

/**
 * The state of an offer with these terms and this stock.
 *
 * @param quantity null = Amazon's own stock, which is always there in this simulation
 * @source Amazon deactivates an offer for a price error when the price leaves its bounds or the sale is above the price
 */
export function offerStatus(terms: OfferTerms, quantity: number | null, atMs: number): OfferStatus {
  if (terms.price === null) return 'Incomplete';
  if (quantity === 0 || hasPriceError(terms, atMs)) return 'Inactive';
  return 'Active';
}

/** The price at which a buyer can buy now, or null when nobody can. Accepted values count, not what readers see yet. */
export function buyablePrice(listing: Listing, terms: OfferTerms, atMs: number): string | null {
  return offerStatus(terms, listing.quantity, atMs) === 'Active' ? priceAt(terms, atMs) : null;
}

/** Tells whether two decimal texts are the same amount: "9.9" and "9.90" are. */
export function samePrice(one: string, other: string): boolean {
  return parsePrice(one) === parsePrice(other);
}

function isOnSale(terms: OfferTerms, atMs: number): boolean {
  const { salePrice, saleStartMs, saleEndMs } = terms;
  return salePrice !== null && saleStartMs !== null && saleEndMs !== null && saleStartMs <= atMs && atMs < saleEndMs;
}

function hasPriceError(terms: OfferTerms, atMs: number): boolean {
  const paid = priceAt(terms, atMs);
  if (paid === null) return false;
  const exact = parsePrice(paid);
  if (terms.minPrice !== null && exact < parsePrice(terms.minPrice)) return true;
  if (terms.maxPrice !== null && exact > parsePrice(terms.maxPrice)) return true;
  return isOnSale(terms, atMs) && terms.price !== null && exact >= parsePrice(terms.price);
}
