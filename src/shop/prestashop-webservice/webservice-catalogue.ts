import type { Clock } from '../../core/clock.js';
import type { Logger } from '../../core/logger.js';
import type {
  Catalogue,
  CatalogueBatch,
  CatalogueQuery,
  CatalogueSelection,
  ShopContext,
  SkuField,
  SkuHolder,
  StockStretch,
} from '../catalogue.js';
import type { ShopGround } from '../prestashop-database/shop-ground.js';
import { readBatch } from './batch-reader.js';
import { readBatchScope } from './batch-scope.js';
import { readWebserviceGround, type WebserviceReading } from './ground-reader.js';
import { itemsOf } from './item-builder.js';
import { readProductIds } from './list-records.js';
import { readNextPriceChange, readRepriced } from './price-changes.js';
import { readProductPages, readSelectedIds } from './product-pages.js';
import { readSkuHolders } from './sku-holders.js';
import { batchDigests, readStockStretches } from './stock-digests.js';

/** A page with prices for some countries is 300 KB and takes a shop half a second. */
const PRODUCTS_PER_BATCH = 300;
const MOST_PRODUCTS = 500;
const MOST_COMBINATIONS = 5_000;
const GROUND_KEPT_MS = 10_000;

export interface WebserviceCatalogueOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** The connection, and what this version of the shop has; read when first needed. */
  readonly reading: () => Promise<WebserviceReading>;
}

/**
 * The catalogue of one shop context, read by the shop's Webservice.
 *
 * There is no snapshot over HTTP. What holds instead: the price of an item, the codes of an item and the stock of an item are each
 * of one answer, so none is put together from two moments; a product whose combinations changed between two answers is read once
 * more, and a combination about which they still disagree is left out, hence not sold; stock is read last. A change that falls
 * between two answers of one batch is seen by the next sweep, since the batch then differs from what the shop says.
 */
export class WebserviceCatalogue implements Catalogue {
  readonly shopId: number;
  readonly #options: WebserviceCatalogueOptions;
  #remembered: { readonly ground: ShopGround; readonly readMs: number } | null = null;

  constructor(shopId: number, options: WebserviceCatalogueOptions) {
    this.shopId = shopId;
    this.#options = options;
  }

  async context(): Promise<ShopContext> {
    return (await this.#ground(await this.#options.reading())).context;
  }

  async *batches(query: CatalogueQuery): AsyncGenerator<CatalogueBatch, void> {
    const { clock, reading } = this.#options;
    const scope = await readBatchScope(await reading(), query);
    const tally = { differing: 0, exampleProductId: 0 };
    const size = {
      mostProducts: Math.min(query.productsPerBatch ?? PRODUCTS_PER_BATCH, MOST_PRODUCTS),
      mostCombinations: MOST_COMBINATIONS,
    };
    for await (const page of readProductPages(scope, clock, { selection: query.selection, ...size })) {
      const content = await readBatch(scope, clock, page);
      yield {
        productIds: page.productIds,
        items: itemsOf(scope, content, tally),
        stockDigests: () => batchDigests(scope.ground, content),
      };
    }
    if (tally.differing > 0)
      this.#options.logger.info('Prices are taken as PrestaShop gives them, without dates of sales', {
        shopId: this.shopId,
        items: tally.differing,
        exampleProductId: tally.exampleProductId,
      });
  }

  async holdersOf(field: SkuField, skus: readonly string[]): Promise<readonly SkuHolder[]> {
    return readSkuHolders(await this.#options.reading(), { field, skus });
  }

  async countProducts(selection: CatalogueSelection): Promise<number> {
    const reading = await this.#options.reading();
    if (selection.kind !== 'all') return (await readSelectedIds(reading, selection)).length;
    return (await readProductIds(reading)).length;
  }

  async nextPriceChangeMs(afterMs: number): Promise<number | null> {
    const reading = await this.#options.reading();
    return readNextPriceChange(reading, await this.#ground(reading), afterMs);
  }

  async *stockStretches(): AsyncGenerator<StockStretch, void> {
    const reading = await this.#options.reading();
    yield* readStockStretches(reading, await this.#ground(reading));
  }

  async *repricedBetween(afterMs: number, untilMs: number): AsyncGenerator<readonly number[], void> {
    const reading = await this.#options.reading();
    yield* readRepriced(reading, await this.#ground(reading), { afterMs, untilMs });
  }

  /** A dozen calls, so one reading does for what is asked within seconds; batches always read it anew. */
  async #ground(reading: WebserviceReading): Promise<ShopGround> {
    const nowMs = this.#options.clock.nowMs();
    if (this.#remembered !== null && nowMs - this.#remembered.readMs < GROUND_KEPT_MS) return this.#remembered.ground;
    const ground = await readWebserviceGround(reading);
    this.#remembered = { ground, readMs: nowMs };
    return ground;
  }
}
