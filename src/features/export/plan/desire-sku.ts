import type { ListingMemory } from '../../listings/listing.js';
import { ERASED_OFFER } from '../../listings/listing-service.js';
import {
  imagesValue,
  metadataValue,
  parseQuantityValue,
  writeOfferValue,
  writePriceValue,
  writeQuantityValue,
} from '../../offers/part-values.js';
import type { ExportOptions } from '../export-options.js';
import type { DesiredListing, DesiredSku } from './plan-sku.js';
import type { PreparedItem, PreparedOffer } from './prepare-items.js';

/** What a run was asked for with one item. */
export interface Wish {
  readonly options: ExportOptions;
  readonly sendsQuantity: boolean;
  /** Whether a create mark or option asks for an offer on that marketplace. */
  readonly create: (marketplaceId: number) => boolean;
}

/**
 * What the listings of a sound item should be: step 4 of the run as canonical values.
 *
 * An item that nothing sells any more is brought to 0, but only where Amazon may have it.
 *
 * @param prepared without a SKU fault
 */
export function desireItem(prepared: PreparedItem, memory: ListingMemory | null, wish: Wish): DesiredSku {
  const { sku } = prepared;
  if (!prepared.sellable)
    return isAtAmazon(memory) ? desireNothing(prepared, wish) : { sku, quantity: null, listings: [] };
  const listings: DesiredListing[] = [];
  for (const one of prepared.offers) if (!one.stopped) listings.push(desireListing(one, wish));
  return { sku, listings, quantity: wish.sendsQuantity ? desireQuantity(prepared, memory, wish) : null };
}

/**
 * What a SKU should be that nothing carries any more, or that a person marked for deletion: 0, and with `erase` taken off Amazon.
 */
export function desireWithdrawal(
  memory: ListingMemory,
  marketplaceIds: readonly number[],
  wish: { readonly erase: boolean; readonly sendsQuantity: boolean },
): DesiredSku {
  const listings = marketplaceIds
    .filter((id) => memory.marketplaces.get(id)?.atAmazon !== false)
    .map((marketplaceId) => ({ ...silent(marketplaceId), offer: wish.erase ? ERASED_OFFER : null }));
  return { sku: memory.sku, listings, quantity: wish.sendsQuantity ? { value: '0', units: 0 } : null };
}

/** Whether Amazon has the SKU, or may have it because something was handed over and not refused as unknown. */
export function isAtAmazon(memory: ListingMemory | null): memory is ListingMemory {
  if (memory === null) return false;
  const listings = [...memory.marketplaces.values()];
  if (listings.some((one) => one.atAmazon === true)) return true;
  const parts = [memory.quantity, ...listings.flatMap((one) => Object.values(one.parts))];
  return parts.some((part) => part?.submittedValue != null) && listings.some((one) => one.atAmazon === null);
}

function desireNothing({ sku, offers, amazonFulfilled }: PreparedItem, wish: Wish): DesiredSku {
  const listings = offers.map((one) => silent(one.frame.marketplace.id));
  return { sku, listings, quantity: wish.sendsQuantity && !amazonFulfilled ? { value: '0', units: 0 } : null };
}

function silent(marketplaceId: number): DesiredListing {
  const nothing = { offer: null, price: null, metadata: null, images: null };
  return { marketplaceId, today: '', create: false, priceLeftOut: false, ...nothing };
}

function desireListing({ frame, offer }: PreparedOffer, wish: Wish): DesiredListing {
  const { identity, condition, price, metadata, imageUrls } = offer;
  const { parts, settings } = frame;
  return {
    marketplaceId: frame.marketplace.id,
    today: frame.offers.today,
    create: wish.create(frame.marketplace.id),
    priceLeftOut: settings.parts.has('price') && !parts.has('price'),
    offer: parts.has('offer') && identity && condition ? writeOfferValue({ identity, condition }) : null,
    price: parts.has('price') && price ? writePriceValue(price) : null,
    metadata: metadata ? metadataValue(metadata) : null,
    images: imageUrls && imageUrls.length > 0 ? imagesValue(imageUrls) : null,
  };
}

/** Without `--handling-time` the days that Amazon has stay in the value, so that leaving the option out changes nothing. */
function desireQuantity({ quantity }: PreparedItem, memory: ListingMemory | null, wish: Wish): DesiredSku['quantity'] {
  if (quantity === null) return null;
  const handlingTimeDays = wish.options.handlingTime ? quantity.handlingTimeDays : rememberedHandlingTime(memory);
  return { value: writeQuantityValue({ ...quantity, handlingTimeDays }), units: quantity.quantity };
}

function rememberedHandlingTime(memory: ListingMemory | null): number | null {
  const part = memory?.quantity ?? null;
  const submitted = part?.state === 'rejected' ? null : part?.submittedValue;
  const value = submitted ?? part?.acceptedValue ?? null;
  return value === null ? null : parseQuantityValue(value).handlingTimeDays;
}
