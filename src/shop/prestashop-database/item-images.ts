import type { BatchReading } from './batch-reading.js';
import type { ImageUrl } from './image-urls.js';
import { readCombinationImages, readProductImages } from './images-reader.js';
import { integerOf } from './read-cell.js';
import type { RowCursor } from './row-cursor.js';
import { readLinkRewrites } from './texts-reader.js';

/** How the images of all batches of a run are named. */
export interface ImagePlan {
  readonly urlOf: ImageUrl;
  /** The language of the free name in an address. */
  readonly languageId: number;
}

/** The images of one batch; products must be asked for in ascending order, each started once. */
export class BatchImages {
  readonly #plan: ImagePlan;
  readonly #products: RowCursor;
  readonly #combinations: ReadonlyMap<number, readonly number[]>;
  readonly #names: ReadonlyMap<number, string>;
  #productId = 0;
  #imageIds: readonly number[] = [];

  private constructor(
    plan: ImagePlan,
    rows: {
      products: RowCursor;
      combinations: ReadonlyMap<number, readonly number[]>;
      names: ReadonlyMap<number, string>;
    },
  ) {
    this.#plan = plan;
    this.#products = rows.products;
    this.#combinations = rows.combinations;
    this.#names = rows.names;
  }

  static async read(reading: BatchReading, plan: ImagePlan): Promise<BatchImages> {
    const products = await readProductImages(reading);
    const combinations = await readCombinationImages(reading);
    return new BatchImages(plan, { products, combinations, names: await readLinkRewrites(reading, plan.languageId) });
  }

  startProduct(productId: number): void {
    this.#productId = productId;
    this.#imageIds = this.#products.rowsOf(productId).map((row) => integerOf(row[1]));
  }

  /** Addresses of one item of the started product: the combination's own images, else the product's. */
  of(combinationId: number): readonly string[] {
    const own = combinationId === 0 ? undefined : this.#combinations.get(combinationId);
    const name = this.#names.get(this.#productId) ?? '';
    return (own ?? this.#imageIds).map((imageId) => this.#plan.urlOf({ productId: this.#productId, imageId, name }));
  }
}
