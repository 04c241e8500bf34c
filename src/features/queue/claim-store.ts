import type { Knex } from 'knex';
import { groupBy } from '../../core/group-by.js';
import type { Db } from '../../db/open-database.js';
import { strandedIds, withoutDeletionsInFlight } from './in-flight-views.js';
import { ENDED_BEHIND_A_MARK, LatencyStore } from './latency-store.js';
import type { PartMask, QueueRow } from './queue-row.js';
import type { ProductPage } from './queue-store.js';
import { type QueueTableRow, toQueueRow } from './queue-table-row.js';

/** Which rows a claim wants. */
export interface ClaimFilter {
  readonly runId: number;
  readonly marketplaceIds: readonly number[];
  /** Rows that runs since their mark have compared for all of these are passed over. */
  readonly parts: PartMask;
  readonly maxProducts: number;
  /** Only these products; null or left out = whatever waits. */
  readonly productIds?: readonly number[] | null;
  readonly nowMs: number;
}

/** What a run did with rows of products of which it left as much waiting. */
export interface NewPlan {
  readonly runId: number;
  readonly comparedParts: PartMask;
  readonly waitingParts: number;
}

/** Which claimed rows are meant. */
export interface ClaimedRows {
  readonly shopId: number;
  readonly productIds: readonly number[];
  /** Besides, every deletion of one of these SKUs, whichever product it names. */
  readonly skus?: readonly string[];
  /** Those of this run; null = whoever holds them. */
  readonly runId: number | null;
  /** Only those of which their run has recorded what it did with them since it claimed them. */
  readonly recordedOnly: boolean;
}

/** Products of which new marks are looked for. */
export interface MarkedProducts {
  readonly shopId: number;
  readonly productIds: readonly number[];
  /** A product that has waited for longer is not said to be marked anew once more. */
  readonly sinceMs: number;
}

interface WaitingProduct {
  readonly shop_id: number;
  readonly product_id: number;
  readonly marked_at_ms: number;
  readonly id: number;
}

