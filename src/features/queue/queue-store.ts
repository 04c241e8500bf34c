import type { Knex } from 'knex';
import { dialectOf } from '../../db/dialect.js';
import type { Db } from '../../db/open-database.js';
import { takeTurn } from '../../db/take-turn.js';
import type { ChangeSource, QueueAction, QueueRow, QueueSubject } from './queue-row.js';
import { type QueueTableRow, toQueueRow } from './queue-table-row.js';

/** The turn of the queue's writers, whose counter is the queue's revision. */
const TURN = 'queue-revision';
const SUBJECT = ['marketplace_id', 'shop_id', 'product_id', 'action', 'sku'];
const RAISED = ['revision', 'not_before_ms', 'tries', 'compared_parts', 'reason', 'marked_at_ms'];

/** The table `queue` as people and programs see it: marks that wait; what runs do with them is in `claim-store.ts`. */
export class QueueStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Takes the queue's next revision, and with it the right to write the queue until the transaction ends. */
  async nextRevision(): Promise<number> {
    await takeTurn(this.#db, TURN, 1);
    const row = await this.#db('sequence').where({ name: TURN }).first('value');
    return Number(row.value);
  }

  /** Lets writers of the queue go one after the other until the transaction ends; call it before anything else is written to it. */
  takeTurn(): Promise<void> {
    return takeTurn(this.#db, TURN);
  }

  /**
   * Inserts marks, or raises those that are there; what was compared for an older revision no longer counts.
   *
   * A deletion that is marked anew is a plain one, whatever was confirmed of it before: whoever marks it means 0, and erasing what nobody
   * confirmed since cannot be undone. With `keepsErasures` it stays as it was: then nobody has said anything new of it.
   */
  async mark(subjects: readonly QueueSubject[], options: MarkValues): Promise<void> {
    const { revision, reason, nowMs, keepsErasures, source, seenAtMs } = options;
    const size = dialectOf(this.#db).rowsPerInsert;
    const raised = this.#raised(keepsErasures);
    for (let start = 0; start < subjects.length; start += size) {
      const rows = subjects.slice(start, start + size).map((subject) => ({
        shop_id: subject.shopId,
        product_id: subject.productId,
        marketplace_id: subject.marketplaceId,
        action: subject.action,
        sku: subject.sku,
        erase: 0,
        revision,
        not_before_ms: 0,
        tries: 0,
        compared_parts: 0,
        waiting_parts: 0,
        reason,
        created_at_ms: nowMs,
        marked_at_ms: nowMs,
        source,
        seen_at_ms: seenAtMs,
        first_marked_at_ms: nowMs,
      }));
      await this.#db('queue').insert(rows).onConflict(SUBJECT).merge(raised);
    }
  }

  /**
   * What a mark changes of a row that is there. A waiting row keeps whose change it was first, and when that was seen: it is not at Amazon
   * yet. What a run works on is on its way, and the new mark a change of its own.
   */
  #raised(keepsErasures: boolean): Record<string, Knex.Raw> {
    const { insertedSql } = dialectOf(this.#db);
    const columns = keepsErasures ? RAISED : [...RAISED, 'erase'];
    const anew = (column: string, inserted: string) =>
      this.#db.raw(`CASE WHEN claimed_run_id IS NULL THEN NULL ELSE COALESCE(${column}, ${insertedSql(inserted)}) END`);
    return {
      ...Object.fromEntries(columns.map((column) => [column, this.#db.raw(insertedSql(column))])),
      seen_anew_at_ms: anew('seen_anew_at_ms', 'seen_at_ms'),
      source_anew: anew('source_anew', 'source'),
    };
  }

  /** Makes deletions that are there erasures, raised as by a mark: a run that works on one knows nothing of it, and may not end its row. */
  async askErasures(deletions: Deletions, revision: number): Promise<void> {
    const asked = { erase: 1, revision, not_before_ms: 0, tries: 0, compared_parts: 0 };
    for (const some of this.#deletions(deletions)) await some.where({ erase: 0 }).update(asked);
  }

  /** Makes erasures plain deletions again. */
  async takeBackErasures(deletions: Deletions): Promise<void> {
    for (const some of this.#deletions(deletions)) await some.where({ erase: 1 }).update({ erase: 0 });
  }

  /** Rows of deletions, of up to 1,000 products at once. */
  *#deletions({ marketplaceIds, shopId, productIds, skus }: Deletions): Generator<Knex.QueryBuilder> {
    const rows = () => {
      const found = this.#db('queue').whereIn('marketplace_id', marketplaceIds).where({ action: 'delete' });
      if (shopId !== undefined) found.where({ shop_id: shopId });
      return skus === undefined ? found : found.whereIn('sku', skus);
    };
    if (productIds === undefined) yield rows();
    for (let start = 0; start < (productIds?.length ?? 0); start += 1_000)
      yield rows().whereIn('product_id', (productIds ?? []).slice(start, start + 1_000));
  }

  async countByAction(marketplaceIds: readonly number[]): Promise<readonly QueueCount[]> {
    const rows: Record<string, string | number>[] = await this.#db('queue')
      .whereIn('marketplace_id', marketplaceIds)
      .groupBy('marketplace_id', 'action')
      .select('marketplace_id', 'action')
      .count({ count: '*' })
      .min({ oldest: 'marked_at_ms' })
      .max({ newest: 'marked_at_ms' })
      .sum({ claimed: this.#db.raw('CASE WHEN claimed_run_id IS NULL THEN 0 ELSE 1 END') });
    return rows.map((row) => ({
      marketplaceId: Number(row.marketplace_id),
      action: row.action as QueueAction,
      count: Number(row.count),
      claimed: Number(row.claimed),
      oldestMs: Number(row.oldest),
      newestMs: Number(row.newest),
    }));
  }

  async list(filter: {
    marketplaceIds: readonly number[];
    afterId: number;
    limit: number;
  }): Promise<readonly QueueRow[]> {
    const rows = await this.#db<QueueTableRow>('queue')
      .whereIn('marketplace_id', filter.marketplaceIds)
      .where('id', '>', filter.afterId)
      .orderBy('id')
      .limit(filter.limit);
    return rows.map(toQueueRow);
  }

  /** All rows of the next products of a shop, ascending by product, with everything that their marks ask for. */
  async rowsOfNextProducts({
    shopId,
    marketplaceIds,
    afterProductId,
    maxProducts,
  }: ProductPage): Promise<readonly QueueRow[]> {
    const next = new Set<number>();
    // Marketplace by marketplace, so that each query walks the unique key and stops early, however long the queue is.
    for (const marketplaceId of marketplaceIds) {
      const ids: number[] = await this.#db('queue')
        .where({ marketplace_id: marketplaceId, shop_id: shopId })
        .where('product_id', '>', afterProductId)
        .distinct('product_id')
        .orderBy('product_id')
        .limit(maxProducts)
        .pluck('product_id');
      for (const id of ids) next.add(id);
    }
    const productIds = [...next].sort((a, b) => a - b).slice(0, maxProducts);
    const rows: QueueRow[] = [];
    for (let start = 0; start < productIds.length; start += 1_000) {
      const chunk = await this.#db<QueueTableRow>('queue')
        .where({ shop_id: shopId })
        .whereIn('marketplace_id', [...marketplaceIds])
        .whereIn('product_id', productIds.slice(start, start + 1_000))
        .orderBy(['product_id', 'id']);
      rows.push(...chunk.map(toQueueRow));
    }
    return rows;
  }

  /** Deletes rows that no run holds; rows in flight stay, since their answer is still to come. */
  async remove(ids: readonly number[]): Promise<number> {
    let removed = 0;
    for (let start = 0; start < ids.length; start += 1_000)
      removed += await this.#db('queue')
        .whereIn('id', ids.slice(start, start + 1_000))
        .whereNull('claimed_run_id')
        .delete();
    return removed;
  }
}

/** What a mark writes besides its subject. */
export interface MarkValues {
  readonly revision: number;
  readonly reason: string;
  readonly nowMs: number;
  readonly keepsErasures: boolean;
  readonly source: ChangeSource;
  readonly seenAtMs: number;
}

/** Which deletions are meant; what is left out does not narrow them. */
export interface Deletions {
  readonly marketplaceIds: readonly number[];
  readonly shopId?: number;
  readonly productIds?: readonly number[];
  /** At most 1,000. */
  readonly skus?: readonly string[];
}

/** Some products of a shop that have rows on at least one of these marketplaces. */
export interface ProductPage {
  readonly shopId: number;
  readonly marketplaceIds: readonly number[];
  /** Only products with a greater id: the next page. */
  readonly afterProductId: number;
  readonly maxProducts: number;
}

export interface QueueCount {
  readonly marketplaceId: number;
  readonly action: QueueAction;
  readonly count: number;
  /** Of these, held by a run or in flight. */
  readonly claimed: number;
  readonly oldestMs: number;
  readonly newestMs: number;
}
