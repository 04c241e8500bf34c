import {
  type Catalogue,
  type CatalogueBatch,
  type CatalogueItem,
  type CatalogueQuery,
  type ItemPrice,
  NO_STOCK,
  type Shop,
  type SkuField,
  type SkuHolder,
  type StockDigests,
  type StockStretch,
} from '../../../../src/shop/catalogue.js';
import { StockDigest } from '../../../../src/shop/stock-digest.js';
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
  /** Products whose price changes by the clock, and when (epoch milliseconds); product 0 = all. */
  readonly repricings: { productId: number; atMs: number }[] = [];
  /** How many products were read to be compared. */
  looked = 0;

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
      nextPriceChangeMs: (afterMs) => Promise.resolve(this.#nextRepricing(afterMs)),
      stockStretches: () => this.#stretches(),
      repricedBetween: (afterMs, untilMs) => this.#repriced(afterMs, untilMs),
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
      this.looked += ids.length;
      const items = ids.flatMap((id) => this.#itemsOf(id, priceViews.length, atMs));
      const stock = this.#stockOf(ids);
      yield { productIds: ids, items, stockDigests: () => stock };
    }
  }

  /** Three ids each, as they are when the walk begins; the products of one as they are when they are asked for. */
  async *#stretches(): AsyncGenerator<StockStretch> {
    const highest = Math.max(0, ...this.products.keys());
    const begun = this.#stockOf([...this.products.keys()]);
    for (let firstProductId = 0; firstProductId <= highest; firstProductId += 3) {
      const isLast = firstProductId + 3 > highest;
      const lastProductId = isLast ? Number.MAX_SAFE_INTEGER : firstProductId + 2;
      const isHere = (id: number) => id >= firstProductId && id <= lastProductId;
      const sum = new StockDigest();
      for (const [id, digest] of begun) if (isHere(id)) sum.add(digest);
      const products = () => Promise.resolve(this.#stockOf([...this.products.keys()].filter(isHere)));
      yield { firstProductId, lastProductId, digest: sum.toString(), products };
    }
  }

  async *#repriced(afterMs: number, untilMs: number): AsyncGenerator<readonly number[]> {
    const found = this.repricings.filter(({ atMs }) => atMs > afterMs && atMs <= untilMs);
    if (found.length > 0) yield [...new Set(found.map(({ productId }) => productId))].sort((a, b) => a - b);
  }

  #nextRepricing(afterMs: number): number | null {
    const later = this.repricings.map(({ atMs }) => atMs).filter((atMs) => atMs > afterMs);
    return later.length === 0 ? null : Math.min(...later);
  }

  #stockOf(productIds: readonly number[]): StockDigests {
    const digests = new Map<number, string>();
    for (const id of productIds) {
      const product = this.products.get(id);
      if (product === undefined) continue;
      const sum = new StockDigest();
      for (const { combinationId = 0, stockQuantity = 7, sellsWhenOutOfStock = false } of product.items)
        sum.addRow(`${id}|${combinationId}|${stockQuantity}|${sellsWhenOutOfStock}`);
      digests.set(id, product.items.length === 0 ? NO_STOCK : sum.toString());
    }
    return digests;
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
