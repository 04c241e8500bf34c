import type { Knex } from 'knex';
import type { ProcessingStatus } from './processing-status.js';

/** A question to getFeeds or getReports, with the place where the next page starts. */
export interface ListFilter {
  readonly types: readonly string[];
  readonly marketplaceIds: readonly string[];
  readonly statuses: readonly ProcessingStatus[];
  /** Epoch milliseconds, inclusive. */
  readonly sinceMs: number;
  readonly untilMs: number;
  /** 1–100 */
  readonly pageSize: number;
  /** Only rows with smaller numbers: the newest come first. */
  readonly beforeId: number | null;
}

/** Narrows a query over sim_feed or sim_report to one page of a list and one row more, newest first. */
export function applyListFilter(query: Knex.QueryBuilder, filter: ListFilter, typeColumn: string): void {
  query.whereBetween('created_at_ms', [filter.sinceMs, filter.untilMs]);
  if (filter.types.length > 0) query.whereIn(typeColumn, [...filter.types]);
  if (filter.statuses.length > 0) query.whereIn('status', [...filter.statuses]);
  if (filter.beforeId !== null) query.where('id', '<', filter.beforeId);
  if (filter.marketplaceIds.length > 0)
    query.where((some) => {
      for (const id of filter.marketplaceIds) some.orWhere('marketplace_ids', 'like', `%"${id}"%`);
    });
  query.orderBy('id', 'desc').limit(filter.pageSize + 1);
}
