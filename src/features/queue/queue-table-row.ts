import type { QueueAction, QueueRow } from './queue-row.js';

/** A row of the table `queue` as the databases give it. */
export interface QueueTableRow {
  id: number;
  shop_id: number;
  product_id: number;
  marketplace_id: number;
  action: QueueAction;
  sku: string;
  erase: number;
  revision: number;
  claimed_run_id: number | null;
  claimed_revision: number | null;
  not_before_ms: number;
  tries: number;
  compared_parts: number;
  waiting_parts: number;
  looked_run_id: number | null;
  left_waiting: number;
  reason: string;
  created_at_ms: number;
  marked_at_ms: number;
}

/** A row of the table in the program's own words. */
export function toQueueRow(row: QueueTableRow): QueueRow {
  return {
    id: row.id,
    shopId: row.shop_id,
    productId: row.product_id,
    marketplaceId: row.marketplace_id,
    action: row.action,
    sku: row.sku,
    erase: row.erase === 1,
    revision: row.revision,
    claimedRunId: row.claimed_run_id,
    claimedRevision: row.claimed_revision,
    notBeforeMs: row.not_before_ms,
    tries: row.tries,
    comparedParts: row.compared_parts,
    waitingParts: row.waiting_parts,
    lookedRunId: row.looked_run_id,
    leftWaiting: row.left_waiting,
    reason: row.reason,
    createdAtMs: row.created_at_ms,
    markedAtMs: row.marked_at_ms,
  };
}
