import { readEnvelope } from '../../../feeds/xml/read-envelope.js';
import { defineError } from '../../core/errors.js';
import type { Db } from '../../db/open-database.js';
import type { AccountService } from '../accounts/account-service.js';
import type { ListingService } from '../listings/listing-service.js';
import type { ChangeMarks } from '../queue/change-marks.js';
import type { Audit } from '../users/audit.js';
import type { Archive } from './archive.js';
import type { Feed } from './feed.js';
import type { FeedService } from './feed-service.js';
import { keptDocument } from './kept-files.js';

export const NothingRejected = defineError<{ feedId: number }>(
  'NOTHING_REJECTED',
  409,
  ({ feedId }) =>
    `Expected rejected SKUs of products in feed ${feedId}, there are none. What Amazon has not answered yet is sent again by itself.`,
);

export interface RequeueParts {
  readonly db: Db;
  readonly feeds: FeedService;
  readonly listings: ListingService;
  readonly accounts: AccountService;
  readonly marks: ChangeMarks;
  readonly archive: Archive;
  readonly audit: Audit;
}

const ISSUES_PER_PAGE = 2_000;

/** Marks the products of SKUs that Amazon rejected, so that they are looked at and sent again. */
export class FeedRequeue {
  readonly #on: RequeueParts;

  constructor(parts: RequeueParts) {
    this.#on = parts;
  }

  /**
   * @param code only those with this error; null = all
   * @returns how many products were marked
   * @throws NothingRejected
   */
  async requeue(feed: Feed, code: string | null, actor: string): Promise<number> {
    const skus = await this.#rejectedSkus(feed, code);
    const byShop = await this.#productsOf(feed, skus);
    const products = [...byShop.values()].reduce((sum, ids) => sum + ids.size, 0);
    if (products === 0) throw new NothingRejected({ feedId: feed.id });
    await this.#on.db.transaction(async (transaction) => {
      const marks = this.#on.marks.on(transaction);
      const marketplaceIds = [feed.marketplaceId];
      // Intent to create is remembered on the listing, so an update tries what was to be created as creation again.
      for (const [shopId, productIds] of byShop)
        await marks.mark({ shopId, productIds: [...productIds], marketplaceIds, action: 'update' }, 'requeue');
      const details = { code, products };
      await this.#on.audit.record({ actor, action: 'feed-requeue', subject: `feed ${feed.id}`, details }, transaction);
    });
    return products;
  }

  async #rejectedSkus(feed: Feed, code: string | null): Promise<readonly string[]> {
    const skus = new Set<string>();
    const nameless = new Set<number>();
    for (let afterId = 0; ; ) {
      const issues = await this.#on.feeds.issues(feed.id, { afterId, limit: ISSUES_PER_PAGE });
      for (const issue of issues) {
        if (issue.severity !== 'error' || (code !== null && issue.code !== code)) continue;
        if (issue.sku !== null) skus.add(issue.sku);
        else if (issue.messageId > 0) nameless.add(issue.messageId);
      }
      const last = issues.at(-1);
      if (last === undefined) break;
      afterId = last.id;
    }
    if (nameless.size > 0)
      for await (const { messageId, sku } of readEnvelope(await this.#on.archive.open(keptDocument(feed))))
        if (sku !== null && nameless.has(messageId)) skus.add(sku);
    return [...skus];
  }

  /** By the shop from which the feed's marketplace sells: the listing may remember another one of the account, which carried it last. */
  async #productsOf(feed: Feed, skus: readonly string[]): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
    const { accounts, listings } = this.#on;
    const marketplace = (await accounts.marketplaces(feed.accountId)).find((one) => one.id === feed.marketplaceId);
    const byShop = new Map<number, Set<number>>();
    for (const listing of await listings.ofSkus(feed.accountId, skus)) {
      const shopId = marketplace?.shopId ?? listing.shopId;
      if (listing.productId > 0) byShop.set(shopId, (byShop.get(shopId) ?? new Set()).add(listing.productId));
    }
    return byShop;
  }
}
