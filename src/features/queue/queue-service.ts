import { type Clock, systemClock } from '../../core/clock.js';
import { groupBy } from '../../core/group-by.js';
import type { Db } from '../../db/open-database.js';
import type { Part } from '../offers/offer-settings.js';
import { type ClaimFilter, ClaimStore, type MarkedProducts } from './claim-store.js';
import type { LatencyFigures } from './latency-figures.js';
import { LatencyStore } from './latency-store.js';
import {
  type ChangeSource,
  type PartMask,
  partMask,
  type QueueAction,
  type QueueRow,
  type QueueSubject,
} from './queue-row.js';
import { type Deletions, type ProductPage, type QueueCount, QueueStore } from './queue-store.js';

/** Products to look at again, on some marketplaces of their shop. */
export interface Mark {
  readonly shopId: number;
  readonly productIds: readonly number[];
  readonly marketplaceIds: readonly number[];
  readonly action: QueueAction;
  /** Only for `delete`: the SKU to take off Amazon. */
  readonly sku?: string;
  /** Left out = a deletion that was confirmed as an erasure is a plain one from now on. */
  readonly keepsErasures?: boolean;
  /** Who noticed the change, for its latency; left out = `other`. */
  readonly source?: ChangeSource;
  /** When the change was seen, or happened where that is known (epoch milliseconds); left out = now, and never later than that. */
  readonly seenAtMs?: number;
}

/** Products whose parts have settled, or of which nothing was sent. */
export interface EndedProducts {
  readonly shopId: number;
  readonly productIds: readonly number[];
  /** What was sent of them: a deletion of such a SKU is meant too, since it may name another product than the one remembered for it. */
  readonly skus?: readonly string[];
  /** What a row must have compared before it may go, by marketplace. */
  readonly neededParts: ReadonlyMap<number, PartMask>;
  /** The run that ends them, which may end only what it holds; null = a settlement, whoever holds them. */
  readonly runId: number | null;
}

/** What a run did with claimed rows. */
export interface RecordedPlan {
  /** The parts it compared. */
  readonly parts: Iterable<Part>;
  /** By product: how many (SKU, part) must still be sent when those in flight have settled. Missing = 0. */
  readonly waitingByProduct: ReadonlyMap<number, number>;
}

/** The queue of products to look at again: a mark made at any moment survives whatever runs at that moment. */
export class QueueService {
  readonly #db: Db;
  readonly #store: QueueStore;
  readonly #clock: Clock;

  constructor(db: Db, clock: Clock = systemClock) {
    this.#db = db;
    this.#store = new QueueStore(db);
    this.#clock = clock;
  }

