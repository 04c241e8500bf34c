import type { Listing, Offer, OfferTerms } from './listing.js';
import { numberOrNull, type Row, textOrNull } from './row.js';

export function listingFromRow(row: Row): Listing {
  return {
    sku: String(row.sku),
    asin: String(row.asin),
    code: String(row.code),
    condition: String(row.item_condition),
    channel: String(row.channel),
    quantity: numberOrNull(row.quantity),
    quantityBefore: numberOrNull(row.quantity_before),
    quantityFromMs: Number(row.quantity_from_ms),
    handlingDays: numberOrNull(row.handling_days),
    restockDate: textOrNull(row.restock_date),
    createdAtMs: Number(row.created_at_ms),
  };
}

export function listingToRow(sellerId: string, listing: Listing): Row {
  return {
    seller_id: sellerId,
    sku: listing.sku,
    asin: listing.asin,
    code: listing.code,
    item_condition: listing.condition,
    channel: listing.channel,
    quantity: listing.quantity,
    quantity_before: listing.quantityBefore,
    quantity_from_ms: listing.quantityFromMs,
    handling_days: listing.handlingDays,
    restock_date: listing.restockDate,
    created_at_ms: listing.createdAtMs,
  };
}

export function offerFromRow(row: Row): Offer {
  return {
    sku: String(row.sku),
    marketplaceId: String(row.marketplace_id),
    terms: {
      price: textOrNull(row.price),
      salePrice: textOrNull(row.sale_price),
      saleStartMs: numberOrNull(row.sale_start_ms),
      saleEndMs: numberOrNull(row.sale_end_ms),
      minPrice: textOrNull(row.min_price),
      maxPrice: textOrNull(row.max_price),
    },
    termsBefore: fromJson<OfferTerms | null>(row.terms_before, null),
    termsFromMs: Number(row.terms_from_ms),
    businessTerms: fromJson<Record<string, string> | null>(row.business_terms, null),
    title: String(row.title),
    shippingGroup: textOrNull(row.shipping_group),
    details: fromJson<Record<string, string[]>>(row.details, {}),
    images: fromJson<Record<string, string>>(row.images, {}),
    desiredPrice: textOrNull(row.desired_price),
    createdAtMs: Number(row.created_at_ms),
  };
}

export function offerToRow(sellerId: string, offer: Offer): Row {
  return {
    seller_id: sellerId,
    sku: offer.sku,
    marketplace_id: offer.marketplaceId,
    price: offer.terms.price,
    sale_price: offer.terms.salePrice,
    sale_start_ms: offer.terms.saleStartMs,
    sale_end_ms: offer.terms.saleEndMs,
    min_price: offer.terms.minPrice,
    max_price: offer.terms.maxPrice,
    terms_before: toJson(offer.termsBefore),
    terms_from_ms: offer.termsFromMs,
    business_terms: toJson(offer.businessTerms),
    title: offer.title,
    shipping_group: offer.shippingGroup,
    details: toJson(offer.details),
    images: toJson(offer.images),
    desired_price: offer.desiredPrice,
    created_at_ms: offer.createdAtMs,
  };
}

// These texts are written by this file only, so their shape is known.
function fromJson<T>(value: string | number | null | undefined, empty: T): T {
  return value === null || value === undefined ? empty : (JSON.parse(String(value)) as T);
}

function toJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
