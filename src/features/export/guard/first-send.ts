import { defineError } from '../../../core/errors.js';
import type { Account } from '../../accounts/account.js';
import { passOver } from '../account-export.js';
import type { PlacedSku } from '../documents/place-sku.js';
import type { ExportDependencies } from '../export-dependencies.js';
import { passGroups } from '../owed-parts.js';
import { shopsOfFrame } from '../plan/account-frame.js';
import { logLine } from '../run/log-line.js';
import type { RunRecorder } from '../run/run-recorder.js';
import type { SendSubject } from '../send-subject.js';
import { waitingWork } from '../waiting-work.js';

export const FirstSendHeld = defineError<{ account: string; runId: number }>(
  'FIRST_SEND_HELD',
  409,
  ({ account, runId }) =>
    `Nothing was sent to the account "${account}": its first send is held by run ${runId}. Look at it (feedbridge run show ${runId} --lines) and at the catalogue (feedbridge shop check), then: feedbridge run release ${runId}, or feedbridge run discard ${runId}.`,
);

/** Whether the next send to an account is its first one that could do harm. */
export function isFirstSend({ simulator, firstReleasedAtMs }: Account): boolean {
  return !simulator && firstReleasedAtMs === null;
}

/**
 * Computes and logs what waits as a preview does, sends nothing of it, and holds it; with nothing to send nothing is held.
 *
 * What waits stays in the queue: the run that a person releases it with reads and computes everything again.
 */
export async function holdFirstSend(
  subject: SendSubject,
  recorder: RunRecorder,
  on: ExportDependencies,
): Promise<void> {
  const before = recorder.tally.totals.held;
  for (const shopId of new Set(subject.scope.marketplaces.map((one) => one.shopId)))
    await holdShop(shopId, { subject, recorder, on });
  const values = recorder.tally.totals.held - before;
  if (values > 0) await on.guard.holdFirstSend(values, subject.guard.run);
}

interface HoldingContext {
  readonly subject: SendSubject;
  readonly recorder: RunRecorder;
  readonly on: ExportDependencies;
}

async function holdShop(shopId: number, { subject, recorder, on }: HoldingContext): Promise<void> {
  const { scope, frame } = subject;
  const { options } = recorder.run;
  const only = options.products === null ? null : new Set(options.products);
  const marketplaceIds = scope.marketplaces.filter((one) => one.shopId === shopId).map((one) => one.id);
  const of = { accountId: scope.account.id, shopIds: shopsOfFrame(frame), options };
  for await (const { productIds, order } of waitingWork(shopId, { marketplaceIds, options, preview: true }, on.queue)) {
    const wanted = productIds.filter((id) => only === null || only.has(id));
    for (const group of await passGroups([wanted], of, on.listings)) {
      const pass = { frame, shopId, options: group.options, order, documents: null, isOpen: () => false };
      const selection = { kind: 'products' as const, productIds: group.productIds };
      for await (const batch of passOver(selection, { ...pass, signal: recorder.signal }, on)) {
        recorder.tally.addProducts(batch.productIds.length);
        await recordHeld(batch.skus, recorder);
      }
    }
  }
}

async function recordHeld(skus: Iterable<PlacedSku>, { tally, log, progress }: RunRecorder): Promise<void> {
  for (const sku of skus) {
    const held = withheld(sku);
    tally.addSku(held);
    log.append(logLine(held));
  }
  await log.drain();
  const { products, items } = tally.totals;
  progress({ phase: 'computing', products, productsTotal: null, items, feedsOpen: 0 });
}

function withheld({ subject, parts }: PlacedSku): PlacedSku {
  const held = { decision: 'held', why: 'first-send' } as const;
  return { subject, parts: parts.map((part) => (part.decision === 'send' ? { ...part, ...held } : part)) };
}