  /** The same service inside a transaction. */
  on(transaction: Db): QueueService {
    return new QueueService(transaction, this.#clock);
  }

  /**
   * Marks products; what is marked already gets a higher revision, so that a run that works on it now cannot settle the new mark.
   *
   * @returns how many rows were written
   */
  async mark(mark: Mark, reason: string): Promise<number> {
    const { shopId, productIds, marketplaceIds, action, sku = '', keepsErasures = false, source = 'other' } = mark;
    const subjects = marketplaceIds.flatMap((marketplaceId) =>
      productIds.map((productId): QueueSubject => ({ shopId, productId, marketplaceId, action, sku })),
    );
    if (subjects.length === 0) return 0;
    await this.#write(async ({ marks }) => {
      const revision = await marks.nextRevision();
      const nowMs = this.#clock.nowMs();
      const seenAtMs = Math.min(mark.seenAtMs ?? nowMs, nowMs);
      await marks.mark(subjects, { revision, reason, nowMs, keepsErasures, source, seenAtMs });
    });
    return subjects.length;
  }

  /** Writes on deletions that a person confirmed their erasure: whichever run takes them off Amazon, until it has, or somebody takes it back. */
  askErasures(deletions: Deletions): Promise<void> {
    return this.#write(async ({ marks }) => marks.askErasures(deletions, await marks.nextRevision()));
  }

  /** Lets deletions bring their SKUs to 0 only. */
  takeBackErasures(deletions: Deletions): Promise<void> {
    return this.#write(({ marks }) => marks.takeBackErasures(deletions));
  }

  /**
   * Keeps other writers of the queue out until the caller's transaction ends.
   *
   * Call it before reading what is in flight: of two settlements at once the second then sees what the first one left.
   */
  takeTurn(): Promise<void> {
    return this.#store.takeTurn();
  }

  /** Claims rows for a run in one short transaction, with the revision that the claim saw. */
  claim(filter: Omit<ClaimFilter, 'nowMs'>): Promise<readonly QueueRow[]> {
    return this.#write(({ claims }) => claims.claim({ ...filter, nowMs: this.#clock.nowMs() }));
  }

  /**
   * Records what a run compared for claimed rows, and how many of their parts must still be sent later.
   *
   * Call it when everything of them that goes now has been handed over: from then on a settlement may let the rows go.
   *
   * @param rows as claimed, all by one run
   */
  recordPlan(rows: readonly QueueRow[], plan: RecordedPlan): Promise<void> {
    const comparedParts = partMask(plan.parts);
    const runId = rows[0]?.claimedRunId ?? null;
    if (runId === null) return Promise.resolve();
    const byWaiting = groupBy(rows, (row) => plan.waitingByProduct.get(row.productId) ?? 0);
    return this.#write(async ({ claims }) => {
      for (const [waitingParts, group] of byWaiting)
        await claims.recordPlan(
          group.map((row) => row.id),
          { runId, comparedParts, waitingParts },
        );
    });
  }

  /**
   * Ends claimed rows of products that have nothing in flight: those that are done go, the others wait again.
   *
   * A settlement leaves alone what a run works on at that moment: given back, a row would be claimed and rendered once more in the same
   * round. Such rows end with that run's own plan, and those of a run that died with `releaseStale`.
   *
   * @returns how many rows are done and gone
   */
  end(products: EndedProducts): Promise<number> {
    return this.#write(async ({ claims }) => {
      let done = 0;
      for (const [marketplaceId, neededParts] of products.neededParts) {
        const ids = await claims.claimedIds(marketplaceId, { ...products, recordedOnly: products.runId === null });
        done += await claims.finish(ids, { neededParts, nowMs: this.#clock.nowMs() });
      }
      return done;
    });
  }

  /** Of these products, those that somebody marked since a run claimed them, so that what it knows of them is old. */
  markedAnew(runId: number, marked: MarkedProducts): Promise<ReadonlySet<number>> {
    return new ClaimStore(this.#db).markedAnew(runId, marked);
  }

  /** Products of a shop of which a run holds rows, ascending. */
  heldProducts(runId: number, page: ProductPage): Promise<readonly number[]> {
    return new ClaimStore(this.#db).heldProducts(runId, page);
  }

  /**
   * Puts products off after a passing failure; their claimed rows wait until then.
   *
   * Also those that a run works on at that moment: it may have seen as on its way what has failed now, and would let the row go.
   */
  postpone(products: EndedProducts, notBeforeMs: number): Promise<void> {
    return this.#write(async ({ claims }) => {
      for (const marketplaceId of products.neededParts.keys()) {
        const ids = await claims.claimedIds(marketplaceId, { ...products, recordedOnly: false });
        await claims.postpone(ids, notBeforeMs);
      }
    });
  }

  /** Gives back what ended runs left claimed, unless their feeds are still in flight. */
  releaseStale(marketplaceIds: readonly number[], liveRunId: number): Promise<number> {
    return this.#write(({ claims }) => claims.releaseStale(marketplaceIds, liveRunId));
  }

  counts(marketplaceIds: readonly number[]): Promise<readonly QueueCount[]> {
    return this.#store.countByAction(marketplaceIds);
  }

  /** How long changes took that were done at or after an instant, by day and source. */
  latencies(sinceMs: number): Promise<readonly LatencyFigures[]> {
    return new LatencyStore(this.#db).figures(sinceMs);
  }

  /** Forgets how long changes took that were done before an instant. */
  forgetLatencies(beforeMs: number): Promise<void> {
    return new LatencyStore(this.#db).forget(beforeMs);
  }

  list(filter: { marketplaceIds: readonly number[]; afterId: number; limit: number }): Promise<readonly QueueRow[]> {
    return this.#store.list(filter);
  }

  /** All rows of the next products of a shop, ascending by product; a product's rows never lie on two pages. */
  rowsOfNextProducts(page: ProductPage): Promise<readonly QueueRow[]> {
    return this.#store.rowsOfNextProducts(page);
  }

  /** Deletes waiting rows; rows in flight stay, since their answer is still to come. */
  remove(ids: readonly number[]): Promise<number> {
    return this.#write(({ marks }) => marks.remove(ids));
  }

  /** Writers of the queue go one after the other; a transaction of the caller's keeps the others out until it ends. */
  #write<T>(work: (stores: { marks: QueueStore; claims: ClaimStore }) => Promise<T>): Promise<T> {
    const inside = async (transaction: Db) => {
      const marks = new QueueStore(transaction);
      await marks.takeTurn();
      return work({ marks, claims: new ClaimStore(transaction) });
    };
    return this.#db.isTransaction ? inside(this.#db) : this.#db.transaction(inside);
  }
}
