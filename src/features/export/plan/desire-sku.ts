import type { ListingMemory, MarketplaceListing, PartMemory } from '../../listings/listing.js';
import { ERASED_OFFER } from '../../listings/listing-service.js';
import type { PoolQuantity } from '../../offers/offer.js';
import {
  imagesValue,
  metadataValue,
  parseQuantityValue,
  unitsOfValue,
  writeOfferValue,
  writePriceValue,
  writeQuantityValue,
} from '../../offers/part-values.js';
import type { ExportOptions } from '../export-options.js';
import type { ShopFrame } from './account-frame.js';
import { settledValue } from './plan-part.js';
import type { DesiredListing, DesiredSku } from './plan-sku.js';
import type { PreparedItem, PreparedOffer } from './prepare-items.js';

/** What a run was asked for with one item. */
export interface Wish {
  readonly options: ExportOptions;
  readonly sendsQuantity: boolean;
  /** Whether a create mark or option asks for an offer on that marketplace. */
  readonly create: (marketplaceId: number) => boolean;
  /** The item's prices that the run does not decide. */
  readonly leftOutPrices?: DesiredSku['leftOutPrices'];
}

/**
 * What the listings of a sound item should be: step 4 of the run as canonical values.
 *
 * An item that nothing sells any more is brought to 0, but only where Amazon may have it. One that is barred on a marketplace and sold on
 * another keeps its stock, and loses its offer on the first.
 *
 * @param prepared without a SKU fault
 */
export function desireItem(prepared: PreparedItem, memory: ListingMemory | null, wish: Wish): DesiredSku {
  const { sku } = prepared;
  if (!prepared.sellable)
    return isAtAmazon(memory) ? desireNothing(prepared, wish) : { sku, quantity: null, listings: [] };
  const listings: DesiredListing[] = [];
  for (const one of prepared.offers) {
    if (!one.stopped) listings.push(desireListing(one, wish));
    else if (isOfferedOn(one, memory)) listings.push({ ...silent(one.frame.marketplace.id), offer: ERASED_OFFER });
  }
  const quantity = wish.sendsQuantity ? desireQuantity(prepared, memory, wish) : null;
  return { sku, listings, quantity, leftOutPrices: wish.leftOutPrices };
}

/**
 * What a SKU should be whose item now has a SKU fault: its quantity follows the item, downward only.
 *
 * So a typo takes nothing off sale, and nothing is sold that the item no longer has.
 */
export function desireDownward(prepared: PreparedItem, memory: ListingMemory, wish: Wish): DesiredSku {
  const nothing = { sku: memory.sku, listings: [], quantity: null };
  if (!wish.sendsQuantity) return nothing;
  if (!prepared.sellable) return prepared.amazonFulfilled ? nothing : { ...nothing, quantity: NO_UNITS };
  const quantity = desireQuantity(prepared, memory, wish);
  const isLower = quantity !== null && (quantity.units === 0 || quantity.units < mostUnits(memory.quantity));
  return isLower ? { ...nothing, quantity } : nothing;
}

/** What a buyer may find at most, as far as is known; nothing known = 0. */
function mostUnits(part: PartMemory | null): number {
  if (part === null) return 0;
  const { state, submittedValue } = part;
  const known = state === 'open' ? [submittedValue] : [settledValue(part), state === 'unknown' ? submittedValue : null];
  return Math.max(0, ...known.filter((value) => value !== null).map(unitsOfValue));
}

/**
 * What a SKU should be that nothing carries any more, or that a person marked for deletion: 0, and taken off Amazon where `erase` says so.
 */
export function desireWithdrawal(
  memory: ListingMemory,
  marketplaceIds: readonly number[],
  wish: { readonly erase: (marketplaceId: number) => boolean; readonly sendsQuantity: boolean },
): DesiredSku {
  const listings = marketplaceIds
    .filter((id) => memory.marketplaces.get(id)?.atAmazon !== false)
    .map((marketplaceId) => ({ ...silent(marketplaceId), offer: wish.erase(marketplaceId) ? ERASED_OFFER : null }));
  return { sku: memory.sku, listings, quantity: wish.sendsQuantity ? NO_UNITS : null };
}

/**
 * What a SKU should be whose item this shop lacks and another shop of the account sells: its offers on the marketplaces of this shop go.
 *
 * @param kept quantity = the stock of the others; null = none is sent
 */
export function desireKept(
  memory: ListingMemory,
  kept: { readonly frame: ShopFrame; readonly quantity: PoolQuantity | null; readonly wish: Wish },
): DesiredSku {
  const listings = kept.frame.exported
    .filter((frame) => isOfferedOn({ frame }, memory))
    .map(({ marketplace }) => ({ ...silent(marketplace.id), offer: ERASED_OFFER }));
  const quantity = kept.wish.sendsQuantity ? desireQuantity(kept, memory, kept.wish) : null;
  return { sku: memory.sku, listings, quantity };
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
  return { sku, listings, quantity: wish.sendsQuantity && !amazonFulfilled ? NO_UNITS : null };
}

const NO_UNITS = { value: '0', units: 0 } as const;

/** Whether Amazon has, or may have, an offer there that this run may take away. */
function isOfferedOn({ frame }: Pick<PreparedOffer, 'frame'>, memory: ListingMemory | null): boolean {
  const listing = memory?.marketplaces.get(frame.marketplace.id);
  return listing !== undefined && frame.parts.has('offer') && (listing.atAmazon ?? wasHandedOver(listing));
}

function wasHandedOver({ parts }: MarketplaceListing): boolean {
  return Object.values(parts).some((part) => part.submittedValue !== null);
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
function desireQuantity(
  { quantity }: Pick<PreparedItem, 'quantity'>,
  memory: ListingMemory | null,
  wish: Wish,
): DesiredSku['quantity'] {
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
