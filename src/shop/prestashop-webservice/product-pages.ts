import type { Clock } from '../../core/clock.js';
import type { CatalogueSelection } from '../catalogue.js';
import { type ProductPage, readProducts } from './batch-reader.js';
import type { BatchScope } from './batch-scope.js';
import { demandProducts } from './demand-products.js';
import type { WebserviceReading } from './ground-reader.js';
import { readPage, readProvenPage } from './list-records.js';
import { productOf, productRequest, type ShopProduct } from './product-records.js';

export interface PageSize {
  readonly mostProducts: number;
  /** A page holds no more combinations than this, unless its one product does. */
  readonly mostCombinations: number;
}

/** Reads the products of a selection in pages, ascending. */
export async function* readProductPages(
  scope: BatchScope,
  clock: Clock,
  { selection, ...size }: PageSize & { readonly selection: CatalogueSelection },
): AsyncGenerator<ProductPage> {
  if (selection.kind === 'all') yield* readAllPages(scope, clock, size);
  else yield* readPagesByIds(scope, clock, { ids: await readSelectedIds(scope.reading, selection), ...size });
}

async function* readAllPages(scope: BatchScope, clock: Clock, size: PageSize): AsyncGenerator<ProductPage> {
  const { reading, display } = scope;
  const request = productRequest(reading, display);
  for (let after = 0; ; ) {
    const startMs = clock.nowMs();
    const rows = await readProvenPage(reading.client, request, { after, limit: size.mostProducts });
    if (rows.length === 0 && after === 0) await demandProducts(reading, scope.ground);
    if (rows.length === 0) return;
    const products = cutShort(
      rows.map((row) => productOf(row, reading, display)),
      size.mostCombinations,
    );
    const productIds = products.map(({ id }) => id);
    yield { productIds, products, dense: true, asked: { startMs, endMs: clock.nowMs() } };
    after = productIds.at(-1) ?? Number.MAX_SAFE_INTEGER;
  }
}

async function* readPagesByIds(
  scope: BatchScope,
  clock: Clock,
  { ids, mostProducts, mostCombinations }: PageSize & { readonly ids: readonly number[] },
): AsyncGenerator<ProductPage> {
  for (let rest = ids; rest.length > 0; ) {
    const startMs = clock.nowMs();
    const page = rest.slice(0, mostProducts);
    const found = await readProducts(scope, page);
    if (found.length === 0) await demandProducts(scope.reading, scope.ground);
    const products = cutShort(found, mostCombinations);
    const next = found[products.length]?.id;
    const productIds = next === undefined ? page : page.filter((id) => id < next);
    yield { productIds, products, dense: false, asked: { startMs, endMs: clock.nowMs() } };
    rest = rest.slice(productIds.length);
  }
}

/** Keeps the first products whose combinations fit together, at least one product. */
function cutShort(products: readonly ShopProduct[], most: number): readonly ShopProduct[] {
  let total = 0;
  const end = products.findIndex(({ combinationIds }, index) => {
    total += combinationIds.length;
    return index > 0 && total > most;
  });
  return end < 0 ? products : products.slice(0, end);
}

/** The products of a selection that is no "all", ascending, each once. */
export async function readSelectedIds(
  { client, shopId }: WebserviceReading,
  selection: Exclude<CatalogueSelection, { readonly kind: 'all' }>,
): Promise<readonly number[]> {
  if (selection.kind === 'products') return inOrder(selection.productIds);
  const { categoryId } = selection;
  const request = { resource: 'categories', shopId, display: ['products[id]'], filters: { id: `[${categoryId}]` } };
  const [category] = await readPage(client, request, { after: 0 });
  return inOrder((category?.associated('products') ?? []).map(({ id }) => id));
}

function inOrder(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)].sort((a, b) => a - b);
}
