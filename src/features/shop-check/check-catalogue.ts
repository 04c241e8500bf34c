import type { Clock } from '../../core/clock.js';
import type { Catalogue, CatalogueItem, CatalogueQuery, ShopContext, ShopDetails } from '../../shop/catalogue.js';
import { nameClaims } from '../offers/judge-duplicates.js';
import { makeVerdict } from '../offers/make-verdict.js';
import type { SkuSource } from '../offers/offer-settings.js';
import { skuOf } from '../offers/sku.js';
import { type CatalogueFault, FaultTally, isSkuFault } from './catalogue-fault.js';
import { couldSell, judgeItem } from './judge-item.js';
import { type ClaimingItem, SkuCollisions } from './sku-collisions.js';

/** What a walk through one shop's catalogue found. */
export interface CatalogueCheck {
  readonly skuSource: SkuSource;
  readonly products: number;
  readonly items: number;
  /** Active in this shop, and saved. */
  readonly activeItems: number;
  /** Those of them that nothing of their own keeps from being sold, whatever marketplace it is for. */
  readonly sellableItems: number;
  readonly faults: readonly CatalogueFault[];
}

export interface CatalogueCheckRequest {
  readonly catalogue: Catalogue;
  readonly context: ShopContext;
  readonly details: ShopDetails;
  readonly skuSource: SkuSource;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/**
 * Walks through a shop's whole catalogue and counts what is wrong with it, by kind, with examples.
 *
 * Constant memory; a fixed number of queries a batch, and two or three more where SKUs collide.
 */
export async function checkCatalogue(request: CatalogueCheckRequest): Promise<CatalogueCheck> {
  const { catalogue, context, details, skuSource, clock } = request;
  const view = { currency: context.defaultCurrency, country: details.defaultCountry, groupId: null, fixedRate: null };
  const query = { priceViews: [view], textLanguages: context.languages, withImages: false, atMs: clock.nowMs() };
  const walk = new CatalogueWalk(request, query);
  for await (const batch of catalogue.batches({ ...query, selection: { kind: 'all' } })) {
    request.signal?.throwIfAborted();
    await walk.take(batch.items);
    walk.products += batch.productIds.length;
  }
  return { skuSource, ...walk.result() };
}

class CatalogueWalk {
  products = 0;
  readonly #request: CatalogueCheckRequest;
  readonly #tally = new FaultTally();
  readonly #collisions: SkuCollisions | null;
  #items = 0;
  #activeItems = 0;
  #sellableItems = 0;

  constructor(request: CatalogueCheckRequest, query: Omit<CatalogueQuery, 'selection'>) {
    this.#request = request;
    const { catalogue, skuSource: field } = request;
    const parts = { catalogue, query: { ...query, priceViews: [], textLanguages: [] }, sellableOf: everywhere };
    this.#collisions = field === 'ids' ? null : new SkuCollisions({ ...parts, field });
  }

  async take(items: readonly CatalogueItem[]): Promise<void> {
    const claiming: ClaimingItem[] = [];
    for (const item of items) {
      if (!item.inShop) continue;
      this.#items += 1;
      if (item.active && !item.draft) this.#activeItems += 1;
      const faults = judgeItem(item, this.#request);
      const { productId, combinationId } = item;
      for (const { kind, advice, sentence } of faults)
        this.#tally.add(kind, advice, { productId, combinationId, sentence });
      if (!couldSell(item)) continue;
      this.#sellableItems += 1;
      if (!faults.some(isSkuFault)) claiming.push({ item, sku: skuOf(item, this.#request.skuSource) });
    }
    await this.#collide(claiming);
  }

  result() {
    this.#noteStock();
    return {
      products: this.products,
      items: this.#items,
      activeItems: this.#activeItems,
      sellableItems: this.#sellableItems,
      faults: this.#tally.faults,
    };
  }

  async #collide(claiming: readonly ClaimingItem[]): Promise<void> {
    for (const { sku, holders } of (await this.#collisions?.among(claiming)) ?? []) {
      const [first, ...others] = holders;
      if (first === undefined) continue;
      const { sentence, advice } = makeVerdict('sku-duplicate', { sku, others: nameClaims(others) });
      const { productId, combinationId } = first;
      this.#tally.add('sku-duplicate', advice, { productId, combinationId, sentence }, holders.length);
    }
  }

  #noteStock(): void {
    const { items = 0, examples = [] } = this.#request.details.withoutStock ?? {};
    const sentence = 'Has no stock row, so its quantity is 0.';
    const advice = 'Save its quantity once in the shop; after a change of shared stock many rows can be missing.';
    for (const [index, example] of examples.entries())
      this.#tally.add('stock-row-missing', advice, { ...example, sentence }, index === 0 ? items : 0);
  }
}

const everywhere = () => Promise.resolve(couldSell);
