import type { Db } from '../../db/open-database.js';
import { SaleEdgeStore } from '../state/sale-edge-store.js';
import { Shelf } from '../state/shelf.js';
import type { Step } from './step.js';

/** SKUs looked at in one transaction. */
const SKUS_PER_STEP = 250;

/** What comes next for sales: each beginning and end is logged as of its instant, however late somebody looks. */
export class SaleCourse {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** The next step of all sales. */
  async steps(): Promise<readonly Step[]> {
    const edge = await new SaleEdgeStore(this.#db).earliest();
    return edge === null ? [] : [{ atMs: edge.atMs, take: () => this.#pass(edge.sellerId, edge.atMs) }];
  }

  async #pass(sellerId: string, atMs: number): Promise<void> {
    await this.#db.transaction(async (trx) => {
      const edges = new SaleEdgeStore(trx);
      const skus = await edges.skus(sellerId, atMs, SKUS_PER_STEP);
      const shelf = await Shelf.load(trx, sellerId, skus);
      for (const sku of skus) shelf.noteClock(sku, atMs);
      await shelf.save(trx);
      await edges.remove(sellerId, atMs, skus);
    });
  }
}
