import { offerStatus } from '../state/buyable.js';
import { conditionNumber } from '../state/condition.js';
import { effectiveQuantity, effectiveTerms, type Listing, type Offer } from '../state/listing.js';
import type { ListedSku } from '../state/listing-store.js';
import type { SimulatedMarketplace } from '../state/seller-store.js';

/** @source GET_MERCHANT_LISTINGS_ALL_DATA as real files have it; Europe and the United Kingdom spell fulfilment with one l */
const COLUMNS = [
  'item-name',
  'item-description',
  'listing-id',
  'seller-sku',
  'price',
  'quantity',
  'open-date',
  'image-url',
  'item-is-marketplace',
  'product-id-type',
  'zshop-shipping-fee',
  'item-note',
  'item-condition',
  'zshop-category1',
  'zshop-browse-path',
  'zshop-storefront-feature',
  'asin1',
  'asin2',
  'asin3',
  'will-ship-internationally',
  'expedited-shipping',
  'zshop-boldface',
  'product-id',
  'bid-for-featured-placement',
  'add-delete',
  'pending-quantity',
  'fulfillment-channel',
  'optional-payment-type-exclusion',
  'merchant-shipping-group',
  'status',
  'Minimum order quantity',
  'Sell remainder',
] as const;

type ColumnName = (typeof COLUMNS)[number];

/** Countries whose files spell fulfillment with two l. */
const AMERICAN_SPELLING = new Set(['CA', 'US', 'MX', 'BR', 'SG', 'AU', 'JP']);

/** The first line of the listings report of a marketplace. */
export function listingsReportHeader(marketplace: SimulatedMarketplace): string {
  const names = AMERICAN_SPELLING.has(marketplace.country)
    ? COLUMNS
    : COLUMNS.map((name) => (name === 'fulfillment-channel' ? 'fulfilment-channel' : name));
  return `${names.join('\t')}\n`;
}

/** One line per SKU that has an offer on the marketplace, with the values that readers see at that instant. */
export function listingsReportLines(skus: readonly ListedSku[], marketplaceId: string, atMs: number): string {
  return skus
    .flatMap(({ listing, offers }) =>
      offers.filter((offer) => offer.marketplaceId === marketplaceId).map((offer) => line(listing, offer, atMs)),
    )
    .join('');
}

function line(listing: Listing, offer: Offer, atMs: number): string {
  const terms = effectiveTerms(offer, atMs);
  const quantity = effectiveQuantity(listing, atMs);
  const values: Partial<Record<ColumnName, string>> = {
    'item-name': offer.title,
    'item-description': offer.details.Description?.[0] ?? '',
    'listing-id': `SIM${listing.asin}`,
    'seller-sku': offer.sku,
    price: terms.price ?? '',
    quantity: quantity === null ? '' : String(quantity),
    'open-date': openDate(offer.createdAtMs),
    'item-is-marketplace': 'y',
    'product-id-type': '1',
    'item-condition': conditionNumber(listing.condition),
    asin1: listing.asin,
    'will-ship-internationally': '1',
    'product-id': listing.asin,
    'pending-quantity': quantity === null ? '' : '0',
    'fulfillment-channel': listing.channel,
    'merchant-shipping-group': offer.shippingGroup ?? 'Migrated Template',
    status: offerStatus(terms, quantity, atMs),
  };
  return `${COLUMNS.map((name) => cell(values[name] ?? '')).join('\t')}\n`;
}

/** Such files quote nothing: a tab or line end inside a text would make another column or row. */
function cell(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ');
}

/** Such files write "21/11/2026 14:05:09 UTC". */
function openDate(atMs: number): string {
  const [date = '', time = ''] = new Date(atMs).toISOString().split('T');
  return `${date.split('-').reverse().join('/')} ${time.slice(0, 8)} UTC`;
}
