import type { Db } from '../../db/open-database.js';

/** The table `price_watch`: until when the prices that the clock changes have been looked at, by shop. */
export class PriceWatchStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Epoch milliseconds; 0 when nobody has looked yet. */
  async untilMs(shopId: number): Promise<number> {
    const row = await this.#db('price_watch').where({ shop_id: shopId }).first('until_ms');
    return row === undefined ? 0 : Number(row.until_ms);
  }

  async write(shopId: number, untilMs: number): Promise<void> {
    await this.#db('price_watch').insert({ shop_id: shopId, until_ms: untilMs }).onConflict('shop_id').merge();
  }
}
