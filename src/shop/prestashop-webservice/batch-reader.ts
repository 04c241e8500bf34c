import type { Clock } from '../../core/clock.js';
import { groupBy } from '../../core/group-by.js';
import type { Row } from '../../db/read-rows.js';
import type { BatchScope } from './batch-scope.js';
import { combinationOf, combinationRequest, type ShopCombination } from './combination-records.js';
import type { AskedTime, ProductSpecificPrices } from './judged-prices.js';
import { alternatives, readByIds, readList } from './list-records.js';
import { type PackReading, readPacks } from './pack-reader.js';
import { productOf, productRequest, type ShopProduct } from './product-records.js';
import { anonymousPrices, concerns, specificPriceOf, usesSpecificPrices } from './specific-prices.js';
import { readStockRows } from './stock-rows.js';

/** One page of products: everything looked at, and what the shop showed of it. */
export interface ProductPage {
  /** Ascending; with products that were asked for by id and are not there. */
  readonly productIds: readonly number[];
  readonly products: readonly ShopProduct[];
  /** All products of the shop between the first and the last are in it, so that what belongs to them is asked for by range. */
  readonly dense: boolean;
  readonly asked: AskedTime;
}

/** Everything the Webservice said about one page of products. */
export interface BatchContent {
  readonly page: ProductPage;
  readonly products: readonly ShopProduct[];
  /** Of this shop context, by product, in id order. */
  readonly combinations: ReadonlyMap<number, readonly ShopCombination[]>;
  readonly specificPrices: ProductSpecificPrices;
  /** By "product-combination": the reference at the product's own supplier. */
  readonly supplierReferences: ReadonlyMap<string, string>;
  /** By tag; empty unless texts are wanted. */
  readonly tags: ReadonlyMap<number, Tag>;
  /** By product: product, combination, quantity, out_of_stock. */
  readonly stock: ReadonlyMap<number, readonly Row[]>;
  readonly packs: PackReading;
  readonly asked: AskedTime;
}

export interface Tag {
  readonly languageId: number;
  readonly name: string;
}

/** Reads everything about one page of products; stock comes last, to be as young as possible. */
export async function readBatch(scope: BatchScope, clock: Clock, page: ProductPage): Promise<BatchContent> {
  const { products, combinations } = await readItems(scope, page);
  const filters = productFilters(page);
  const [specificPrices, supplierReferences, tags] = await Promise.all([
    readSpecificPrices(scope, filters),
    readSupplierReferences(scope, filters, products),
    readTags(scope, products),
  ]);
  const asked = { startMs: page.asked.startMs, endMs: clock.nowMs() };
  const { client } = scope.reading;
  const [stock, packs] = await Promise.all([
    readStockRows(client, scope.ground.identity, filters),
    readPacks(scope.reading, scope.ground, products),
  ]);
  return {
    ...{ page, products, combinations, specificPrices, supplierReferences, tags, packs, asked },
    stock: groupBy(stock, (row) => Number(row[0])),
  };
}

interface Items {
  readonly products: readonly ShopProduct[];
  readonly combinations: ReadonlyMap<number, readonly ShopCombination[]>;
}

/**
 * Reads the combinations of the products. Product and combinations say of each other that they belong together; where they do
 * not agree, something changed between the two calls, and that product is read once more. What they do not agree about then is
 * no item: sold by neither.
 */
async function readItems(scope: BatchScope, page: ProductPage): Promise<Items> {
  const first = byProduct(await readCombinations(scope, productFilters(page)));
  const torn = page.products.filter((product) => !belongTogether(product, first.get(product.id)));
  if (torn.length === 0) return { products: page.products, combinations: first };
  const ids = torn.map(({ id }) => id);
  const again = new Map((await readProducts(scope, ids)).map((product) => [product.id, product]));
  const second = byProduct(await readCombinations(scope, alternatives(ids)));
  const tornIds = new Set(ids);
  const products = page.products.flatMap((product) =>
    tornIds.has(product.id) ? (again.get(product.id) ?? []) : product,
  );
  return {
    products,
    combinations: new Map(
      products.map((product) => {
        const found = (tornIds.has(product.id) ? second : first).get(product.id) ?? [];
        return [product.id, found.filter(({ id }) => product.combinationIds.includes(id))];
      }),
    ),
  };
}

