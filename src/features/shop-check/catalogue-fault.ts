import type { VerdictCode } from '../offers/verdict.js';

/** What can be wrong with an item of the shop's catalogue, whatever marketplace it is for. */
export const FAULT_KINDS = [
  ...['sku-empty', 'sku-too-long', 'sku-outer-spaces', 'sku-characters', 'sku-duplicate'],
  ...['no-code', 'code-check-digit', 'code-length', 'code-private'],
  ...['price-zero', 'minimal-quantity', 'draft', 'stock-row-missing', 'translation-missing'],
] as const satisfies readonly (VerdictCode | 'stock-row-missing' | 'translation-missing')[];

export type FaultKind = (typeof FAULT_KINDS)[number];

/** Whether a fault keeps an item from having a SKU at all. */
export function isSkuFault({ kind }: { readonly kind: FaultKind }): boolean {
  return kind.startsWith('sku-');
}

/** One item that shows a fault. */
export interface FaultExample {
  readonly productId: number;
  /** 0 = the product itself. */
  readonly combinationId: number;
  /** What is wrong with this one, in a sentence. */
  readonly sentence: string;
}

/** All items with one fault. */
export interface CatalogueFault {
  readonly kind: FaultKind;
  readonly items: number;
  /** What to do about it. */
  readonly advice: string;
  readonly examples: readonly FaultExample[];
}

/** As many as are shown of a kind. */
export const EXAMPLES = 5;

/** Counts faults by kind and keeps the first examples of each. */
export class FaultTally {
  readonly #faults = new Map<FaultKind, { items: number; advice: string; examples: FaultExample[] }>();

  /**
   * Takes note of a fault.
   *
   * @param items how many show it, when one example stands for several
   */
  add(kind: FaultKind, advice: string, example: FaultExample, items = 1): void {
    const known = this.#faults.get(kind) ?? { items: 0, advice, examples: [] };
    known.items += items;
    if (known.examples.length < EXAMPLES) known.examples.push(example);
    this.#faults.set(kind, known);
  }

  /** In the order of the kinds; a kind that no item shows is left out. */
  get faults(): readonly CatalogueFault[] {
    return FAULT_KINDS.flatMap((kind) => {
      const found = this.#faults.get(kind);
      return found === undefined ? [] : [{ kind, ...found }];
    });
  }
}
