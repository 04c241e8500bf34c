import { formatMinor, multiplyPrice, parsePrice, roundToMinor } from '../core/money.js';
import type { Db } from '../db/open-database.js';
import { asinFor } from './catalogue/match-code.js';
import { gtin14OrEmpty } from './catalogue/product-code.js';
import { spread } from './random-source.js';
import { type Listing, NO_TERMS, type Offer } from './state/listing.js';
import { inSlices } from './state/row.js';
import { SellerStore, type SimulatedMarketplace } from './state/seller-store.js';
import { Shelf } from './state/shelf.js';

/** What the shop sells, as far as the first listings need it. */
export interface SeedItem {
  readonly sku: string;
  readonly code: string | null;
  readonly title: string;
  /** Decimal text; taken in the currency of every marketplace as it is. */
  readonly price: string;
  readonly quantity: number;
  readonly brand: string | null;
}

export interface Seed {
  readonly sellerId: string;
  readonly marketplaces: readonly SimulatedMarketplace[];
  readonly skus: readonly SeedItem[];
  /** Epoch milliseconds. */
  readonly nowMs: number;
}

/** SKUs that no shop of the account has, as every grown seller account holds some. */
const ORPHANS: readonly SeedItem[] = ['OLD-RANGE-1', 'OLD-RANGE-2', 'FORMER-SHOP-77'].map((sku, index) => ({
  sku,
  code: null,
  title: `Discontinued article ${index + 1}`,
  price: `${14 + index}.90`,
  quantity: 4 - index,
  brand: null,
}));

const LISTED_SHARE = 0.3;
const AMAZON_FULFILLED = 2;

/**
 * Gives a seller its first listings, once: 30 % of the shop's SKUs, some with old prices and settings made by hand, two fulfilled by
 * Amazon, and three SKUs that the shop lacks. Which ones depends on the SKU alone. Later calls only add marketplaces.
 *
 * @returns SKUs listed now; 0 when the seller had its first listings already
 */
export async function seedSimulator(db: Db, seed: Seed): Promise<number> {
  const sellers = new SellerStore(db);
  await sellers.register(seed.sellerId, seed.marketplaces, seed.nowMs);
  if (await sellers.isSeeded(seed.sellerId)) return 0;
  const items = chooseItems(seed.skus);
  const byAmazon = new Set(
    mostly(items, 'by amazon')
      .slice(0, AMAZON_FULFILLED)
      .map((item) => item.sku),
  );
  for (const slice of inSlices([...items, ...ORPHANS], 250))
    await db.transaction(async (trx) => {
      const shelf = await Shelf.load(trx, seed.sellerId, []);
      for (const item of slice) putOnShelf(shelf, item, { seed, byAmazon: byAmazon.has(item.sku) });
      await shelf.save(trx);
    });
  await sellers.markSeeded(seed.sellerId, seed.nowMs);
  return items.length + ORPHANS.length;
}

/** The listed share of the SKUs that Amazon would take; of two items with one SKU the first. */
function chooseItems(skus: readonly SeedItem[]): readonly SeedItem[] {
  const unique = new Map<string, SeedItem>();
  for (const item of skus) {
    const possible = item.sku !== '' && item.sku.length <= 40 && item.sku === item.sku.trim();
    if (possible && Number(item.price) > 0 && !unique.has(item.sku)) unique.set(item.sku, item);
  }
  return [...unique.values()].filter((item) => chance(item, 'listed') < LISTED_SHARE);
}

function putOnShelf(shelf: Shelf, item: SeedItem, how: { readonly seed: Seed; readonly byAmazon: boolean }): void {
  const { nowMs, marketplaces } = how.seed;
  shelf.putListing(seedListing(item, how.byAmazon, nowMs), null);
  marketplaces
    .filter(({ id }, index) => index === 0 || chance(item, `in ${id}`) < 0.6)
    .forEach(({ id }) => {
      shelf.putOffer(seedOffer(item, id, nowMs), null);
    });
}

function seedListing(item: SeedItem, byAmazon: boolean, nowMs: number): Listing {
  const code = gtin14OrEmpty(item.code);
  // A third has another stock than the shop: sold, counted again, or never sent.
  const stale = chance(item, 'stock') < 0.33;
  const quantity = Math.min(999, Math.max(0, stale ? Math.floor(item.quantity / 2) + 1 : item.quantity));
  return {
    sku: item.sku,
    asin: asinFor(code || `sku ${item.sku}`),
    code,
    condition: 'New',
    channel: byAmazon ? 'AMAZON_EU' : 'DEFAULT',
    quantity: byAmazon ? null : quantity,
    quantityBefore: null,
    quantityFromMs: nowMs,
    handlingDays: chance(item, 'handling') < 0.15 ? 2 + Math.floor(chance(item, 'days') * 4) : null,
    restockDate: null,
    createdAtMs: nowMs,
  };
}

function seedOffer(item: SeedItem, marketplaceId: string, nowMs: number): Offer {
  const old = chance(item, `old price ${marketplaceId}`) < 0.25;
  const price = times(item.price, old ? '0.93' : '1');
  return {
    sku: item.sku,
    marketplaceId,
    terms: { ...NO_TERMS, price, minPrice: chance(item, 'minimum') < 0.12 ? times(price, '0.6') : null },
    termsBefore: null,
    termsFromMs: nowMs,
    businessTerms: null,
    title: item.title,
    shippingGroup: chance(item, 'shipping') < 0.15 ? 'Bulky goods' : null,
    details: item.brand === null ? {} : { Brand: [item.brand] },
    images: {},
    desiredPrice: null,
    createdAtMs: nowMs,
  };
}

function times(price: string, factor: string): string {
  return formatMinor(roundToMinor(multiplyPrice(parsePrice(price), parsePrice(factor)), 2, 'half-up'), 2);
}

/** The items in an order that depends on the question. */
function mostly(items: readonly SeedItem[], question: string): readonly SeedItem[] {
  return [...items].sort((one, other) => chance(one, question) - chance(other, question));
}

function chance(item: SeedItem, question: string): number {
  return spread(`${question} ${item.sku}`);
}
