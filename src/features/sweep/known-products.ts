import type { Db } from '../../db/open-database.js';
import type { ListingService } from '../listings/listing-service.js';
import { LastSeenStore, type SweptShop } from './last-seen-store.js';

const PRODUCTS_PER_PAGE = 1_000;

/**
 * The products of an account that the bridge knows: what a sweep has seen, and what only a listing still remembers.
 *
 * The shop itself is not asked. A product that neither knows is marked by the first sweep that sees it.
 */
export class KnownProducts {
  readonly #seen: LastSeenStore;
  readonly #listings: ListingService;

  constructor(db: Db, listings: ListingService) {
    this.#seen = new LastSeenStore(db);
    this.#listings = listings;
  }

  /** The same inside a transaction. */
  on(transaction: Db): KnownProducts {
    return new KnownProducts(transaction, this.#listings.on(transaction));
  }

  /** Each product once, in pages of at most 2,000; a fixed number of queries for each page, without locks. */
  async *pages(of: SweptShop): AsyncGenerator<readonly number[]> {
    for (let afterProductId = 0; ; ) {
      const page = await this.#seen.changedSince(of, 0, { afterProductId, limit: PRODUCTS_PER_PAGE });
      const last = page.at(-1);
      if (last === undefined) break;
      yield page;
      afterProductId = last;
    }
    for await (const listed of this.#listings.productIds(of.accountId, of.shopId)) {
      const seen = new Set(await this.#seen.among(of, listed));
      const unseen = listed.filter((id) => !seen.has(id));
      if (unseen.length > 0) yield unseen;
    }
  }
}
