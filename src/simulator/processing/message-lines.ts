import type { WorkFault } from '../faults/fault-order.js';
import { error, type MessageIssue, warning } from './feed-kind.js';

/** Report lines that messages get by command, by SKU. */
export type LinesBySku = ReadonlyMap<string, readonly MessageIssue[]>;

const TRANSIENT_CODE = '5002';
const SAID = 'We could not process this message. Please send it again.';
const REFUSED = 'A value in this message is not valid.';

/** Collects the commanded report lines of a feed. */
export function linesBySku(faults: readonly WorkFault[]): LinesBySku {
  const lines = new Map<string, readonly MessageIssue[]>();
  for (const fault of faults) {
    if (fault.kind !== 'transient-error' && fault.kind !== 'several-lines') continue;
    for (const sku of fault.skus) lines.set(sku, [...(lines.get(sku) ?? []), ...linesOf(fault)]);
  }
  return lines;
}

function linesOf(fault: Extract<WorkFault, { kind: 'transient-error' | 'several-lines' }>): readonly MessageIssue[] {
  if (fault.kind === 'transient-error') return [error(fault.code ?? TRANSIENT_CODE, SAID)];
  // One failure that passes and one refusal: which of them counts is the reader's question.
  if (fault.lines === undefined) return [error(TRANSIENT_CODE, SAID), error('90205', REFUSED)];
  return fault.lines.map(({ result, code, description = SAID }) =>
    result === 'Error' ? error(code, description) : warning(code, description),
  );
}
