import type { Db } from '../../../db/open-database.js';
import { GUARD_WINDOW_MS } from './guard-limits.js';
import type { GraveKind } from './hold.js';

/** The newest quantity that Amazon took or showed: what `settledValue` of the plan says, in SQL. */
const SETTLED = `CASE WHEN COALESCE(part.effective_at_ms, 0) > COALESCE(part.accepted_at_ms, 0) THEN part.effective_value
  ELSE COALESCE(part.accepted_value, part.effective_value) END`;

const HAS_UNITS = `(${SETTLED}) <> '0' AND (${SETTLED}) NOT LIKE '0|%'`;

/**
 * Counts the listings with stock against which an account's changes are measured, as they were before those of the last day.
 *
 * @returns for prices, SKUs on a marketplace; otherwise SKUs
 */
export async function listingsWithStock(db: Db, accountId: number, kind: GraveKind, nowMs: number): Promise<number> {
  const stocked = db('pool_listing')
    .join('part', (on) => on.on('part.pool_listing_id', 'pool_listing.id').andOnVal('part.marketplace_id', 0))
    .where({ 'pool_listing.account_id': accountId, 'part.part': 'quantity' });
  if (kind === 'price') {
    const row = await db('listing')
      .join('pool_listing', 'pool_listing.id', 'listing.pool_listing_id')
      .leftJoin('part', (on) =>
        on
          .on('part.pool_listing_id', 'pool_listing.id')
          .andOnVal('part.marketplace_id', 0)
          .andOnVal('part.part', 'quantity'),
      )
      .where({ 'pool_listing.account_id': accountId, 'listing.at_amazon': 1 })
      .andWhereRaw(`(pool_listing.channel LIKE 'AMAZON%' OR ${HAS_UNITS})`)
      .count({ count: '*' })
      .first();
    return Number(row?.count ?? 0);
  }
  const gone = db('grave_change')
    .where({ 'grave_change.account_id': accountId, 'grave_change.kind': 'zeroed' })
    .where('grave_change.at_ms', '>', nowMs - GUARD_WINDOW_MS);
  const [left, taken] = await Promise.all([
    stocked
      .andWhereRaw(HAS_UNITS)
      .whereNotExists(gone.clone().whereRaw('grave_change.sku = pool_listing.sku').select(db.raw('1')))
      .count({ count: '*' })
      .first(),
    gone.clone().count({ count: '*' }).first(),
  ]);
  return Number(left?.count ?? 0) + Number(taken?.count ?? 0);
}
