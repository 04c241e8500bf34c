import type { Feedbridge } from '../compose.js';
import { defineError } from '../core/errors.js';

const ProductsUnknown = defineError<{ productIds: readonly number[]; shopId: number }>(
  'PRODUCTS_UNKNOWN',
  422,
  ({ productIds, shopId }) =>
    `Expected products of shop ${shopId}, got ${productIds.join(', ')}, which it does not have. Give the numbers that PrestaShop shows under Catalog > Products.`,
);

const CombinationUnknown = defineError<{ productId: number; received: number; known: readonly number[] }>(
  'COMBINATION_UNKNOWN',
  422,
  ({ productId, received, known }) =>
    `Expected a combination of product ${productId} (${known.join(', ') || 'it has none'}), got ${received}. Leave --combination out for all of them.`,
);

type ShopParts = Pick<Feedbridge, 'shop' | 'clock'>;
type Item = { readonly productId: number; readonly combinationId: number };

/**
 * Makes sure that a shop has these products, so that a mistyped number is not taken for done.
 *
 * @throws ProductsUnknown naming those that it lacks
 */
export async function assertProducts(productIds: readonly number[], shopId: number, parts: ShopParts): Promise<void> {
  const found = new Set((await itemsOf(productIds, shopId, parts)).map((item) => item.productId));
  const missing = productIds.filter((id) => !found.has(id));
  if (missing.length > 0) throw new ProductsUnknown({ productIds: missing, shopId });
}

/**
 * Makes sure that a shop has a product with that combination; 0 = all of them.
 *
 * @throws ProductsUnknown, CombinationUnknown
 */
export async function assertCombination(item: Item & { readonly shopId: number }, parts: ShopParts): Promise<void> {
  const { shopId, productId, combinationId } = item;
  await assertProducts([productId], shopId, parts);
  if (combinationId === 0) return;
  const known = (await itemsOf([productId], shopId, parts)).map((one) => one.combinationId).filter((id) => id > 0);
  if (!known.includes(combinationId)) throw new CombinationUnknown({ productId, received: combinationId, known });
}

async function itemsOf(
  productIds: readonly number[],
  shopId: number,
  { shop, clock }: ShopParts,
): Promise<readonly Item[]> {
  const selection = { kind: 'products' as const, productIds };
  const query = { selection, priceViews: [], textLanguages: [], withImages: false, atMs: clock.nowMs() };
  const found: Item[] = [];
  for await (const { items } of shop.catalogue(shopId).batches(query))
    for (const { productId, combinationId } of items) found.push({ productId, combinationId });
  return found;
}
