import { type Listing, withQuantity } from '../state/listing.js';
import { error, type FeedKind, type MessageIssue, type MessageWork, skuOf } from './feed-kind.js';
import type { XmlNode } from './xml-node.js';

/** POST_INVENTORY_AVAILABILITY_DATA: one stock per seller and SKU, whatever marketplaces the feed names. */
export const inventoryKind: FeedKind = {
  messageType: 'Inventory',
  operations: ['Update'],
  skusOf: (payload) => [skuOf(payload)],
  subjectOf: skuOf,
  apply,
};

/** @source Amazon's handling time ends at 30 days */
const LONGEST_HANDLING_DAYS = 30;

function apply(work: MessageWork): readonly MessageIssue[] {
  const { payload, shelf, source } = work;
  const sku = skuOf(payload);
  const listing = shelf.listing(sku);
  if (!listing) return [error('13013', `This SKU does not exist in the catalogue of the seller: ${sku}.`)];
  const handling = readHandlingDays(payload);
  const quantity = readQuantity(payload, listing);
  const restock = readRestockDate(payload);
  const channel = quantity === null ? readAmazonChannel(payload) : 'DEFAULT';
  if (isIssue(handling) || isIssue(quantity) || isIssue(restock) || isIssue(channel))
    return [handling, quantity, restock, channel].filter(isIssue);
  const when = { atMs: source.atMs, fromMs: work.effectiveFromMs };
  // A message without handling time leaves the one that was set; one without restock date takes it away.
  const kept = { channel, handlingDays: handling ?? listing.handlingDays, restockDate: restock };
  shelf.putListing({ ...withQuantity(listing, quantity, when), ...kept }, source);
  const place = { ...source, sku, marketplaceId: null };
  if (channel !== listing.channel)
    shelf.record({ ...place, kind: 'channel', what: { channel, channelBefore: listing.channel } });
  const what = { quantity, quantityBefore: listing.quantity, handlingDays: handling, restockDate: restock };
  shelf.record({ ...place, kind: 'quantity', what });
  return [];
}

/** Units, or null when Amazon is to fulfil. */
function readQuantity(payload: XmlNode, listing: Listing): number | null | MessageIssue {
  const quantity = payload.textAt('Quantity');
  if (quantity !== undefined)
    return /^\d{1,9}$/.test(quantity) ? Number(quantity) : error('90205', `"${quantity}" is not a valid quantity.`);
  const available = payload.textAt('Available');
  if (available !== undefined) return available === 'true' || available === '1' ? listing.quantity || 1 : 0;
  if (payload.textAt('Lookup') === 'FulfillmentNetwork' && payload.textAt('SwitchFulfillmentTo') === 'AFN') return null;
  return error('99001', 'A value is missing: quantity.');
}

function readAmazonChannel(payload: XmlNode): string | MessageIssue {
  const channel = payload.textAt('FulfillmentCenterID') ?? 'AMAZON_EU';
  return /^AMAZON_[A-Z]{2}$/.test(channel) ? channel : error('90205', `"${channel}" is not a fulfilment network.`);
}

function readHandlingDays(payload: XmlNode): number | null | MessageIssue {
  const text = payload.textAt('FulfillmentLatency');
  if (text === undefined) return null;
  if (!/^\d{1,4}$/.test(text)) return error('90205', `"${text}" is not a valid handling time.`);
  const days = Number(text);
  if (days < 1) return error('90114', 'The handling time is below the least allowed value, 1.');
  return days <= LONGEST_HANDLING_DAYS
    ? days
    : error('90113', `The handling time is above the greatest allowed value, ${LONGEST_HANDLING_DAYS}.`);
}

function readRestockDate(payload: XmlNode): string | null | MessageIssue {
  const text = payload.textAt('RestockDate');
  if (text === undefined) return null;
  const date = text.slice(0, 10);
  const valid = /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date));
  return valid ? date : error('90205', `"${text}" is not a valid restock date.`);
}

function isIssue(value: number | string | null | MessageIssue): value is MessageIssue {
  return typeof value === 'object' && value !== null;
}
