import { FEED_CURRENCIES, type FeedCurrency, isFeedCurrency } from '../../../../feeds/xml/currencies.js';
import type { FeedMessage } from '../../../../feeds/xml/feed-message.js';
import type { ListingMessageType } from '../../../../feeds/xml/feed-types.js';
import { IMAGE_TYPES, imageMessage } from '../../../../feeds/xml/image.js';
import { InvalidFeedInput } from '../../../../feeds/xml/invalid-feed-input.js';
import { inventoryMessage } from '../../../../feeds/xml/inventory.js';
import { priceMessage } from '../../../../feeds/xml/price.js';
import { type ProductInput, productDeletion, productMessage } from '../../../../feeds/xml/product.js';
import type { PartMemory } from '../../listings/listing.js';
import { ERASED_OFFER } from '../../listings/listing-service.js';
import type { OfferMetadata, OfferPrice } from '../../offers/offer.js';
import { hasSale, parseOfferValue, parsePriceValue, parseQuantityValue } from '../../offers/part-values.js';
import { endedSale, saleDateTime } from '../../offers/sale-date-time.js';
import type { MarketplaceFrame } from '../plan/account-frame.js';
import type { PlannedPart } from '../plan/plan-sku.js';
import type { PlannedSku } from '../plan/planned-sku.js';

/** Messages of one document type that carry some parts of a SKU; they go into a document together or not at all. */
export interface RenderedParts {
  readonly messageType: ListingMessageType;
  readonly messages: readonly FeedMessage[];
  readonly parts: readonly PlannedPart[];
}

/** What one message carries of a SKU: one part, or an offer together with its metadata. */
export type MessageParts = readonly [PlannedPart, ...PlannedPart[]];

/**
 * Renders the message, or for pictures the messages, of some parts of a SKU.
 *
 * Sync says only what changes (`PartialUpdate`), and no Product message unless metadata is asked for or the offer is created.
 *
 * @param frame of the marketplace; null for the one stock of a SKU
 * @throws InvalidFeedInput when a value cannot be sent
 */
export function renderParts(subject: PlannedSku, frame: MarketplaceFrame | null, parts: MessageParts): RenderedParts {
  const [lead] = parts;
  if (frame === null) return { messageType: 'Inventory', messages: [renderQuantity(subject, lead)], parts };
  if (lead.part === 'price') return { messageType: 'Price', messages: [renderPrice(subject, lead, frame)], parts };
  if (lead.part === 'images') return { messageType: 'ProductImage', messages: renderImages(subject, frame), parts };
  return { messageType: 'Product', messages: [renderProduct(subject, frame, parts)], parts };
}

function renderQuantity({ carrier }: PlannedSku, part: PlannedPart): FeedMessage {
  const { quantity, handlingTimeDays, restockDay } = parseQuantityValue(part.value);
  return inventoryMessage({
    sku: carrier.sku,
    quantity,
    restockDate: restockDay ?? undefined,
    handlingDays: handlingTimeDays !== null && handlingTimeDays > 0 ? handlingTimeDays : undefined,
  });
}

function renderProduct(subject: PlannedSku, frame: MarketplaceFrame, parts: MessageParts): FeedMessage {
  const { sku } = subject.carrier;
  const offer = parts.find((one) => one.part === 'offer');
  if (offer?.value === ERASED_OFFER) return productDeletion(sku);
  const prepared = subject.prepared?.offers.find((one) => one.frame === frame);
  const metadata = parts.some((one) => one.part === 'metadata') ? (prepared?.offer.metadata ?? null) : null;
  const start = offer ? startOf(offer.value, prepared?.offer.conditionNote ?? null) : null;
  return productMessage({
    sku,
    operationType: offer ? 'Update' : 'PartialUpdate',
    standardProductId: start?.standardProductId,
    condition: start?.condition,
    productTaxCode: (metadata?.productTaxCode ?? frame.settings.productTaxCode) || undefined,
    description: metadata ? describe(metadata) : undefined,
  });
}

function startOf(value: string, conditionNote: string | null): Pick<ProductInput, 'standardProductId' | 'condition'> {
  const { identity, condition } = parseOfferValue(value);
  return { standardProductId: identity, condition: { type: condition, note: conditionNote ?? undefined } };
}

function describe(metadata: OfferMetadata): NonNullable<ProductInput['description']> {
  return {
    title: metadata.title,
    brand: metadata.brand,
    descriptionHtml: metadata.description,
    bulletPoints: metadata.bullets,
    manufacturer: metadata.manufacturer,
    mfrPartNumber: metadata.manufacturerPartNumber || undefined,
    searchTerms: metadata.searchTerms || undefined,
    giftWrapAvailable: metadata.giftWrap ?? undefined,
    giftMessageAvailable: metadata.giftMessage ?? undefined,
    recommendedBrowseNodes: metadata.browseNode ? [Number(metadata.browseNode)] : undefined,
    merchantShippingGroupName: metadata.shippingTemplate ?? undefined,
  };
}

function renderPrice({ carrier, memory }: PlannedSku, part: PlannedPart, frame: MarketplaceFrame): FeedMessage {
  const { sku } = carrier;
  const price = parsePriceValue(part.value);
  const today = frame.offers.today;
  const known = memory?.marketplaces.get(frame.marketplace.id)?.parts.price;
  const sale = price.sale ?? (mayHaveSale(known, today) ? endedSale(today, price.standard) : null);
  const zone = frame.settings.timeZone;
  return priceMessage({
    sku,
    currency: feedCurrency(sku, price),
    standardPrice: price.standard,
    sale: sale
      ? { startsAt: saleDateTime(sale.startDay, zone), endsAt: saleDateTime(sale.endDay, zone), salePrice: sale.price }
      : undefined,
  });
}

/**
 * Whether Amazon may have a sale that has not ended: a message that merely leaves it out keeps it.
 *
 * Of a value that nobody knows the fate of, the one before may still hold, and the one before that: removing a sale that is not there
 * does no harm.
 */
function mayHaveSale(known: PartMemory | undefined, today: string): boolean {
  if (known === undefined) return false;
  if (known.state === 'unknown') return true;
  // Set by somebody else before us, for all we know.
  if (known.submittedValue === null && known.acceptedValue === null) return known.effectiveValue !== null;
  // A value that was given up may have arrived; then nothing is known as accepted.
  const isRefused = known.state === 'rejected' && known.acceptedValue !== null;
  const values = isRefused ? [known.acceptedValue] : [known.submittedValue, known.acceptedValue];
  return values.some((value) => value !== null && hasSale(value, today));
}

/** @throws InvalidFeedInput for a currency that the format does not know */
function feedCurrency(sku: string, { currency }: OfferPrice): FeedCurrency {
  if (isFeedCurrency(currency)) return currency;
  const expected = `one of ${FEED_CURRENCIES.join(', ')}, which are all that XML feeds know`;
  throw new InvalidFeedInput({ sku, field: 'currency', expected, received: currency });
}

function renderImages(subject: PlannedSku, frame: MarketplaceFrame): readonly FeedMessage[] {
  const urls = subject.prepared?.offers.find((one) => one.frame === frame)?.offer.imageUrls ?? [];
  const { sku } = subject.carrier;
  return urls
    .slice(0, PICTURE_PLACES.length)
    .map((imageLocation, index) => imageMessage({ sku, imageType: PICTURE_PLACES[index] ?? 'Main', imageLocation }));
}

/** The main picture, then the eight others that a detail page shows. */
const PICTURE_PLACES = IMAGE_TYPES.filter((type) => type === 'Main' || /^PT[1-8]$/.test(type));
