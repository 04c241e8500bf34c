import type { Db } from '../../db/open-database.js';
import type { AccountService } from '../accounts/account-service.js';
import type { OptionSubject } from '../offers/product-option.js';
import type { ChangeSource, QueueAction } from './queue-row.js';
import type { QueueService } from './queue-service.js';

/** Products that a person or program wants looked at again. */
export interface MarkRequest {
  readonly shopId: number;
  readonly productIds: readonly number[];
  readonly action: QueueAction;
  /** Only for `delete`. */
  readonly sku?: string;
  /** Left out = every active marketplace that sells this shop. */
  readonly marketplaceIds?: readonly number[];
  /** Who noticed the change and when it was seen, as in `Mark`. */
  readonly source?: ChangeSource;
  readonly seenAtMs?: number;
}

/** Turns changes and wishes into marks on the marketplaces that they concern. */
export class ChangeMarks {
  readonly #accounts: AccountService;
  readonly #queue: QueueService;

  constructor(accounts: AccountService, queue: QueueService) {
    this.#accounts = accounts;
    this.#queue = queue;
  }

  /** The same inside a transaction. */
  on(transaction: Db): ChangeMarks {
    return new ChangeMarks(this.#accounts.on(transaction), this.#queue.on(transaction));
  }

  /**
   * Marks products as asked.
   *
   * @returns how many rows were written or raised
   */
  async mark(request: MarkRequest, reason: string): Promise<number> {
    const marketplaceIds = request.marketplaceIds ?? (await this.#sellersOf(request.shopId));
    return this.#queue.mark({ ...request, marketplaceIds }, reason);
  }

  /** Marks the product whose option changed, in the transaction of the change. */
  async optionChanged({ shopId, productId, marketplaceId }: OptionSubject, transaction: Db): Promise<void> {
    const sellers = await this.#sellersOf(shopId, transaction);
    const marketplaceIds = marketplaceId === 0 ? sellers : sellers.filter((id) => id === marketplaceId);
    await this.#queue
      .on(transaction)
      .mark({ shopId, productIds: [productId], marketplaceIds, action: 'update' }, 'option');
  }

  async #sellersOf(shopId: number, transaction?: Db): Promise<readonly number[]> {
    const accounts = transaction ? this.#accounts.on(transaction) : this.#accounts;
    const marketplaces = await accounts.marketplaces();
    return marketplaces.filter((one) => one.active && one.shopId === shopId).map((one) => one.id);
  }
}
