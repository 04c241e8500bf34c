import type { Handover } from '../../listings/listing-service.js';
import type { Addressee, GroupedParts } from '../documents/run-documents.js';
import type { RunLogLine } from '../run/run-log-line.js';
import type { GraveKind, NewLine } from './hold.js';

/** A rendered part of which the guard says at the end of the round whether it goes. */
export interface SetAsidePart {
  readonly kind: GraveKind;
  readonly line: NewLine;
  /** Whether an earlier change of it counts already. */
  readonly isCounted: boolean;
  readonly to: Addressee;
  readonly rendered: GroupedParts;
  readonly handovers: readonly Handover[];
}

/** A SKU with such parts: what is told of it once they are decided. No more of them than the documents hold. */
export interface SetAsideSku {
  readonly parts: readonly SetAsidePart[];
  /** What the run's log says of the SKU, with the parts as if they went. */
  readonly logLine: RunLogLine;
  /** The shop whose products it was looked at for. */
  readonly shopId: number;
  readonly productIds: readonly number[];
}
