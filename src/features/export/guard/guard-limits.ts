import type { GraveKind } from './hold.js';

/** How much of one kind may go within a day; it is too much when both figures are exceeded. */
export interface GuardLimit {
  readonly count: number;
  /** Of the listings with stock; null = whatever their number. */
  readonly percent: number | null;
}

/** Per account, over 24 hours. @source design, section 5, rule 11 */
export const GUARD_LIMITS: Readonly<Record<GraveKind, GuardLimit>> = {
  zeroed: { count: 25, percent: 20 },
  price: { count: 10, percent: 5 },
  erased: { count: 10, percent: null },
};

/** How long a change counts. */
export const GUARD_WINDOW_MS = 24 * 3_600_000;

/** Whether that many are beyond the bare figure, so that the listings with stock must be counted. */
export function exceedsCount(kind: GraveKind, changes: number): boolean {
  return changes > GUARD_LIMITS[kind].count;
}

/**
 * Whether that many changes of a kind are too many.
 *
 * @param listings how many had stock before
 */
export function exceedsLimits(kind: GraveKind, changes: number, listings: number): boolean {
  const { percent } = GUARD_LIMITS[kind];
  if (!exceedsCount(kind, changes)) return false;
  return percent === null || changes * 100 > listings * percent;
}
