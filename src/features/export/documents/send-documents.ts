import { partMask } from '../../queue/queue-row.js';
import { retryDelayMs } from '../../reports/settle-feed.js';
import type { ExportDependencies } from '../export-dependencies.js';
import type { AccountFrame } from '../plan/account-frame.js';
import type { RunRecorder } from '../preview-export.js';
import type { SendSubject } from '../send-round.js';
import type { FilledDocument } from './run-documents.js';
import { type SentDocument, sendDocument } from './send-document.js';

/** What sending the documents of a round works with. */
export interface SendingContext {
  readonly subject: SendSubject;
  readonly recorder: RunRecorder;
  readonly on: ExportDependencies;
}

/**
 * Sends the documents of a round one after the other, in their order; what goes wrong with one is told and keeps none of the others.
 */
export async function sendDocuments(
  documents: readonly FilledDocument[],
  { subject, recorder, on }: SendingContext,
): Promise<readonly SentDocument[]> {
  const { scope, frame, amazon, lock } = subject;
  const amazonIds = new Map(frame.marketplaces.map(({ marketplace }) => [marketplace.id, marketplace.amazonId]));
  const sent: SentDocument[] = [];
  for (const filled of documents) {
    recorder.signal?.throwIfAborted();
    recorder.tally.addDocument(filled);
    const run = {
      runId: recorder.run.id,
      account: scope.account,
      amazon,
      lock,
      amazonMarketplaceId: (id: number) => amazonIds.get(id) ?? '',
      ...(recorder.signal ? { signal: recorder.signal } : {}),
    };
    const result = await sendDocument(filled, run, on);
    sent.push(result);
    if (result.status === 'submitted') recorder.tally.addFeed();
    else recorder.tally.addUnsent(filled);
    if (result.status === 'failed') await putOff(filled, subject, on);
    if (result.status !== 'submitted') await reportTrouble(result, { subject, recorder, on });
    const { products, items } = recorder.tally.totals;
    recorder.progress({ phase: 'sending', products, productsTotal: products, items, feedsOpen: sent.length });
  }
  // Stopped while the last one was on its way: that must not look like a run that came to its end.
  recorder.signal?.throwIfAborted();
  return sent;
}

/** Values of a feed that was never made go again in a minute, later when that goes on; until then their rows wait. */
async function putOff(filled: FilledDocument, { frame }: SendSubject, on: ExportDependencies): Promise<void> {
  const neededParts = neededPartsOfFrame(frame);
  const failures = await on.feeds.failuresInARow(filled.document);
  const notBeforeMs = on.clock.nowMs() + retryDelayMs(failures - 1);
  const shops = new Set(filled.handovers.map((one) => one.shopId));
  for (const shopId of shops) {
    const productIds = [
      ...new Set(filled.handovers.filter((one) => one.shopId === shopId).map((one) => one.productId)),
    ];
    await on.queue.postpone({ shopId, productIds, neededParts }, notBeforeMs);
  }
}

async function reportTrouble(
  result: Exclude<SentDocument, { status: 'submitted' }>,
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
