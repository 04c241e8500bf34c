import type { Db } from '../../db/open-database.js';
import type { Part } from '../offers/offer-settings.js';
import type { SuspectPart } from './listing.js';

interface SuspectRow {
  readonly product_id: number;
  readonly marketplace_id: number;
  readonly part: Part;
  readonly suspect_group: number;
}

/** A group of suspected parts, and the feed by whose FATAL it came into being. */
export interface SuspectGroup {
  readonly group: number;
  readonly feedId: number;
}

/** A listing of such a group. */
export interface SuspectListing {
  readonly poolListingId: number;
  readonly sku: string;
}

/** The table `part`: what goes again only with its group, since a feed with it ended FATAL and nothing says why. */
export class SuspectStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Of these products, each part that goes with its group only. */
  async ofProducts(
    of: { accountId: number; shopIds: readonly number[] },
    productIds: readonly number[],
  ): Promise<readonly SuspectPart[]> {
    const found: SuspectPart[] = [];
    for (let start = 0; start < productIds.length; start += 1_000) {
      const rows: SuspectRow[] = await this.#db('pool_listing')
        .join('part', 'part.pool_listing_id', 'pool_listing.id')
        .where({ account_id: of.accountId })
        .whereIn('shop_id', of.shopIds)
        .whereIn('product_id', productIds.slice(start, start + 1_000))
        .whereNotNull('suspect_group')
        .select('product_id', 'marketplace_id', 'part', 'suspect_group');
      for (const row of rows)
        found.push({
          productId: row.product_id,
          marketplaceId: row.marketplace_id,
          part: row.part,
          group: row.suspect_group,
        });
    }
    return found;
  }

  /** What of a group still waits for its turn, by SKU. */
  async waiting({ group, feedId }: SuspectGroup): Promise<readonly SuspectListing[]> {
    const rows: { id: number; sku: string }[] = await this.#db('part')
      .join('pool_listing', 'pool_listing.id', 'part.pool_listing_id')
      .where({ submitted_feed_id: feedId, suspect_group: group, state: 'unknown' })
      .orderBy('sku')
      .distinct('pool_listing.id', 'sku');
    return rows.map(({ id, sku }) => ({ poolListingId: id, sku }));
  }

  /** Moves some of what waits in a group to another one. */
  async regroup({ group, feedId }: SuspectGroup, poolListingIds: readonly number[], to: number): Promise<void> {
    for (let start = 0; start < poolListingIds.length; start += 1_000)
      await this.#db('part')
        .where({ submitted_feed_id: feedId, suspect_group: group, state: 'unknown' })
        .whereIn('pool_listing_id', poolListingIds.slice(start, start + 1_000))
        .update({ suspect_group: to });
  }
}
