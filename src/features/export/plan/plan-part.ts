import type { PartMemory } from '../../listings/listing.js';

/**
 * What becomes of one part in a run.
 *
 * send: goes now · wait: must go, but only after something else · in-flight: this very value is on its way ·
 * equal: Amazon has accepted it · rejected: Amazon refused this very value for this very mark · left-alone: nothing may be sent ·
 * held: the guard keeps it back until a person decides.
 */
export type PartDecision = 'send' | 'wait' | 'in-flight' | 'equal' | 'rejected' | 'left-alone' | 'held';

export interface ComparisonRules {
  /** The newest queue revision that asks for the item. */
  readonly revision: number;
  /** *Send everything*: values that Amazon has accepted before this mark are sent again. */
  readonly everything: boolean;
}

/**
 * Compares a value with the newest one handed to Amazon (design section 4, step 5).
 *
 * @param desired canonical text of the part's value
 * @param memory what is remembered of the part, null when nothing is
 * @returns `wait` when another value of the part is in flight: the new one goes as soon as that has settled
 */
export function comparePart(desired: string, memory: PartMemory | null, rules: ComparisonRules): PartDecision {
  if (memory === null || memory.state === 'none') return 'send';
  if (memory.state === 'open') return memory.submittedValue === desired ? 'in-flight' : 'wait';
  // Nobody knows whether it arrived. Values are absolute, so handing the same one over again cannot harm.
  if (memory.state === 'unknown') return 'send';
  const askedSince = rules.revision > (memory.submittedRevision ?? 0);
  if (memory.state === 'rejected' && memory.submittedValue === desired) return askedSince ? 'send' : 'rejected';
  if (memory.acceptedValue !== desired) return 'send';
  return rules.everything && askedSince ? 'send' : 'equal';
}

/** The newest value of a part that Amazon took or showed; null = not known. */
export function settledValue(memory: PartMemory): string | null {
  const shownLater = (memory.effectiveAtMs ?? 0) > (memory.acceptedAtMs ?? 0);
  return shownLater ? memory.effectiveValue : (memory.acceptedValue ?? memory.effectiveValue);
}

/** Tells decisions after which the part still has to reach Amazon. */
export function isUnsettled(decision: PartDecision): boolean {
  return decision === 'send' || decision === 'wait' || decision === 'in-flight';
}
