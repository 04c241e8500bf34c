import type { JournalEntry } from '../journal/journal.js';
import type { PassBatch } from './account-export.js';
import { handoversOf } from './documents/handovers.js';
import type { PlacedSku } from './documents/place-sku.js';
import type { ExportDependencies } from './export-dependencies.js';
import type { AccountScope } from './export-scope.js';
import type { PlannedPart } from './plan/plan-sku.js';
import { DELETION_DROPPED } from './plan/plan-withdrawals.js';
import type { PlannedSku } from './plan/planned-sku.js';

/** Writes down what is known of a batch before anything is sent: intents to create, values that must wait, deletions dropped. */
export async function rememberWork(
  skus: readonly PlacedSku[],
  scope: AccountScope,
  on: ExportDependencies,
): Promise<void> {
  const atMs = on.clock.nowMs();
  const accountId = scope.account.id;
  for (const { id } of scope.marketplaces) {
    const asked = skus.filter(
      ({ subject }) => subject.createOn.includes(id) && needsIntent(subject.memory?.marketplaces.get(id)),
    );
    await on.listings.intendToCreate(
      accountId,
      id,
      asked.map(({ subject }) => subject.carrier),
      atMs,
    );
  }
  const waiting = skus.flatMap(({ subject, parts }) => handoversOf(subject, parts.filter(isPutOff)));
  if (waiting.length > 0) await on.listings.desire(accountId, waiting, atMs);
  const dropped = skus.filter(({ subject }) => subject.notes.includes(DELETION_DROPPED));
  if (dropped.length > 0) await on.journal.write(dropped.map(({ subject }) => droppedDeletion(accountId, subject)));
}

/** Marks the products that sell under SKUs which others gave up: nothing of their own changed, so nobody else would look at them. */
export async function markHeirs(
  skus: readonly PlacedSku[],
  { shopId, batch, scope }: { shopId: number; batch: PassBatch; scope: AccountScope },
  on: ExportDependencies,
): Promise<void> {
  const here = new Set(batch.productIds);
  const productIds = [...new Set(skus.flatMap((one) => one.subject.heirs ?? []))].filter((id) => !here.has(id));
  const marketplaceIds = scope.marketplaces.filter((one) => one.shopId === shopId).map((one) => one.id);
  if (productIds.length > 0) await on.queue.mark({ shopId, productIds, marketplaceIds, action: 'update' }, 'sku-heir');
}

/** What should be at Amazon and does not go with this round. */
function isPutOff({ decision }: PlannedPart): boolean {
  return decision === 'wait' || decision === 'left-alone' || decision === 'held';
}

function droppedDeletion(accountId: number, { carrier }: PlannedSku): JournalEntry {
  const { sku, productId } = carrier;
  return { level: 'warning', code: 'deletion-dropped', message: DELETION_DROPPED, accountId, sku, productId };
}

function needsIntent(known: { atAmazon: boolean | null; createIntent: boolean } | undefined): boolean {
  return known === undefined || (known.atAmazon !== true && !known.createIntent);
}
