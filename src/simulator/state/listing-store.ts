import type { Db } from '../../db/open-database.js';
import type { Listing, Offer } from './listing.js';
import { listingFromRow, logEntryFromRow, offerFromRow } from './listing-rows.js';
import type { LogEntry } from './log-entry.js';
import type { Row } from './row.js';

/** A SKU with all its offers. */
export interface ListedSku {
  readonly listing: Listing;
  readonly offers: readonly Offer[];
}

export interface LogFilter {
  readonly sku?: string | undefined;
  /** Row number of the feed. */
  readonly feedId?: number | undefined;
  /** Only entries with larger numbers. */
  readonly afterId: number;
  readonly limit: number;
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

  async log(sellerId: string, filter: LogFilter): Promise<readonly (LogEntry & { readonly id: number })[]> {
    const rows: Row[] = await this.#db('sim_log')
      .where({ seller_id: sellerId })
      .where('id', '>', filter.afterId)
      .modify((query) => {
        if (filter.sku !== undefined) query.where({ sku: filter.sku });
        if (filter.feedId !== undefined) query.where({ feed_id: filter.feedId });
      })
      .orderBy('id')
      .limit(filter.limit);
    return rows.map((row) => ({ id: Number(row.id), ...logEntryFromRow(row) }));
  }

  /** Says which price a shop wants now; writes at another price are then logged as undesired. False for an unknown offer. */
  async setDesiredPrice(
    sellerId: string,
    offer: { readonly sku: string; readonly marketplaceId: string; readonly price: string | null },
  ): Promise<boolean> {
    const changed = await this.#db('sim_offer')
      .where({ seller_id: sellerId, sku: offer.sku, marketplace_id: offer.marketplaceId })
      .update({ desired_price: offer.price });
    return changed > 0;
  }
}
