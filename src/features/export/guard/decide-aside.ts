import { groupBy } from '../../../core/group-by.js';
import type { RunDocuments } from '../documents/run-documents.js';
import type { PlannedPart } from '../plan/plan-sku.js';
import type { RunRecorder } from '../run/run-recorder.js';
import { waitingKey } from '../waiting-key.js';
import type { AccountGuard } from './account-guard.js';
import type { GuardService, TrippedKind } from './guard-service.js';
import { GRAVE_KINDS, type GraveKind } from './hold.js';
import type { SetAsidePart, SetAsideSku } from './set-aside.js';

/** With what a round decides about what was set aside. */
export interface DecidingContext {
  readonly documents: RunDocuments;
  readonly guard: AccountGuard;
  readonly recorder: RunRecorder;
  readonly on: { readonly guard: GuardService };
}

/**
 * Decides kind by kind whether what a round has set aside goes or is held: step 7 of the run.
 *
 * What is held is written down before anything of the round is sent, so that a crash cannot send it.
 *
 * @returns by shop and product, how many values wait no more since the price that they waited for is held
 */
export async function decideAside(
  aside: readonly SetAsideSku[],
  { documents, guard, recorder, on }: DecidingContext,
): Promise<ReadonlyMap<string, number>> {
  const tripped = await trippedKinds(aside, guard);
  await on.guard.trip(tripped, guard.run);
  const held = new Set(tripped.map((one) => one.count.kind));
  documents.endPromises();
  for (const { to, rendered, handovers, kind } of aside.flatMap((one) => one.parts))
    if (!held.has(kind)) documents.placePromised(to, rendered, handovers);
  const waitingLess = new Map<string, number>();
  for (const one of aside) {
    const released = tell(one, held, recorder);
    if (released === 0) continue;
    for (const key of one.productIds.map((id) => waitingKey(one.shopId, id)))
      waitingLess.set(key, (waitingLess.get(key) ?? 0) + released);
  }
  await recorder.log.drain();
  return waitingLess;
}

/** Tells of what was set aside by a round that sends nothing any more. */
export function abandonAside(aside: readonly SetAsideSku[], { tally, log }: RunRecorder): void {
  for (const { logLine, parts } of aside) {
    log.append(logLine);
    tally.addUnsent({ handovers: parts.flatMap(({ handovers }) => handovers) });
  }
}

async function trippedKinds(aside: readonly SetAsideSku[], guard: AccountGuard): Promise<readonly TrippedKind[]> {
  const byKind = groupBy(
    aside.flatMap((one) => one.parts),
    (part) => part.kind,
  );
  const tripped: TrippedKind[] = [];
  for (const kind of GRAVE_KINDS) {
    const parts = byKind.get(kind) ?? [];
    const fresh = parts.filter((one) => !one.isCounted).length;
    const count = parts.length === 0 ? null : await guard.count(kind, fresh);
    if (count === null) continue;
    const lines = parts.map(({ line }) => line);
    tripped.push({ count, lines, handovers: parts.flatMap(({ handovers }) => handovers) });
  }
  return tripped;
}

/** @returns how many values wait no more */
function tell(
  { parts, logLine }: SetAsideSku,
  held: ReadonlySet<GraveKind>,
  { tally, log }: Pick<RunRecorder, 'tally' | 'log'>,
): number {
  const kept = parts.filter(({ kind }) => held.has(kind));
  const isPriceKept = kept.some(({ kind }) => kind === 'price');
  const decided = logLine.parts.map((part) => decide(part, kept, isPriceKept));
  const left = decided.filter((one) => one.why === 'price-held').length;
  const before = logLine.parts.filter((one) => one.why === 'price-held').length;
  tally.addHeld(kept.map(({ line }) => line.part));
  tally.addLeftAlone(left - before);
  log.append({ ...logLine, parts: decided });
  return left - before;
}

function decide(part: PlannedPart, kept: readonly SetAsidePart[], isPriceKept: boolean): PlannedPart {
  if (kept.some(({ line }) => line.part === part.part && line.marketplaceId === part.marketplaceId))
    return { ...part, decision: 'held', why: 'guard' };
  return isPriceKept && part.why === 'price-first' ? { ...part, decision: 'left-alone', why: 'price-held' } : part;
}
