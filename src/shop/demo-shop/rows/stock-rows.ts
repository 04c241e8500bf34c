import type { PlacedProduct } from '../demo-catalogue.js';
import { DEMO_SHOP_GROUP_ID, type DemoRow, type DemoTables } from './demo-row.js';

/** Combination rows carry this value, which PrestaShop ignores: only the row of the product counts. */
const IGNORED_OUT_OF_STOCK = 0;

/**
 * Rows of ps_stock_available, one for each shop, product and combination; the product's own row is the sum of its combinations.
 *
 * @source measured PrestaShop facts, section 5: the group does not share its stock, so rows have the shop and group 0
 */
export function stockRows(products: readonly PlacedProduct[]): DemoTables {
  const rows = products.flatMap((product) => [
    ...product.shops.flatMap((shopId) => ownRows(product, shopId)),
    ...staleRows(product),
  ]);
  return { stock_available: rows.map((row, index) => ({ id_stock_available: index + 1, ...row })) };
}

function ownRows(product: PlacedProduct, shopId: number): readonly DemoRow[] {
  const place = { productId: product.productId, shopId, groupId: 0 };
  if (product.combinations.length === 0) {
    if (product.stock === null) return [];
    return [stockRow(place, { combinationId: 0, quantity: product.stock, outOfStock: product.outOfStock })];
  }
  const sold = product.combinations.map((one, index) => ({ ...one, id: product.combinationIds[index] ?? 0 }));
  const here = sold.filter((one) => one.shops.includes(shopId));
  const sum = here.reduce((total, one) => total + one.stock, 0);
  return [
    stockRow(place, { combinationId: 0, quantity: sum, outOfStock: product.outOfStock }),
    ...here.map((one) =>
      stockRow(place, { combinationId: one.id, quantity: one.stock, outOfStock: IGNORED_OUT_OF_STOCK }),
    ),
  ];
}

/** What a group that once shared its stock leaves behind. */
function staleRows(product: PlacedProduct): readonly DemoRow[] {
  if (product.staleStock === null) return [];
  const place = { productId: product.productId, shopId: 0, groupId: DEMO_SHOP_GROUP_ID };
  return [stockRow(place, { combinationId: 0, quantity: product.staleStock, outOfStock: 1 })];
}

function stockRow(
  place: { readonly productId: number; readonly shopId: number; readonly groupId: number },
  stock: { readonly combinationId: number; readonly quantity: number; readonly outOfStock: number },
): DemoRow {
  return {
    id_product: place.productId,
    id_product_attribute: stock.combinationId,
    id_shop: place.shopId,
    id_shop_group: place.groupId,
    quantity: stock.quantity,
    physical_quantity: stock.quantity,
    reserved_quantity: 0,
    depends_on_stock: 0,
    out_of_stock: stock.outOfStock,
  };
}
