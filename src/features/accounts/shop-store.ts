import type { Db } from '../../db/open-database.js';
import type { ShopContext } from '../../shop/catalogue.js';

/** What our own tables remember of a shop context. */
export type KnownShop = Pick<ShopContext, 'shopId' | 'name' | 'timeZone'>;

/** The table `shop`: the contexts that accounts were connected with. */
export class ShopStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Inserts a shop context, or brings its name and zone up to date. */
  async upsert(shop: KnownShop, nowMs: number): Promise<void> {
    await this.#db('shop')
      .insert({ id: shop.shopId, name: shop.name, time_zone: shop.timeZone, created_at_ms: nowMs })
      .onConflict('id')
      .merge(['name', 'time_zone']);
  }
}
