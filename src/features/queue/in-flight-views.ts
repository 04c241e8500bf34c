import type { Knex } from 'knex';
import { groupBy } from '../../core/group-by.js';
import type { Db } from '../../db/open-database.js';

/**
 * Takes out deletions of SKUs that are in flight: the product that is remembered for such a SKU may be another one, or none.
 *
 * By their SKUs, account by account: asked in one statement MariaDB joins every part in flight with every row (38 s for 1,000 rows
 * beside 25,000 parts, measured 2026-11).
 *
 * @param ids of rows of the queue, at most 1,000
 */
export async function withoutDeletionsInFlight(db: Db, ids: readonly number[]): Promise<readonly number[]> {
  const deletions: { id: number; sku: string; account_id: number }[] = await db('queue')
    .join('marketplace', 'marketplace.id', 'queue.marketplace_id')
    .whereIn('queue.id', [...ids])
    .where({ action: 'delete' })
    .select('queue.id', 'queue.sku', 'marketplace.account_id');
  const open = new Set<number>();
  for (const [accountId, some] of groupBy(deletions, (row) => row.account_id)) {
    const skus = await skusInFlight(db, accountId, [...new Set(some.map((row) => row.sku))]);
    for (const { id, sku } of some) if (skus.has(sku)) open.add(id);
  }
  return ids.filter((id) => !open.has(id));
}

async function skusInFlight(db: Db, accountId: number, skus: readonly string[]): Promise<ReadonlySet<string>> {
  const found: string[] = await db('pool_listing')
    .join('part', 'part.pool_listing_id', 'pool_listing.id')
    .where({ account_id: accountId, state: 'open' })
    .whereIn('sku', skus)
    .distinct()
    .pluck('sku');
  return new Set(found);
}

/**
 * Rows that a run other than `liveRunId` holds and of whose product or SKU nothing is in flight, ascending.
 *
 * Read by itself: on MariaDB an UPDATE with this condition would lock every part it looks at, against those that write listings.
 */
export function strandedIds(
  db: Db,
  page: { marketplaceIds: readonly number[]; liveRunId: number; afterId: number; limit: number },
): Promise<readonly number[]> {
  return db('queue')
    .whereIn('marketplace_id', [...page.marketplaceIds])
    .whereNotNull('claimed_run_id')
    .whereNot('claimed_run_id', page.liveRunId)
    .where('id', '>', page.afterId)
    .whereNotExists(
      partsInFlight(db)
        .whereRaw('pool_listing.shop_id = queue.shop_id')
        .whereRaw('pool_listing.product_id = queue.product_id'),
    )
    .whereNotExists(partsInFlight(db).whereRaw('pool_listing.sku = queue.sku').where({ 'queue.action': 'delete' }))
    .orderBy('id')
    .limit(page.limit)
    .pluck('id');
}

/** Of the account of a row of the queue. */
function partsInFlight(db: Db): Knex.QueryBuilder {
  return db('pool_listing')
    .join('part', 'part.pool_listing_id', 'pool_listing.id')
    .join('marketplace', 'marketplace.account_id', 'pool_listing.account_id')
    .whereRaw('marketplace.id = queue.marketplace_id')
    .where({ 'part.state': 'open' })
    .select(db.raw('1'));
}
