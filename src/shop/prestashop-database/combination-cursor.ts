import type { Row } from '../../db/read-rows.js';

/** Walks the rows of one product that are sorted by combination, beside its items. */
export class CombinationCursor {
  readonly #rows: readonly Row[];
  readonly #column: number;
  #next = 0;

  /** @param column the index of the combination id, by which the rows ascend */
  constructor(rows: readonly Row[], column: number) {
    this.#rows = rows;
    this.#column = column;
  }

  /** The row of one combination (0 = the product itself); must be asked in ascending order. */
  at(combinationId: number): Row | undefined {
    let index = this.#next;
    while (index < this.#rows.length && Number(this.#rows[index]?.[this.#column]) < combinationId) index += 1;
    this.#next = index;
    const row = this.#rows[index];
    return row !== undefined && row[this.#column] === combinationId ? row : undefined;
  }
}
