import type { Db } from '../../db/open-database.js';

const IDS_AT_ONCE = 1_000;

/** Which products of a shop the bridge remembers: a sweep has seen them, or a listing carries them. */
export class KnownProductViews {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Those of some products that any account remembers; two statements for each thousand. */
  async among(shopId: number, productIds: readonly number[]): Promise<ReadonlySet<number>> {
    const known = new Set<number>();
    const accountIds: number[] = await this.#db('account').pluck('id');
    for (let start = 0; start < productIds.length; start += IDS_AT_ONCE)
      for (const table of ['last_seen', 'pool_listing']) {
        const found: number[] = await this.#db(table)
          .whereIn('account_id', accountIds)
          .where({ shop_id: shopId })
          .whereIn('product_id', productIds.slice(start, start + IDS_AT_ONCE))
          .pluck('product_id');
        for (const id of found) known.add(Number(id));
      }
    return known;
  }
}
