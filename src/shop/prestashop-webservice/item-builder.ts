import type { Row } from '../../db/read-rows.js';
import type { CatalogueItem } from '../catalogue.js';
import { STOCK, sellsWhenOut } from '../prestashop-database/stock-reader.js';
import type { BatchContent } from './batch-reader.js';
import type { BatchScope } from './batch-scope.js';
import type { ShopCombination } from './combination-records.js';
import { itemTextsOf } from './item-texts.js';
import { JudgedPrices, type PriceTally } from './judged-prices.js';
import type { ShopProduct } from './product-records.js';

/** Puts the items of one batch together, in (product, combination) order. */
export function itemsOf(scope: BatchScope, content: BatchContent, tally: PriceTally): readonly CatalogueItem[] {
  const prices = new JudgedPrices(scope, content.specificPrices, { asked: content.asked, tally });
  return content.products.flatMap((product) => {
    prices.startProduct(product.id, product.taxRulesGroupId);
    const own = content.combinations.get(product.id) ?? [];
    const item = (combination: ShopCombination | null) => itemOf({ scope, content, prices }, product, combination);
    // A product that names combinations is never sold by itself: its own stock row is the sum of theirs.
    if (product.combinationIds.length > 0) return own.map(item);
    return [item(null)];
  });
}

interface Bench {
  readonly scope: BatchScope;
  readonly content: BatchContent;
  readonly prices: JudgedPrices;
}

function itemOf(bench: Bench, product: ShopProduct, combination: ShopCombination | null): CatalogueItem {
  const combinationId = combination?.id ?? 0;
  const { scope, content } = bench;
  const cost = combination === null || combination.cost === 0n ? product.cost : combination.cost;
  return {
    productId: product.id,
    combinationId,
    ...ownFieldsOf(combination ?? product),
    supplierReference: content.supplierReferences.get(`${product.id}-${combinationId}`) ?? '',
    inShop: true,
    draft: product.draft,
    active: product.active,
    availableForOrder: product.availableForOrder,
    virtual: product.virtual,
    visibility: product.visibility,
    condition: product.condition,
    manufacturerId: product.manufacturerId,
    manufacturerName: product.manufacturerName,
    supplierId: product.supplierId,
    categoryIds: product.categoryIds,
    ...stockOf(bench, product, combinationId),
    cost: cost > 0n ? cost : null,
    prices: pricesOf(bench, product, combination),
    texts: itemTextsOf(scope, content.tags, { product, combination }),
    imageUrls: scope.display.withImages ? imageUrlsOf(scope, product, combination) : null,
  };
}

/** What a combination has for itself: an empty code is empty, never the product's. */
function ownFieldsOf(
  item: ShopProduct | ShopCombination,
): Pick<CatalogueItem, 'reference' | 'ean13' | 'upc' | 'mpn' | 'minimalQuantity' | 'availableDate'> {
  const { reference, ean13, upc, mpn, minimalQuantity, availableDate } = item;
  return { reference, ean13, upc, mpn, minimalQuantity, availableDate };
}

function pricesOf(
  { prices }: Bench,
  product: ShopProduct,
  combination: ShopCombination | null,
): CatalogueItem['prices'] {
  const ecotax = combination?.ecotax ?? 0n;
  const item = {
    productPrice: product.price,
    combinationImpact: combination?.impact ?? 0n,
    ecotax: ecotax > 0n ? ecotax : product.ecotax,
  };
  const key = { productId: product.id, combinationId: combination?.id ?? 0 };
  return prices.of(item, key, combination?.figures ?? product.figures);
}

function stockOf(
  { scope, content }: Bench,
  product: ShopProduct,
  combinationId: number,
): Pick<CatalogueItem, 'stockQuantity' | 'sellsWhenOutOfStock'> {
  const rows = content.stock.get(product.id) ?? [];
  const rowOf = (id: number): Row | undefined => rows.find((row) => row[STOCK.combination] === id);
  const quantity = Number(rowOf(combinationId)?.[STOCK.quantity] ?? 0);
  const isPack = product.pack && combinationId === 0;
  return {
    stockQuantity: isPack ? content.packs.stock.quantityOf(product.id, product.packStockType, quantity) : quantity,
    sellsWhenOutOfStock: sellsWhenOut(rowOf(0), scope.ground.configuration.flag('PS_ORDER_OUT_OF_STOCK')),
  };
}

/** A combination's own images by position, else the product's; those that this shop does not have are in neither. */
function imageUrlsOf(scope: BatchScope, product: ShopProduct, combination: ShopCombination | null): readonly string[] {
  const own = new Set(combination?.imageIds ?? []);
  const chosen = product.positionedImageIds.filter((id) => own.has(id));
  const name = product.linkRewrite.get(scope.defaultLanguageId) ?? '';
  const imageIds = chosen.length > 0 ? chosen : product.imageIds;
  return imageIds.map((imageId) => scope.imageUrl({ productId: product.id, imageId, name }));
}
