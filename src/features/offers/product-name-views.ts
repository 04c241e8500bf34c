import type { Clock } from '../../core/clock.js';
import { messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import type { Shop } from '../../shop/catalogue.js';

/** A product as lists name it. */
export interface ProductKey {
  readonly shopId: number;
  readonly productId: number;
}

export interface ProductNameParts {
  readonly shop: Shop;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Names of products for lists of some dozen rows, read from the shop. */
export class ProductNames {
  readonly #on: ProductNameParts;

  constructor(parts: ProductNameParts) {
    this.#on = parts;
  }

  /** @returns a name for each product in the shop's own language; empty for one that is gone, or while the shop does not answer */
  async of(products: readonly ProductKey[]): Promise<(product: ProductKey) => string> {
    const names = new Map<string, string>();
    for (const shopId of new Set(products.map((one) => one.shopId))) {
      if (!this.#on.shop.shopIds.includes(shopId)) continue;
      const ids = products.filter((one) => one.shopId === shopId && one.productId > 0).map((one) => one.productId);
      if (ids.length > 0) await this.#read(shopId, [...new Set(ids)], names);
    }
    return (product) => names.get(keyOf(product)) ?? '';
  }

  async #read(shopId: number, productIds: readonly number[], names: Map<string, string>): Promise<void> {
    const catalogue = this.#on.shop.catalogue(shopId);
    try {
      const { defaultLanguage } = await catalogue.context();
      const query = {
        selection: { kind: 'products' as const, productIds },
        priceViews: [],
        textLanguages: [defaultLanguage],
        withImages: false,
        atMs: this.#on.clock.nowMs(),
      };
      for await (const batch of catalogue.batches(query))
        for (const item of batch.items)
          names.set(keyOf({ shopId, productId: item.productId }), item.texts?.get(defaultLanguage)?.name ?? '');
    } catch (error) {
      // A list without names is of more use than none.
      this.#on.logger.warn('Product names could not be read', { shopId, reason: messageOf(error) });
    }
  }
}

function keyOf({ shopId, productId }: ProductKey): string {
  return `${shopId}/${productId}`;
}
