import type { Row } from '../../db/read-rows.js';

const NONE: readonly Row[] = [];

/** Walks rows that are sorted by product, once, beside the products themselves: no map of a whole batch is needed. */
export class RowCursor {
  readonly #rows: readonly Row[];
  readonly #column: number;
  #next = 0;

  /** @param column the index of the product id, by which the rows ascend */
  constructor(rows: readonly Row[], column = 0) {
    this.#rows = rows;
    this.#column = column;
  }

  /** The rows of one product; must be asked in ascending order, products may be left out. */
  rowsOf(productId: number): readonly Row[] {
    let end = this.#skipBelow(productId);
    const start = end;
    while (this.#productAt(end) === productId) end += 1;
    this.#next = end;
    return start === end ? NONE : this.#rows.slice(start, end);
  }

  /** The first row of one product, under the same rule. */
  firstOf(productId: number): Row | undefined {
    const start = this.#skipBelow(productId);
    this.#next = start;
    return this.#productAt(start) === productId ? this.#rows[start] : undefined;
  }

  /** Every row, wherever the walk stands. */
  all(): readonly Row[] {
    return this.#rows;
  }

  #skipBelow(productId: number): number {
    let index = this.#next;
    while (index < this.#rows.length && this.#productAt(index) < productId) index += 1;
    return index;
  }

  /** Beyond the end stands a product that is never asked for. */
  #productAt(index: number): number {
    const cell = this.#rows[index]?.[this.#column];
    return typeof cell === 'number' ? cell : Number.POSITIVE_INFINITY;
  }
}