function byProduct(combinations: readonly ShopCombination[]): ReadonlyMap<number, readonly ShopCombination[]> {
  return groupBy(combinations, ({ productId }) => productId);
}

function belongTogether(product: ShopProduct, combinations: readonly ShopCombination[] = []): boolean {
  const own = new Set(product.combinationIds);
  return own.size === combinations.length && combinations.every(({ id }) => own.has(id));
}

/** Reads products by their ids; those that the shop context does not have are left out. */
export async function readProducts(scope: BatchScope, ids: readonly number[]): Promise<readonly ShopProduct[]> {
  const rows = await readByIds(scope.reading.client, productRequest(scope.reading, scope.display), ids);
  return rows.map((row) => productOf(row, scope.reading, scope.display));
}

async function readCombinations(scope: BatchScope, filters: readonly string[]): Promise<readonly ShopCombination[]> {
  const { reading, display } = scope;
  const request = combinationRequest(reading, display);
  const found: ShopCombination[] = [];
  for (const id_product of filters)
    for (const row of await readList(reading.client, { ...request, filters: { id_product } }))
      found.push(combinationOf(row, reading, display));
  return found.sort((a, b) => a.productId - b.productId || a.id - b.id);
}

/** Filters of `id_product` that name the products of a page. */
function productFilters({ dense, products, productIds }: ProductPage): readonly string[] {
  const [first, last] = [products[0], products.at(-1)];
  if (dense && first !== undefined && last !== undefined && first !== last) return [`[${first.id},${last.id}]`];
  return alternatives(productIds);
}

async function readSpecificPrices(scope: BatchScope, filters: readonly string[]): Promise<ProductSpecificPrices> {
  const { reading, ground, display } = scope;
  if (display.pricing.generalPrices === null) return null;
  if (display.pricing.views.length === 0 || !usesSpecificPrices(ground)) return new Map();
  const request = anonymousPrices(reading.shopId);
  const prices = [];
  for (const id_product of filters) {
    const rows = await readList(reading.client, { ...request, filters: { ...request.filters, id_product } });
    prices.push(...rows.map(specificPriceOf).filter((price) => concerns(price, reading.shopId)));
  }
  return groupBy(prices, ({ productId }) => productId);
}

async function readSupplierReferences(
  scope: BatchScope,
  filters: readonly string[],
  products: readonly ShopProduct[],
): Promise<ReadonlyMap<string, string>> {
  const { client, shopId } = scope.reading;
  const suppliers = new Map(products.map(({ id, supplierId }) => [id, supplierId]));
  const display = ['id_product', 'id_product_attribute', 'id_supplier', 'product_supplier_reference'];
  const references = new Map<string, string>();
  if ([...suppliers.values()].every((id) => id === 0)) return references;
  for (const id_product of filters)
    for (const row of await readList(client, {
      resource: 'product_suppliers',
      shopId,
      display,
      filters: { id_product },
    })) {
      const productId = row.integer('id_product');
      if (suppliers.get(productId) !== row.integer('id_supplier')) continue;
      const key = `${productId}-${row.integer('id_product_attribute')}`;
      if (!references.has(key)) references.set(key, row.text('product_supplier_reference'));
    }
  return references;
}

async function readTags(scope: BatchScope, products: readonly ShopProduct[]): Promise<ReadonlyMap<number, Tag>> {
  const { client, shopId } = scope.reading;
  const ids = products.flatMap(({ tagIds }) => tagIds);
  const rows = await readByIds(client, { resource: 'tags', shopId, display: ['id_lang', 'name'] }, ids);
  return new Map(rows.map((row) => [row.id, { languageId: row.integer('id_lang'), name: row.text('name') }]));
}