/** The table `queue` as runs see it: which rows they hold, what they did with them, and how the rows end. */
export class ClaimStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * Claims all waiting rows of up to `maxProducts` products, those marked first first; all actions of a product go together.
   *
   * @returns the rows claimed now, with the revision that the claim saw
   */
  async claim(filter: ClaimFilter): Promise<readonly QueueRow[]> {
    const claimed: QueueRow[] = [];
    for (const [shopId, products] of groupBy(await this.#oldestProducts(filter), (one) => one.shop_id)) {
      const productIds = products.map((one) => one.product_id);
      for (let start = 0; start < productIds.length; start += 1_000) {
        const chunk = productIds.slice(start, start + 1_000);
        await this.#waiting(filter, filter.marketplaceIds)
          .where({ shop_id: shopId })
          .whereIn('product_id', chunk)
          .update({
            claimed_run_id: filter.runId,
            claimed_revision: this.#db.ref('revision'),
            claimed_at_ms: filter.nowMs,
            waiting_parts: 0,
            plan_recorded: 0,
          });
        claimed.push(...(await this.#heldBy(filter, shopId, chunk)));
      }
    }
    return claimed;
  }

  /** Marketplace by marketplace, so that each query walks its index from the oldest mark and stops early, however long the queue is. */
  async #oldestProducts(filter: ClaimFilter): Promise<readonly WaitingProduct[]> {
    const rows: WaitingProduct[] = [];
    for (const marketplaceId of filter.marketplaceIds) {
      rows.push(
        ...(await this.#waiting(filter, [marketplaceId])
          .whereNotExists(this.#sameProductHeldBy(filter))
          .orderBy(['marked_at_ms', 'id'])
          .limit(filter.maxProducts)
          .select('shop_id', 'product_id', 'marked_at_ms', 'id')),
      );
    }
    rows.sort((a, b) => a.marked_at_ms - b.marked_at_ms || a.id - b.id);
    const products = new Map(rows.map((row) => [`${row.shop_id}/${row.product_id}`, row]));
    return [...products.values()].slice(0, filter.maxProducts);
  }

  #waiting(filter: ClaimFilter, marketplaceIds: readonly number[]): Knex.QueryBuilder {
    const waiting = this.#db('queue')
      .whereIn('marketplace_id', marketplaceIds)
      .whereNull('claimed_run_id')
      .where('not_before_ms', '<=', filter.nowMs)
      .andWhereRaw('(compared_parts & ?) <> ?', [filter.parts, filter.parts]);
    return filter.productIds ? waiting.whereIn('product_id', filter.productIds) : waiting;
  }

  /** A new row of a product that this run works on already: its SKUs would stand in one document twice, in no certain order. */
  #sameProductHeldBy({ runId, marketplaceIds }: ClaimFilter): Knex.QueryBuilder {
    return (
      this.#db('queue as held')
        .where('held.claimed_run_id', runId)
        // Another account's documents are others.
        .whereIn('held.marketplace_id', [...marketplaceIds])
        .whereRaw('held.shop_id = queue.shop_id')
        .whereRaw('held.product_id = queue.product_id')
        .select(this.#db.raw('1'))
    );
  }

  async #heldBy(
    { runId, marketplaceIds }: ClaimFilter,
    shopId: number,
    productIds: readonly number[],
  ): Promise<readonly QueueRow[]> {
    const rows = await this.#db<QueueTableRow>('queue')
      .where({ claimed_run_id: runId, shop_id: shopId })
      .whereIn('marketplace_id', [...marketplaceIds])
      .whereIn('product_id', productIds)
      .orderBy(['product_id', 'id']);
    return rows.map(toQueueRow);
  }

  /**
   * Of these products, those that somebody marked since a run claimed them.
   *
   * Without those that a run has looked at before and that have waited since `sinceMs`: marked all the time, they would never be sent.
   */
  async markedAnew(runId: number, marked: MarkedProducts): Promise<ReadonlySet<number>> {
    const { shopId, productIds, sinceMs } = marked;
    const found = new Set<number>();
    for (let start = 0; start < productIds.length; start += 1_000) {
      const ids: number[] = await this.#db('queue')
        .where({ shop_id: shopId, claimed_run_id: runId })
        .whereIn('product_id', productIds.slice(start, start + 1_000))
        .whereRaw('revision <> claimed_revision')
        .andWhere((rows) => rows.whereNull('looked_run_id').orWhere('created_at_ms', '>', sinceMs))
        .pluck('product_id');
      for (const id of ids) found.add(id);
    }
    return found;
  }

  /** Records that a run looked at claimed rows, what it compared, and what it left waiting. */
  async recordPlan(ids: readonly number[], plan: NewPlan): Promise<void> {
    const { runId, comparedParts, waitingParts } = plan;
    // A row marked since the claim was compared for its old mark only.
    const ifUnmarked = (value: string, otherwise: string, given: number) =>
      this.#db.raw(`CASE WHEN revision = claimed_revision THEN ${value} ELSE ${otherwise} END`, [given]);
    for (let start = 0; start < ids.length; start += 1_000) {
      await this.#db('queue')
        .whereIn('id', ids.slice(start, start + 1_000))
        // Whoever took over a row looks at it by itself: what an overtaken run compared is not what that one sends.
        .where({ claimed_run_id: runId })
        .update({
          compared_parts: ifUnmarked('compared_parts | ?', 'compared_parts', comparedParts),
          // A product put off meanwhile keeps waiting for that.
          waiting_parts: ifUnmarked('waiting_parts + ?', 'waiting_parts', waitingParts),
          plan_recorded: 1,
          looked_run_id: runId,
          left_waiting: waitingParts,
        });
    }
  }

  /** Products of a shop of which a run holds rows, ascending, from the next one on. */
  async heldProducts(runId: number, page: ProductPage): Promise<readonly number[]> {
    return this.#db('queue')
      .where({ claimed_run_id: runId, shop_id: page.shopId })
      .where('product_id', '>', page.afterProductId)
      .whereIn('marketplace_id', [...page.marketplaceIds])
      .distinct('product_id')
      .orderBy('product_id')
      .limit(page.maxProducts)
      .pluck('product_id');
  }

  /**
   * Ends claimed rows that have nothing in flight: deletes those that are done, gives the others back.
   *
   * Done = nothing waits, every part in `neededParts` was compared, and nobody marked the row since the claim.
   *
   * @returns how many rows were deleted
   */
  async finish(ids: readonly number[], options: { neededParts: PartMask; nowMs: number }): Promise<number> {
    const latencies = new LatencyStore(this.#db);
    let deleted = 0;
    for (let start = 0; start < ids.length; start += 1_000) {
      const chunk = await withoutDeletionsInFlight(this.#db, ids.slice(start, start + 1_000));
      await latencies.record(chunk, options);
      deleted += await this.#db('queue')
        .whereIn('id', chunk)
        .where('waiting_parts', 0)
        .whereRaw('revision = claimed_revision')
        .andWhereRaw('(compared_parts & ?) = ?', [options.neededParts, options.neededParts])
        .delete();
      await this.#release(() => this.#db('queue').whereIn('id', chunk));
    }
    return deleted;
  }

  /** Gives rows back; what was compared counts no more where something waits or somebody marked the row meanwhile. */
  async #release(rows: () => Knex.QueryBuilder): Promise<number> {
    // A row whose change is done stands for the newer one from now on.
    const ifDone = (value: string, otherwise: string) =>
      this.#db.raw(`CASE WHEN waiting_parts = 0 AND ${ENDED_BEHIND_A_MARK} THEN ${value} ELSE ${otherwise} END`);
    await rows()
      .andWhereRaw('(waiting_parts > 0 OR revision <> claimed_revision)')
      .update({
        compared_parts: 0,
        source: ifDone('source_anew', 'source'),
        seen_at_ms: ifDone('seen_anew_at_ms', 'seen_at_ms'),
        first_marked_at_ms: ifDone('marked_at_ms', 'first_marked_at_ms'),
      });
    const anew = { seen_anew_at_ms: null, source_anew: null };
    return rows().update({ claimed_run_id: null, claimed_revision: null, claimed_at_ms: null, ...anew });
  }

  /** The ids of claimed rows of these products, and of deletions of these SKUs, on a marketplace. */
  async claimedIds(marketplaceId: number, claimed: ClaimedRows): Promise<readonly number[]> {
    const { shopId, productIds, skus = [] } = claimed;
    const ids = new Set<number>();
    for (let start = 0; start < productIds.length; start += 1_000) {
      const some: number[] = await this.#claimed(marketplaceId, claimed)
        .where({ shop_id: shopId })
        .whereIn('product_id', productIds.slice(start, start + 1_000))
        .pluck('id');
      for (const id of some) ids.add(id);
    }
    if (skus.length === 0) return [...ids];
    const named = new Set(skus);
    // Few, and found among what is claimed: no index by SKU is needed.
    const deletions: { id: number; sku: string }[] = await this.#claimed(marketplaceId, claimed)
      .where({ action: 'delete' })
      .select('id', 'sku');
    for (const { id, sku } of deletions) if (named.has(sku)) ids.add(id);
    return [...ids];
  }

  #claimed(marketplaceId: number, { runId, recordedOnly }: ClaimedRows): Knex.QueryBuilder {
    const rows = this.#db('queue').where({ marketplace_id: marketplaceId });
    if (runId === null) rows.whereNotNull('claimed_run_id');
    else rows.where({ claimed_run_id: runId });
    return recordedOnly ? rows.where({ plan_recorded: 1 }) : rows;
  }

  /** Gives back rows that a run other than `liveRunId` holds and of whose product nothing is in flight. */
  async releaseStale(marketplaceIds: readonly number[], liveRunId: number): Promise<number> {
    let released = 0;
    for (let afterId = 0; ; ) {
      const ids = await strandedIds(this.#db, { marketplaceIds, liveRunId, afterId, limit: 1_000 });
      const last = ids.at(-1);
      if (last === undefined) return released;
      const rows = () => this.#db('queue').whereIn('id', ids);
      await rows().update({ compared_parts: 0 });
      released += await this.#release(rows);
      afterId = last;
    }
  }

  /** Puts claimed rows off after a passing failure: they wait until `notBeforeMs` and count one try more. */
  async postpone(ids: readonly number[], notBeforeMs: number): Promise<void> {
    const values = {
      not_before_ms: notBeforeMs,
      tries: this.#db.raw('tries + 1'),
      waiting_parts: this.#db.raw('waiting_parts + 1'),
    };
    for (let start = 0; start < ids.length; start += 1_000) {
      await this.#db('queue')
        .whereIn('id', ids.slice(start, start + 1_000))
        // A row marked since the claim asks for something new, which need not wait for an old failure.
        .whereRaw('revision = claimed_revision')
        .update(values);
    }
  }
}
