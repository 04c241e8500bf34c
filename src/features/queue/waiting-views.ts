import type { Marketplace } from '../accounts/account.js';
import type { ProductNames } from '../offers/product-name-views.js';
import type { QueueRow } from './queue-row.js';
import type { QueueService } from './queue-service.js';

/** One row of the queue as lists show it. */
export interface WaitingView extends QueueRow {
  readonly country: string;
  /** Of the product; empty when the shop no longer has it. */
  readonly name: string;
}

export interface WaitingPage {
  readonly rows: readonly WaitingView[];
  /** Where the next page begins; null on the last one. */
  readonly nextAfterId: number | null;
}

/** Shows the queue page by page, in the order in which things were first marked. */
export class WaitingViews {
  readonly #queue: QueueService;
  readonly #names: ProductNames;

  constructor(queue: QueueService, names: ProductNames) {
    this.#queue = queue;
    this.#names = names;
  }

  async page(marketplaces: readonly Marketplace[], from: { afterId: number; limit: number }): Promise<WaitingPage> {
    const { afterId, limit } = from;
    const marketplaceIds = marketplaces.map((one) => one.id);
    const found = await this.#queue.list({ marketplaceIds, afterId, limit: limit + 1 });
    const rows = found.slice(0, limit);
    const nameOf = await this.#names.of(rows);
    const countries = new Map(marketplaces.map((one) => [one.id, one.country]));
    return {
      rows: rows.map((row) => ({ ...row, country: countries.get(row.marketplaceId) ?? '', name: nameOf(row) })),
      nextAfterId: found.length > limit ? (rows.at(-1)?.id ?? null) : null,
    };
  }
}
