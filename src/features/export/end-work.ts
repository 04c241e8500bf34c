import type { Part } from '../offers/offer-settings.js';
import type { QueueRow } from '../queue/queue-row.js';
import { neededPartsOfFrame } from './documents/send-documents.js';
import type { ExportDependencies } from './export-dependencies.js';
import { partsOf } from './export-options.js';
import { shopsOfFrame } from './plan/account-frame.js';
import type { Run } from './run/run.js';
import type { RunRecorder } from './run/run-recorder.js';
import type { SendSubject } from './send-subject.js';
import { waitingKey } from './waiting-key.js';
import type { WorkedChunk } from './worked-chunk.js';

/** What a round keeps of claimed products until its documents are sent: no more than these hold. */
export interface PlacedRows {
  readonly rows: readonly QueueRow[];
  readonly waitingByProduct: ReadonlyMap<number, number>;
}

/** The same rows when some values of their products, counted by `waitingKey`, wait no more. */
export function lessWaiting(placed: PlacedRows, waitingLess: ReadonlyMap<string, number>): PlacedRows {
  return moreWaiting(placed, new Map([...waitingLess].map(([key, values]) => [key, -values])));
}

/** The same rows when some values of their products, counted by `waitingKey`, wait after all. */
export function moreWaiting(placed: PlacedRows, waitingMore: ReadonlyMap<string, number>): PlacedRows {
  if (waitingMore.size === 0) return placed;
  const waiting = new Map(placed.waitingByProduct);
  const products = new Map(placed.rows.map((row) => [waitingKey(row.shopId, row.productId), row.productId]));
  for (const [key, productId] of products) {
    const more = waitingMore.get(key);
    if (more !== undefined) waiting.set(productId, (waiting.get(productId) ?? 0) + more);
  }
  return { rows: placed.rows, waitingByProduct: waiting };
}

export interface EndContext {
  readonly subject: SendSubject;
  readonly recorder: RunRecorder;
  readonly on: ExportDependencies;
}

const PRODUCTS_PER_PAGE = 1_000;

/** What a run compares on its marketplaces; a row of one that exports less has nothing of the rest to compare. */
export function partsOfRun({ frame }: SendSubject, { options }: Run): ReadonlySet<Part> {
  const selected = frame.marketplaces.filter((one) => one.selected);
  return new Set(selected.flatMap((one) => [...partsOf(options, one.settings.parts)]));
}

/**
 * Lets go at once of the products of which nothing goes with this round, so that a queue in which nothing differs needs no memory.
 *
 * @returns what must be kept until the documents are sent
 */
export async function endUnplaced(worked: WorkedChunk, { subject, recorder, on }: EndContext): Promise<PlacedRows> {
  const { rows, shopId } = worked.chunk;
  const { waitingByProduct } = worked;
  const parts = partsOfRun(subject, recorder.run);
  const unplaced = new Set(worked.unplaced);
  await on.queue.recordPlan(
    rows.filter((row) => unplaced.has(row.productId)),
    { parts, waitingByProduct },
  );
  await endIdle(shopId, worked.done, { subject, recorder, on });
  const placed = worked.placed.filter((id) => waitingByProduct.has(id));
  return {
    rows: rows.filter((row) => !unplaced.has(row.productId)),
    waitingByProduct: new Map(placed.map((id) => [id, waitingByProduct.get(id) ?? 0])),
  };
}

/**
 * Ends a round: records what was compared, and lets go of every product that the run holds and of which nothing is on its way.
 *
 * Call it with everything handed over: from then on a settlement of earlier feeds may let rows go.
 */
export async function endRound(placed: readonly PlacedRows[], { subject, recorder, on }: EndContext): Promise<void> {
  const { run } = recorder;
  const parts = partsOfRun(subject, run);
  for (const { rows, waitingByProduct } of placed) await on.queue.recordPlan(rows, { parts, waitingByProduct });
  const { marketplaces } = subject.scope;
  for (const shopId of new Set(marketplaces.map((one) => one.shopId))) {
    const marketplaceIds = marketplaces.filter((one) => one.shopId === shopId).map((one) => one.id);
    for (let afterProductId = 0; ; ) {
      const held = { shopId, marketplaceIds, afterProductId, maxProducts: PRODUCTS_PER_PAGE };
      const productIds = await on.queue.heldProducts(run.id, held);
      const last = productIds.at(-1);
      if (last === undefined) break;
      await endIdle(shopId, productIds, { subject, recorder, on });
      afterProductId = last;
    }
  }
}

/** Ends products of which nothing is on its way: those that are done leave the queue, the others wait for the next round. */
async function endIdle(
  shopId: number,
  productIds: readonly number[],
  { subject, recorder, on }: EndContext,
): Promise<void> {
  if (productIds.length === 0) return;
  const neededParts = neededPartsOfFrame(subject.frame);
  await on.db.transaction(async (transaction) => {
    const queue = on.queue.on(transaction);
    await queue.takeTurn();
    const listings = on.listings.on(transaction);
    const inFlight = await listings.productsInFlight(subject.scope.account.id, shopsOfFrame(subject.frame), productIds);
    const idle = productIds.filter((id) => !inFlight.has(id));
    await queue.end({ shopId, productIds: idle, neededParts, runId: recorder.run.id });
  });
}
