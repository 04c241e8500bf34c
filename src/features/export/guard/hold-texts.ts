import { GUARD_LIMITS } from './guard-limits.js';
import type { GraveKind, HoldKind } from './hold.js';

/** How many changes of a kind came together within a day, of how many listings with stock. */
export interface TrippedCount {
  readonly kind: GraveKind;
  readonly changes: number;
  readonly listings: number;
}

const WHAT: Readonly<Record<GraveKind, string>> = {
  zeroed: 'listings would be brought to 0',
  price: 'prices would change by more than 30 %',
  erased: 'listings would be taken off Amazon',
};

/** What a hold keeps back, for example "32 listings brought to 0". */
export function heldText(kind: HoldKind, count: number): string {
  switch (kind) {
    case 'first-send':
      return `the first send to this account, ${count} values`;
    case 'zeroed':
      return `${count} listings brought to 0`;
    case 'price':
      return `${count} prices changed by more than 30 %`;
    case 'erased':
      return `${count} listings taken off Amazon`;
  }
}

/** Why the guard tripped: how many, and the limit. */
export function trippedText({ kind, changes, listings }: TrippedCount): string {
  const { count, percent } = GUARD_LIMITS[kind];
  const limit = percent === null ? `${count}` : `${count} and ${percent} % of the ${listings} with stock`;
  return `${changes} ${WHAT[kind]} within a day; the limit is ${limit}. What is too much is held, everything else goes.`;
}

/** What people can do about a hold, and when it ends without them. */
export function decisionText(runId: number, goesAtMs: number | null): string {
  const itself = goesAtMs === null ? '' : ` They go by themselves at ${new Date(goesAtMs).toISOString()}.`;
  return `Let it go: feedbridge run release ${runId}. Leave Amazon as it is: feedbridge run discard ${runId}.${itself}`;
}
