import { groupBy } from '../../core/group-by.js';
import { dialectOf } from '../../db/dialect.js';
import type { Db } from '../../db/open-database.js';
import type { Part } from '../offers/offer-settings.js';
import { type CarriedPart, type PartOutcome, POOL } from './listing.js';

/** One value of one part, about to be handed to Amazon. */
export interface PartSubmission {
  readonly poolListingId: number;
  /** 0 for parts of the pool. */
  readonly marketplaceId: number;
  readonly part: Part;
  readonly value: string;
  /** The newest queue revision that asked for it. */
  readonly revision: number;
}

/** A product and what of it has not reached Amazon. */
export interface OwedPart {
  readonly productId: number;
  readonly part: Part;
}

const KEY = ['pool_listing_id', 'marketplace_id', 'part'];

interface TriedPart {
  readonly pool_listing_id: number;
  readonly marketplace_id: number;
  readonly part: Part;
  readonly submitted_value: string | null;
}

/** The table `part`: the newest value of each part that was handed to Amazon, and what came of it. */
export class PartStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Marks values as handed over by a feed; call it in the transaction that writes the feed's intent. */
  async submit(submissions: readonly PartSubmission[], by: { feedId: number; atMs: number }): Promise<void> {
    await this.#startAnew(submissions);
    await this.#upsert(
      submissions.map((one) => ({
        pool_listing_id: one.poolListingId,
        marketplace_id: one.marketplaceId,
        part: one.part,
        state: 'open',
        desired_value: one.value,
        submitted_value: one.value,
        submitted_feed_id: by.feedId,
        submitted_revision: one.revision,
        submitted_at_ms: by.atMs,
        tries: 0,
      })),
      ['state', 'desired_value', 'submitted_value', 'submitted_feed_id', 'submitted_revision', 'submitted_at_ms'],
    );
  }

  /** Another value than the last one has not failed yet. */
  async #startAnew(submissions: readonly PartSubmission[]): Promise<void> {
    const values = new Map(submissions.map((one) => [keyOf(one), one.value]));
    const ids = [...new Set(submissions.map((one) => one.poolListingId))];
    for (let start = 0; start < ids.length; start += 1_000) {
      const failed: TriedPart[] = await this.#db('part')
        .whereIn('pool_listing_id', ids.slice(start, start + 1_000))
        .where('tries', '>', 0)
        .select('pool_listing_id', 'marketplace_id', 'part', 'submitted_value');
      for (const { pool_listing_id, marketplace_id, part, submitted_value } of failed) {
        const key = { pool_listing_id, marketplace_id, part };
        const value = values.get(keyOf({ poolListingId: pool_listing_id, marketplaceId: marketplace_id, part }));
        if (value !== undefined && value !== submitted_value) await this.#db('part').where(key).update({ tries: 0 });
      }
    }
  }

  /** Notes values that should be at Amazon but must wait: they show as desired, nothing is handed over. */
  async desire(submissions: readonly PartSubmission[]): Promise<void> {
    await this.#upsert(
      submissions.map((one) => ({
        pool_listing_id: one.poolListingId,
        marketplace_id: one.marketplaceId,
        part: one.part,
        state: 'none',
        desired_value: one.value,
        tries: 0,
      })),
      ['desired_value'],
    );
  }

  /** Everything that a feed carries and that has not settled, by listing. */
  async carriedBy(feedId: number): Promise<readonly CarriedPart[]> {
    const rows: Record<string, string | number>[] = await this.#db('part')
      .join('pool_listing', 'pool_listing.id', 'part.pool_listing_id')
      .where({ submitted_feed_id: feedId, state: 'open' })
      .orderBy(['pool_listing_id', 'part'])
      .select('pool_listing_id', 'marketplace_id', 'part', 'sku', 'shop_id', 'product_id', 'submitted_value', 'tries');
    return rows.map((row) => ({
      poolListingId: Number(row.pool_listing_id),
      marketplaceId: Number(row.marketplace_id),
      part: row.part as Part,
      sku: String(row.sku),
      shopId: Number(row.shop_id),
      productId: Number(row.product_id),
      value: String(row.submitted_value),
      tries: Number(row.tries),
    }));
  }

  /** Writes down which of a feed's parts were refused or remain unknown, and which of them go again with a group only. */
  async settleOutcomes(outcomes: readonly PartOutcome[], feedId: number): Promise<void> {
    for (const group of groupBy(outcomes, fateOf).values()) {
      const [first] = group;
      if (first === undefined) continue;
      const { state, part, suspectGroup = null } = first;
      // Rejected without Amazon's word: what was accepted before is not known to hold any more.
      const forgotten = first.isGivenUp ? { accepted_value: null, accepted_at_ms: null } : {};
      const tries = state === 'rejected' ? 0 : this.#db.raw(first.isNoTry ? 'tries' : 'tries + 1');
      const ids = group.map((one) => one.poolListingId);
      for (let start = 0; start < ids.length; start += 1_000) {
        await this.#db('part')
          .where({ submitted_feed_id: feedId, state: 'open', part })
          .whereIn('pool_listing_id', ids.slice(start, start + 1_000))
          .update({ state, tries, suspect_group: suspectGroup, ...forgotten });
      }
    }
  }

  /** Everything that a feed still has open is accepted. */
  async acceptRest(feedId: number, atMs: number): Promise<void> {
    await this.#db('part')
      .where({ submitted_feed_id: feedId, state: 'open' })
      .update({
        ...{ state: 'accepted', accepted_value: this.#db.ref('submitted_value'), accepted_at_ms: atMs },
        ...{ tries: 0, suspect_group: null },
      });
  }

  /** Everything that a feed still has open is unknown; Amazon is not to blame for it, so it counts as no failure of the value. */
  async loseOpen(feedId: number): Promise<void> {
    await this.#db('part').where({ submitted_feed_id: feedId, state: 'open' }).update({ state: 'unknown' });
  }

  /**
   * Forgets what Amazon had accepted and shown of listings that are there no more: one made anew starts from nothing.
   *
   * @param marketplaceId whose parts are meant; of the pool only those are forgotten that are on no marketplace any more
   */
  async forget(poolListingIds: readonly number[], marketplaceId: number): Promise<void> {
    const gone = { accepted_value: null, accepted_at_ms: null, effective_value: null, effective_at_ms: null };
    // What was settled starts from nothing; what is refused or on its way stays what it is.
    const state = this.#db.raw("CASE WHEN state = 'accepted' THEN 'none' ELSE state END");
    for (let start = 0; start < poolListingIds.length; start += 1_000) {
      await this.#db('part')
        .whereIn('pool_listing_id', poolListingIds.slice(start, start + 1_000))
        .where({ marketplace_id: marketplaceId })
        .modify((query) => (marketplaceId === POOL ? query.whereNotExists(this.#listedAnywhere()) : query))
        .update({ ...gone, state });
    }
  }

  /**
   * Lets refusals lapse that are older than the offer: Amazon refused those values because it did not know the SKU, or may have.
   *
   * @returns the listings of which a refusal lapsed
   */
  async forgetRefusals(poolListingIds: readonly number[], marketplaceId: number): Promise<readonly number[]> {
    const lapsed = new Set<number>();
    for (let start = 0; start < poolListingIds.length; start += 1_000) {
      const refused = () =>
        this.#db('part')
          .whereIn('pool_listing_id', poolListingIds.slice(start, start + 1_000))
          .whereIn('marketplace_id', [marketplaceId, POOL])
          .where({ state: 'rejected' })
          .whereNot({ part: 'offer' });
      for (const id of await refused().distinct().pluck('pool_listing_id')) lapsed.add(id);
      await refused().update({ state: 'none' });
    }
    return [...lapsed];
  }

  #listedAnywhere() {
    return this.#db('listing')
      .select(this.#db.raw('1'))
      .whereRaw('listing.pool_listing_id = part.pool_listing_id')
      .where({ at_amazon: 1 });
  }

  /** Of these products, each that has a part of these kinds which was asked for and has not reached Amazon: it waits, or its fate is unknown. */
  async owed(
    of: { accountId: number; shopIds: readonly number[]; parts: readonly Part[] },
    productIds: readonly number[],
  ): Promise<readonly OwedPart[]> {
    const owed: OwedPart[] = [];
    for (let start = 0; start < productIds.length; start += 1_000) {
      const rows: { product_id: number; part: Part }[] = await this.#db('pool_listing')
        .join('part', 'part.pool_listing_id', 'pool_listing.id')
        .where({ account_id: of.accountId })
        .whereIn('shop_id', of.shopIds)
        .whereIn('product_id', productIds.slice(start, start + 1_000))
        .whereIn('part', of.parts)
        .andWhere((wanted) =>
          wanted
            .where({ state: 'unknown' })
            .orWhereRaw('desired_value IS NOT NULL AND (submitted_value IS NULL OR desired_value <> submitted_value)'),
        )
        .distinct('product_id', 'part');
      owed.push(...rows.map((row) => ({ productId: row.product_id, part: row.part })));
    }
    return owed;
  }

  /** Tells which of these products still have something in flight for an account. */
  async productsInFlight(
    accountId: number,
    shopIds: readonly number[],
    productIds: readonly number[],
  ): Promise<ReadonlySet<number>> {
    const found = new Set<number>();
    for (let start = 0; start < productIds.length; start += 1_000) {
      const ids: number[] = await this.#db('pool_listing')
        .join('part', 'part.pool_listing_id', 'pool_listing.id')
        .where({ account_id: accountId, state: 'open' })
        .whereIn('shop_id', shopIds)
        .whereIn('product_id', productIds.slice(start, start + 1_000))
        .distinct()
        .pluck('product_id');
      for (const productId of ids) found.add(productId);
    }
    return found;
  }

  async #upsert(rows: readonly Record<string, string | number>[], merged: readonly string[]): Promise<void> {
    const size = dialectOf(this.#db).rowsPerInsert;
    for (let start = 0; start < rows.length; start += size)
      await this.#db('part')
        .insert(rows.slice(start, start + size))
        .onConflict(KEY)
        .merge([...merged]);
  }
}

/** What outcomes have in common that one statement writes down. */
function fateOf({ part, state, isGivenUp = false, isNoTry = false, suspectGroup = 0 }: PartOutcome): string {
  return `${part}/${state}/${isGivenUp}/${isNoTry}/${suspectGroup}`;
}

function keyOf({
  poolListingId,
  marketplaceId,
  part,
}: Pick<PartSubmission, 'poolListingId' | 'marketplaceId' | 'part'>): string {
  return `${poolListingId}/${marketplaceId}/${part}`;
}
