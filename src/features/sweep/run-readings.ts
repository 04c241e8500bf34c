import type { Clock } from '../../core/clock.js';
import { once } from '../../core/once.js';
import type { HeldLock, LockStore } from '../../db/lock-store.js';
import type { Db } from '../../db/open-database.js';
import type { CatalogueBatch, Shop } from '../../shop/catalogue.js';
import type { ShopFrame } from '../export/plan/account-frame.js';
import type { ProductOptionService } from '../offers/product-option-service.js';
import type { QueueService } from '../queue/queue-service.js';
import { fingerprintsOf } from './fingerprint.js';
import { LastSeenStore, NOT_COMPARABLE, type Seen } from './last-seen-store.js';
import { prepareBatch } from './prepare-batch.js';

/** A batch of one shop's products that a send run is about to judge. */
export interface RunReading {
  /** As a sweep would have read it. */
  readonly batch: CatalogueBatch;
  /** The frame of a sweep, with the settings that the run works by. */
  readonly frame: ShopFrame;
  /** Whether the run handles every marketplace and part in that frame. */
  readonly isCovered: boolean;
  readonly lock: HeldLock;
}

export interface RunReadingsDependencies {
  readonly db: Db;
  readonly clock: Clock;
  readonly shop: Shop;
  readonly options: ProductOptionService;
  readonly locks: LockStore;
  readonly queue: QueueService;
}

/**
 * Tells the sweep what a send run read, which may be something else than the last sweep saw.
 *
 * A run may send a value that came and went between two sweeps. Compared with what the last sweep saw, nothing has changed then, and Amazon
 * would keep that value for ever. So the next sweep is compared with what the run read (docs/decisions/0006).
 */
export class RunReadings {
  readonly #on: RunReadingsDependencies;
  readonly #seen: LastSeenStore;

  constructor(dependencies: RunReadingsDependencies) {
    this.#on = dependencies;
    this.#seen = new LastSeenStore(dependencies.db);
  }

  /**
   * Writes down what differs from what was seen last; call it before the batch is judged, so before any of its queue rows may end.
   *
   * A fixed number of statements for each batch, and only reading ones where nothing differs: so a second sweep after a calm run marks nothing.
   *
   * @throws LockLost when another process sends by now: what this run read is older than what that one did
   */
  async record({ batch, frame, isCovered, lock }: RunReading): Promise<void> {
    const { db, clock, locks } = this.#on;
    const of = { accountId: frame.account.id, shopId: frame.context.shopId };
    const read = fingerprintsOf(batch.productIds, await prepareBatch(batch, frame, this.#on));
    const known = await this.#seen.fingerprints(of, batch.productIds);
    const sold = new Set(batch.items.map((item) => item.productId));
    const changed = new Map<number, Seen>();
    const digests = once(() => batch.stockDigests());
    for (const [productId, fingerprint] of read) {
      const last = known.get(productId);
      // A product that no sweep has seen is marked by the first one that does. One that is gone must not come back as seen: it would be
      // found gone again, by every second sweep.
      if (last === undefined && !(isCovered && sold.has(productId))) continue;
      if (last === fingerprint || (!isCovered && last === NOT_COMPARABLE.fingerprint)) continue;
      // What a narrower run left out was compared with nothing: only another look at the whole product tells.
      changed.set(productId, isCovered ? { fingerprint, stockDigest: digests().get(productId) ?? '' } : NOT_COMPARABLE);
    }
    if (changed.size === 0) return;
    await db.transaction(async (transaction) => {
      await this.#on.queue.on(transaction).takeTurn();
      await locks.confirm(lock, transaction);
      await this.#seen.on(transaction).writeRead(of, changed, clock.nowMs());
    });
  }
}
