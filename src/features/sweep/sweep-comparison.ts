import type { Clock } from '../../core/clock.js';
import type { Db } from '../../db/open-database.js';
import type { QueueService } from '../queue/queue-service.js';
import { compareSeen, type Differences, type Found, seenOf, withOtherStock } from './compare-seen.js';
import { type LastSeen, LastSeenStore } from './last-seen-store.js';
import type { SweptFrame } from './swept-shops.js';

export interface SweepResult {
  /** Looked at. */
  readonly products: number;
  /** New or changed. */
  readonly marked: number;
  readonly gone: number;
}

/** What a sweep has read and compares. */
export interface Compared {
  readonly found: Found;
  /** When the shop was looked at, epoch milliseconds. */
  readonly seenAtMs: number;
  /** Whether products whose stock rows changed without a change of their offers are written down too. */
  readonly keepsStock: boolean;
  /** What was seen last of the same products: every one of that stretch or list. */
  known(seen: LastSeenStore): Promise<readonly LastSeen[]>;
}

/** Compares what any sweep reads with what was seen last: marks and memory change in one transaction. */
export class SweepComparison {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #queue: QueueService;

  constructor({ db, clock, queue }: { readonly db: Db; readonly clock: Clock; readonly queue: QueueService }) {
    this.#db = db;
    this.#clock = clock;
    this.#queue = queue;
  }

  /**
   * Marks what differs.
   *
   * Looked at without locks first, since mostly nothing does. What is written is compared once more under the turn of the queue's writers, as every
   * write to the memory is made: a run or another sweep may have written meanwhile. Whoever writes the older reading marks with it, so that
   * the next run reads the product anew; and as that reading's own stock digest goes with it, the next stock sweep looks again.
   */
  async compare(swept: SweptFrame, compared: Compared): Promise<SweepResult> {
    const { found } = compared;
    const nothing = { products: found.fingerprints.size, marked: 0, gone: 0 };
    if (!(await this.#differs(new LastSeenStore(this.#db), compared))) return nothing;
    return this.#db.transaction(async (transaction) => {
      const queue = this.#queue.on(transaction);
      await queue.takeTurn();
      const seen = new LastSeenStore(transaction);
      const nowMs = this.#clock.nowMs();
      const known = await compared.known(seen);
      const differences = compareSeen(known, found, nowMs);
      const { changed, gone, missed, same } = differences;
      await seen.write(swept, seenOf(changed, found), nowMs);
      if (compared.keepsStock) {
        const others = withOtherStock(same, known, found.stockDigests());
        await seen.writeStock(swept, seenOf(others, found), nowMs);
      }
      await seen.setMissed(swept, missed, nowMs);
      await seen.remove(swept, gone);
      await queue.mark(markOf(swept, { ...differences, seenAtMs: compared.seenAtMs }), 'sweep');
      return { ...nothing, marked: changed.length, gone: gone.length };
    });
  }

  async #differs(seen: LastSeenStore, { found, keepsStock, known }: Compared): Promise<boolean> {
    const rows = await known(seen);
    const { changed, gone, missed, same } = compareSeen(rows, found, this.#clock.nowMs());
    if (changed.length + gone.length + missed.length > 0) return true;
    return keepsStock && withOtherStock(same, rows, found.stockDigests()).length > 0;
  }
}

function markOf(
  { shopId, frame }: SweptFrame,
  { changed, gone, seenAtMs }: Differences & { readonly seenAtMs: number },
) {
  const marketplaceIds = frame.marketplaces.map((one) => one.marketplace.id);
  const productIds = [...changed, ...gone];
  return { shopId, productIds, marketplaceIds, action: 'update', source: 'sweep', seenAtMs } as const;
}
