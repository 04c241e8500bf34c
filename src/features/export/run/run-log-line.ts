import type { Verdict } from '../../offers/verdict.js';
import type { PlannedPart } from '../plan/plan-sku.js';

/** What a run says of one item: its values before → after, or its verdicts. */
export interface RunLogLine {
  readonly sku: string;
  readonly shopId: number;
  /** 0 for a SKU that nothing carries any more. */
  readonly productId: number;
  readonly combinationId: number;
  readonly verdicts: readonly LoggedVerdict[];
  readonly parts: readonly PlannedPart[];
  /** Remarks that are no verdict, for example why extended data is withheld. */
  readonly notes: readonly string[];
}

/** A verdict and the marketplaces that it concerns; an empty list = every one of the run. */
export interface LoggedVerdict extends Verdict {
  readonly marketplaceIds: readonly number[];
}
