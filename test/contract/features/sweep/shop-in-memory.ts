import type {
  Catalogue,
  CatalogueBatch,
  CatalogueItem,
  CatalogueQuery,
  ItemPrice,
  Shop,
  SkuField,
  SkuHolder,
} from '../../../../src/shop/catalogue.js';
import { sampleContext, sampleItem, steady } from '../../../unit/features/offers/sample-items.js';

const FIELDS = { reference: 'reference', 'supplier-reference': 'supplierReference', ean13: 'ean13' } as const;

/** A product of the shop in memory: items without their prices, and the price of all of them at an instant. */
export interface ShopProduct {
  readonly items: readonly Partial<CatalogueItem>[];
  readonly price?: (atMs: number) => ItemPrice;
}

/** A shop whose products a test puts in and takes out; it gives them in small batches. */
export class ShopInMemory implements Shop {
  readonly shopIds = [1];
  readonly products = new Map<number, ShopProduct>();

  /** Puts in or replaces a product with one item of the reference `R<id>`. */
  put(productId: number, item: Partial<CatalogueItem> = {}, price?: ShopProduct['price']): void {
    this.products.set(productId, { items: [item], ...(price ? { price } : {}) });
  }

  catalogue(shopId: number): Catalogue {
    return {
      shopId,
      context: () => Promise.resolve(sampleContext({ shopId })),
      batches: (query) => this.#batches(query),
      holdersOf: (field, skus) => Promise.resolve(this.#holders(field, new Set(skus))),
      countProducts: () => Promise.resolve(this.products.size),
      nextPriceChangeMs: () => Promise.resolve(null),
    };
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  survey(): Promise<never> {
    return Promise.reject(new Error('Expected nobody to look at the installation.'));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async *#batches({ selection, priceViews, atMs }: CatalogueQuery): AsyncGenerator<CatalogueBatch> {
    const wanted = selection.kind === 'products' ? selection.productIds : [...this.products.keys()];
    const productIds = wanted.toSorted((a, b) => a - b);
    for (let start = 0; start < productIds.length; start += 2) {
      const ids = productIds.slice(start, start + 2);
      yield { productIds: ids, items: ids.flatMap((id) => this.#itemsOf(id, priceViews.length, atMs)) };
    }
  }

  #itemsOf(productId: number, views: number, atMs: number): readonly CatalogueItem[] {
    const { items, price = () => steady('29.90') } = this.products.get(productId) ?? { items: [] };
    const prices = Array.from({ length: views }, () => price(atMs));
    return items.map((item) => sampleItem({ productId, reference: `R${productId}`, prices, ...item }));
  }

  #holders(field: SkuField, skus: ReadonlySet<string>): readonly SkuHolder[] {
    const items = [...this.products.keys()].flatMap((id) => this.#itemsOf(id, 1, 0));
    return items
      .filter((item) => skus.has(item[FIELDS[field]]))
      .map(({ productId, combinationId, ...item }) => ({ sku: item[FIELDS[field]], productId, combinationId }));
  }
}
