import type { Handover } from '../../listings/listing-service.js';
import { partMask } from '../../queue/queue-row.js';
import { retryDelayMs } from '../../reports/settle-feed.js';
import type { ExportDependencies } from '../export-dependencies.js';
import { type AccountFrame, shopsOfFrame } from '../plan/account-frame.js';
import type { RunRecorder } from '../run/run-recorder.js';
import type { SendSubject } from '../send-subject.js';
import { waitingKey } from '../waiting-key.js';
import type { FilledDocument } from './run-documents.js';
import type { SentDocument } from './send-document.js';
import { sendNewest } from './send-newest.js';

/** What sending the documents of a round works with. */
export interface SendingContext {
  /** When the round's first figures were read, or before. */
  readonly openedAtMs: number;
  /** Counts, by shop and product, the values that were marked anew and are left to the next round. */
  readonly leftOutByProduct: Map<string, number>;
  readonly subject: SendSubject;
  readonly recorder: RunRecorder;
  readonly on: ExportDependencies;
}

/**
 * Sends the documents of a round one after the other, in their order; what goes wrong with one is told and keeps none of the others.
 */
export async function sendDocuments(
  documents: readonly FilledDocument[],
  context: SendingContext,
): Promise<readonly SentDocument[]> {
  const { subject, recorder, on } = context;
  const { scope, frame, amazon, lock } = subject;
  const amazonIds = new Map(frame.marketplaces.map(({ marketplace }) => [marketplace.id, marketplace.amazonId]));
  const sent: SentDocument[] = [];
  for (const filled of documents) {
    recorder.signal?.throwIfAborted();
    const run = {
      runId: recorder.run.id,
      account: scope.account,
      amazon,
      lock,
      amazonMarketplaceId: (id: number) => amazonIds.get(id) ?? '',
      ...(recorder.signal ? { signal: recorder.signal } : {}),
    };
    // Before it came others, each of which may have waited for Amazon's quota.
    const isOutdated = on.clock.nowMs() - context.openedAtMs > subject.maxDocumentAgeMs;
    const {
      result,
      sent: newest,
      leftOut,
    } = isOutdated
      ? { result: OUTDATED, sent: filled, leftOut: [] }
      : await sendNewest(filled, { run, patienceMs: subject.maxDocumentAgeMs, on });
    sent.push(result);
    await tellLeftOut(leftOut, context);
    if (result.status !== 'emptied') recorder.tally.addDocument(newest);
    if (result.status === 'submitted') recorder.tally.addFeed();
    else recorder.tally.addUnsent(newest);
    await settleUnsent(newest, result, context);
    const { products, items } = recorder.tally.totals;
    recorder.progress({ phase: 'sending', products, productsTotal: products, items, feedsOpen: sent.length });
  }
  // Stopped while the last one was on its way: that must not look like a run that came to its end.
  recorder.signal?.throwIfAborted();
  return sent;
}

const OUTDATED = { status: 'outdated' } as const;

/** What was marked anew is no longer counted as sent: it waits, and its rows with it. */
async function tellLeftOut(
  leftOut: readonly Handover[],
  { recorder, leftOutByProduct }: SendingContext,
): Promise<void> {
  if (leftOut.length === 0) return;
  recorder.tally.addPutBack(leftOut);
  for (const { sku, shopId, productId, combinationId, marketplaceId, part, value } of leftOut) {
    const key = waitingKey(shopId, productId);
    leftOutByProduct.set(key, (leftOutByProduct.get(key) ?? 0) + 1);
    const planned = { marketplaceId, part, value, before: null, decision: 'wait', why: 'marked-anew' } as const;
    recorder.log.append({ sku, shopId, productId, combinationId, verdicts: [], parts: [planned], notes: [] });
  }
  await recorder.log.drain();
}

/** Values of a feed that was never made go again in a minute, later when that goes on; those of one that is too old go with the next round. */
async function settleUnsent(filled: FilledDocument, result: SentDocument, context: SendingContext): Promise<void> {
  if (result.status === 'submitted' || result.status === 'emptied' || result.status === 'marked-anew') return;
  if (result.status === 'outdated') {
    await putOff(filled, 0, context);
    return;
  }
  if (result.status === 'failed') {
    const failures = await context.on.feeds.failuresInARow(filled.document);
    await putOff(filled, retryDelayMs(failures - 1), context);
  }
  await reportTrouble(result, context);
}

/** Lets the rows of everything that a document carries wait. */
async function putOff(
  filled: FilledDocument,
  delayMs: number,
  { subject, recorder, on }: SendingContext,
): Promise<void> {
  const neededParts = neededPartsOfFrame(subject.frame);
  const notBeforeMs = on.clock.nowMs() + delayMs;
  const productIds = [...new Set(filled.handovers.map((one) => one.productId))];
  const skus = [...new Set(filled.handovers.map((one) => one.sku))];
  for (const shopId of shopsOfFrame(subject.frame))
    await on.queue.postpone({ shopId, productIds, skus, neededParts, runId: recorder.run.id }, notBeforeMs);
}

async function reportTrouble(
  result: Extract<SentDocument, { status: 'failed' | 'unanswered' }>,
  { subject, recorder, on }: SendingContext,
): Promise<void> {
  const outcome =
    result.status === 'failed'
      ? 'was not made at Amazon; its values are sent again'
      : 'got no answer; whether Amazon has it is looked up before anything of its kind is sent';
  await on.journal.write({
    level: 'error',
    code: `feed-${result.status}`,
    message: `Feed ${result.feedId} ${outcome}. ${result.reason}`,
    runId: recorder.run.id,
    accountId: subject.scope.account.id,
  });
}

/** What a queue row must have compared before it may go, for each marketplace of the account. */
export function neededPartsOfFrame(frame: AccountFrame): ReadonlyMap<number, number> {
  return new Map(frame.marketplaces.map(({ marketplace, settings }) => [marketplace.id, partMask(settings.parts)]));
}
