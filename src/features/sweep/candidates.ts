import type { SweepResult } from './sweep-comparison.js';

/** So many products are looked at together, wherever in the catalogue they are. */
const LOOKED_AT_ONCE = 1_000;

/** Gathers products of a shop that may have changed, and has them looked at in whole batches. */
export class Candidates {
  readonly #look: (productIds: readonly number[]) => Promise<SweepResult>;
  #waiting: number[] = [];

  constructor(look: (productIds: readonly number[]) => Promise<SweepResult>) {
    this.#look = look;
  }

  /** Adds some; as soon as they are enough, they are looked at. */
  async *add(productIds: readonly number[]): AsyncGenerator<SweepResult> {
    for (const id of productIds) {
      this.#waiting.push(id);
      if (this.#waiting.length >= LOOKED_AT_ONCE) yield* this.end();
    }
  }

  /** Looks at those that are left. */
  async *end(): AsyncGenerator<SweepResult> {
    const productIds = this.#waiting;
    this.#waiting = [];
    if (productIds.length > 0) yield await this.#look(productIds);
  }
}
