import type { PlacedSku } from '../documents/place-sku.js';
import type { RunLogLine } from './run-log-line.js';

/** What the run's log says of one SKU: its verdicts, and its values before → after. */
export function logLine({ subject, parts }: PlacedSku): RunLogLine {
  const { sku, shopId, productId, combinationId } = subject.carrier;
  return { sku, shopId, productId, combinationId, verdicts: subject.verdicts, parts, notes: subject.notes };
}
