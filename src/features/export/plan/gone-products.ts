/**
 * Finds the products that the listings remember and the catalogue no longer has, while the catalogue is walked in ascending order.
 *
 * Both sides are read once, side by side; only what is gone is kept.
 */
export class GoneProducts {
  readonly #remembered: AsyncIterator<readonly number[]>;
  readonly #gone: number[] = [];
  #page: readonly number[] = [];
  #index = 0;
  #ended = false;

  /** @param remembered pages of product ids, ascending over all pages */
  constructor(remembered: AsyncIterable<readonly number[]>) {
    this.#remembered = remembered[Symbol.asyncIterator]();
  }

  /** Takes note of a batch of the catalogue: its ids ascending, and above those of the batch before. */
  async pass(productIds: readonly number[]): Promise<void> {
    const last = productIds.at(-1);
    if (last === undefined) return;
    const here = new Set(productIds);
    for (let id = await this.#peek(); id !== null && id <= last; id = await this.#peek()) {
      if (!here.has(id)) this.#gone.push(id);
      this.#index += 1;
    }
  }

  /** Everything that is gone, once the catalogue was walked to its end. */
  async rest(): Promise<readonly number[]> {
    for (let id = await this.#peek(); id !== null; id = await this.#peek()) {
      this.#gone.push(id);
      this.#index += 1;
    }
    return this.#gone;
  }

  async #peek(): Promise<number | null> {
    while (!this.#ended && this.#index >= this.#page.length) {
      const next = await this.#remembered.next();
      this.#ended = next.done === true;
      this.#page = next.done === true ? [] : next.value;
      this.#index = 0;
    }
    return this.#page[this.#index] ?? null;
  }
}
