import { groupBy } from '../../../core/group-by.js';
import type { Db } from '../../../db/open-database.js';
import type { Handover } from '../../listings/listing-service.js';
import type { QueueService } from '../../queue/queue-service.js';
import type { ExportDependencies } from '../export-dependencies.js';
import { leaveOut } from './leave-out.js';
import type { FilledDocument } from './run-documents.js';
import { type SendingRun, type SentDocument, sendDocument } from './send-document.js';

/**
 * How often a document is looked over for new marks before it goes as it is.
 *
 * Then a value may leave that is older than its mark by moments. That is as right as if the mark had come just afterwards: it stands in the
 * queue with a higher revision, so the newer value follows as soon as this one has settled.
 */
const MOST_LOOKS = 3;

/** What became of a document, and what it carried in the end. */
export interface NewestSent {
  readonly result: SentDocument;
  readonly sent: FilledDocument;
  /** What was marked anew since it was read: it waits for the next round. */
  readonly leftOut: readonly Handover[];
}

/** What looking for new marks needs to know. */
export interface NewestContext {
  readonly run: SendingRun;
  /** For how long a product may be left out, since it was marked first; one that is marked all the time must go as well. */
  readonly patienceMs: number;
  readonly on: ExportDependencies;
}

/**
 * Sends a document without what was marked anew since it was rendered: only the newest value of a SKU may leave.
 *
 * Looked at before its intent is written, and once more in the intent's transaction, which keeps new marks out until it ends.
 */
export async function sendNewest(filled: FilledDocument, { run, patienceMs, on }: NewestContext): Promise<NewestSent> {
  const leftOut: Handover[] = [];
  const sinceMs = on.clock.nowMs() - patienceMs;
  let current = filled;
  let marked = await markedAnew(current, { run, sinceMs, queue: on.queue });
  for (let looks = 1; ; looks += 1) {
    if (marked.size > 0) {
      const rest = await leaveOut(current, marked, on.archive);
      leftOut.push(...current.handovers.filter((one) => marked.has(one.sku)));
      if (rest === null) return { result: { status: 'emptied' }, sent: { ...current, handovers: [] }, leftOut };
      current = rest;
    }
    const carried = current;
    const look = (transaction: Db) => markedAnew(carried, { run, sinceMs, queue: on.queue.on(transaction) });
    const result = await sendDocument(current, { ...run, ...(looks < MOST_LOOKS ? { markedAnew: look } : {}) }, on);
    if (result.status !== 'marked-anew') return { result, sent: current, leftOut };
    marked = result.skus;
  }
}

/** The SKUs of a document whose product was marked after this run claimed it. */
async function markedAnew(
  { handovers }: FilledDocument,
  { run, sinceMs, queue }: { run: SendingRun; sinceMs: number; queue: QueueService },
): Promise<ReadonlySet<string>> {
  const skus = new Set<string>();
  for (const [shopId, some] of groupBy(handovers, (one) => one.shopId)) {
    const productIds = [...new Set(some.map((one) => one.productId))];
    const anew = await queue.markedAnew(run.runId, { shopId, productIds, sinceMs });
    for (const { productId, sku } of some) if (anew.has(productId)) skus.add(sku);
  }
  return skus;
}
