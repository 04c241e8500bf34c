import type { Knex } from 'knex';
import type { Db } from '../../db/open-database.js';

/** The states of a listing as people count them, the one that needs them most first. */
export const LISTING_STATES = [
  'rejected',
  'drifted',
  'orphaned',
  'not-at-amazon',
  'unknown',
  'waiting',
  'sent',
  'in-step',
  'listed',
] as const;

export type ListingState = (typeof LISTING_STATES)[number];

/** A listing of one marketplace with its state. */
export interface ListingView {
  readonly id: number;
  readonly marketplaceId: number;
  readonly sku: string;
  readonly asin: string;
  readonly shopId: number;
  /** 0 for an orphan. */
  readonly productId: number;
  readonly state: ListingState;
  readonly price: ListingValues;
  readonly quantity: ListingValues;
}

/** Canonical part values. */
export interface ListingValues {
  readonly desired: string | null;
  readonly submitted: string | null;
  readonly effective: string | null;
}

export interface ListingFilter {
  readonly marketplaceIds: readonly number[];
  readonly state: ListingState | null;
  /** Only listings with a greater id. */
  readonly afterId: number;
  readonly limit: number;
}

const some = (condition: string) => `MAX(CASE WHEN ${condition} THEN 1 ELSE 0 END) = 1`;

/** Amazon shows another value than the one it accepted before; what follows a bar (a sale, handling days) no reading shows. */
const DRIFT = `part.effective_at_ms > part.accepted_at_ms AND part.effective_value <> part.accepted_value
  AND NOT (SUBSTR(part.accepted_value, 1, LENGTH(part.effective_value)) = part.effective_value
    AND SUBSTR(part.accepted_value, LENGTH(part.effective_value) + 1, 1) = '|')`;

const STATE = `CASE
  WHEN MAX(pool_listing.product_id) = 0 THEN 'orphaned'
  WHEN ${some("part.state = 'rejected' AND part.part = 'offer'")} THEN 'rejected'
  WHEN MAX(listing.at_amazon) = 0 THEN 'not-at-amazon'
  WHEN ${some("part.state = 'rejected'")} THEN 'rejected'
  WHEN ${some("part.state = 'unknown'")} THEN 'unknown'
  WHEN ${some("part.state = 'open'")} THEN 'sent'
  WHEN ${some(DRIFT)} THEN 'drifted'
  WHEN ${some('part.desired_value IS NOT NULL AND (part.submitted_value IS NULL OR part.desired_value <> part.submitted_value)')} THEN 'waiting'
  WHEN ${some("part.state = 'accepted' AND part.marketplace_id <> 0")} THEN 'in-step'
  WHEN ${some("part.state = 'accepted'")} AND NOT (${some('part.marketplace_id <> 0')}) THEN 'in-step'
  ELSE 'listed' END`;

const VALUES = ['price', 'quantity'].flatMap((part) =>
  ['desired', 'submitted', 'effective'].map(
    (kind) => `MAX(CASE WHEN part.part = '${part}' THEN part.${kind}_value END) AS ${part}_${kind}`,
  ),
);

/** What people ask about all listings: how many are in which state, and which. */
export class ListingViews {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** How many listings of these marketplaces are in each state. */
  async countByState(marketplaceIds: readonly number[]): Promise<ReadonlyMap<ListingState, number>> {
    const rows: { state: ListingState; count: number | string }[] = await this.#db
      .from(
        this.#listings(marketplaceIds)
          .select(this.#db.raw(`${STATE} AS state`))
          .as('states'),
      )
      .groupBy('state')
      .select('state')
      .count({ count: '*' });
    return new Map(rows.map((row) => [row.state, Number(row.count)]));
  }

  /** By id. */
  async list(filter: ListingFilter): Promise<readonly ListingView[]> {
    const { marketplaceIds, state, afterId, limit } = filter;
    const query = this.#listings(marketplaceIds)
      .where('pool_listing.id', '>', afterId)
      .select(
        'listing.pool_listing_id',
        'listing.marketplace_id',
        ...['sku', 'shop_id', 'product_id'].map((name) => this.#db.raw(`MAX(pool_listing.${name}) AS ${name}`)),
        this.#db.raw('MAX(listing.asin) AS asin'),
        this.#db.raw(`${STATE} AS state`),
        ...VALUES.map((value) => this.#db.raw(value)),
      )
      .orderBy(['listing.pool_listing_id', 'listing.marketplace_id'])
      .limit(limit);
    if (state !== null) query.havingRaw(`${STATE} = ?`, [state]);
    return ((await query) as Record<string, string | number | null>[]).map(toView);
  }

  /** Grouped by listing, each with its own parts and those of the pool. */
  #listings(marketplaceIds: readonly number[]): Knex.QueryBuilder {
    return this.#db('listing')
      .join('pool_listing', 'pool_listing.id', 'listing.pool_listing_id')
      .leftJoin('part', (on) =>
        on
          .on('part.pool_listing_id', 'listing.pool_listing_id')
          .andOn((either) =>
            either.on('part.marketplace_id', 'listing.marketplace_id').orOnVal('part.marketplace_id', 0),
          ),
      )
      .whereIn('listing.marketplace_id', marketplaceIds)
      .groupBy('listing.pool_listing_id', 'listing.marketplace_id');
  }
}

function toView(row: Record<string, string | number | null>): ListingView {
  const text = (name: string) => (row[name] === null || row[name] === undefined ? null : String(row[name]));
  const values = (part: string): ListingValues => ({
    desired: text(`${part}_desired`),
    submitted: text(`${part}_submitted`),
    effective: text(`${part}_effective`),
  });
  return {
    id: Number(row.pool_listing_id),
    marketplaceId: Number(row.marketplace_id),
    sku: String(row.sku),
    asin: String(row.asin),
    shopId: Number(row.shop_id),
    productId: Number(row.product_id),
    state: row.state as ListingState,
    price: values('price'),
    quantity: values('quantity'),
  };
}
