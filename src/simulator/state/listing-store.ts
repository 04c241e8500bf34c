import type { Db } from '../../db/open-database.js';
import type { Listing, Offer } from './listing.js';
import { listingFromRow, offerFromRow } from './listing-rows.js';
import type { Row } from './row.js';

/** A SKU with all its offers. */
export interface ListedSku {
  readonly listing: Listing;
  readonly offers: readonly Offer[];
}

/** Reads what the seller has, in pages; writing goes through a `Shelf`. */
export class ListingStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** SKUs in byte order after `afterSku`, at most `limit`, each with its offers. */
  async page(sellerId: string, afterSku: string, limit: number): Promise<readonly ListedSku[]> {
    const listings: Row[] = await this.#db('sim_listing')
      .where({ seller_id: sellerId })
      .where('sku', '>', afterSku)
      .orderBy('sku')
      .limit(limit);
    const skus = listings.map((row) => String(row.sku));
    const offers: Row[] = await this.#db('sim_offer')
      .where({ seller_id: sellerId })
      .whereIn('sku', skus)
      .orderBy('sku');
    const bySku = new Map<string, Offer[]>(skus.map((sku) => [sku, []]));
    for (const offer of offers.map(offerFromRow)) bySku.get(offer.sku)?.push(offer);
    return listings.map(listingFromRow).map((listing) => ({ listing, offers: bySku.get(listing.sku) ?? [] }));
  }
}
