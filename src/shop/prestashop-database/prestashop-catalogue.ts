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
import { type BatchRows, readBatchRows } from './batch-rows.js';
import { countProducts, type PageRequest, readCataloguePage } from './catalogue-page.js';
import { ItemBuilder } from './item-builder.js';
import { readNextPriceChange } from './price-changes-reader.js';
import { type PageRead, readAhead } from './read-ahead.js';
import { type ReadPlan, readPlanOf } from './read-plan.js';
import type { ReadTransaction } from './read-transaction.js';
import { readRepriced } from './repriced-reader.js';
import { readShopGround } from './shop-ground.js';
import { readSkuHolders } from './sku-holders-reader.js';
import { StockDigestSums, stockTermsOf } from './stock-digests.js';
import { readStockStretches } from './stock-stretches.js';

/** Each batch costs some twenty statements and keeps its items in memory: 1,000 products take 80 MiB more, 100 a quarter more time. */
const PRODUCTS_PER_BATCH = 300;
const MOST_COMBINATIONS = 20_000;
/** The caller's own and one ahead: the sockets hold the answers that come while items are put together. */
const BATCHES_UNDER_WAY = 2;

/** The catalogue of one shop context in a PrestaShop database. */
export class PrestashopCatalogue implements Catalogue {
  readonly shopId: number;
  readonly #transaction: ReadTransaction;

  constructor(shopId: number, transaction: ReadTransaction) {
    this.shopId = shopId;
    this.#transaction = transaction;
  }

  context(): Promise<ShopContext> {
    return this.#transaction(async (reading) => (await readShopGround(reading, this.shopId)).context);
  }

  async *batches(query: CatalogueQuery): AsyncGenerator<CatalogueBatch, void> {
    const plan = await this.#transaction((reading) => readPlanOf(reading, this.shopId, query));
    const request = {
      selection: inOrder(query.selection),
      mostProducts: query.productsPerBatch ?? PRODUCTS_PER_BATCH,
      mostCombinations: MOST_COMBINATIONS,
    };
    for await (const batch of readAhead((after) => this.#startBatch(plan, { ...request, after }), BATCHES_UNDER_WAY))
      if (batch !== null) yield batch;
  }

  holdersOf(field: SkuField, skus: readonly string[]): Promise<readonly SkuHolder[]> {
    return this.#transaction((reading) => readSkuHolders(reading, this.shopId, { field, skus }));
  }

  countProducts(selection: CatalogueSelection): Promise<number> {
    return this.#transaction((reading) => countProducts(reading, selection));
  }

  nextPriceChangeMs(afterMs: number): Promise<number | null> {
    return this.#transaction(async (reading) => {
      const { clock } = await readShopGround(reading, this.shopId);
      return readNextPriceChange(reading, { shopId: this.shopId, clock, afterMs });
    });
  }

  stockStretches(): AsyncGenerator<StockStretch, void> {
    return readStockStretches(this.#transaction, this.shopId);
  }

  repricedBetween(afterMs: number, untilMs: number): AsyncGenerator<readonly number[], void> {
    return readRepriced(this.#transaction, { shopId: this.shopId, afterMs, untilMs });
  }

  #startBatch(plan: ReadPlan, request: PageRequest): PageRead<CatalogueBatch | null> {
    let tellNextAfter: (after: number | null) => void = () => undefined;
    const nextAfter = new Promise<number | null>((resolve) => {
      tellNextAfter = resolve;
    });
    const content = this.#transaction(async (reading) => {
      const page = await readCataloguePage(reading, request);
      tellNextAfter(page?.nextAfter ?? null);
      return page === null ? null : readBatchRows(reading, plan, page);
    });
    return { nextAfter, content: content.then((rows) => batchOf(plan, rows)).finally(() => tellNextAfter(null)) };
  }
}

function batchOf(plan: ReadPlan, rows: BatchRows | null): CatalogueBatch | null {
  if (rows === null) return null;
  const { page, stock, components } = rows;
  const stockDigests = () =>
    new StockDigestSums(stockTermsOf(plan.ground.configuration))
      .addStock(stock.all())
      .addComponents(components)
      .of(page.products.map((product) => product.id));
  return { productIds: page.productIds, items: ItemBuilder.itemsOf(plan, rows), stockDigests };
}

/** Products asked for by id are read in key order, each once. */
function inOrder(selection: CatalogueSelection): CatalogueSelection {
  if (selection.kind !== 'products') return selection;
  return { kind: 'products', productIds: [...new Set(selection.productIds)].sort((a, b) => a - b) };
}
