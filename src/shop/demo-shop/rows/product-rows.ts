import type { PlacedProduct } from '../demo-catalogue.js';
import { demoGroupReductions, demoPriorities } from '../demo-sales.js';
import { shareOf } from '../expand-family.js';
import type { SeedDay } from '../seed-day.js';
import { steadyNumber } from '../steady-number.js';
import { manufacturerId, supplierId } from './brand-rows.js';
import { categoryIdsOf, type PlacedCategory } from './category-rows.js';
import { DEMO_SHOP_IDS, type DemoRow, type DemoTables, flag } from './demo-row.js';
import { TAX_GROUP_IDS } from './tax-rows.js';

/** The outlet sells at this share of the shop's price. */
const OUTLET_PRICE_SHARE = '0.70';
const BUSINESS_GROUP_ID = 4;
/** PrestaShop's "as the shop's configuration says". */
const PACK_STOCK_DEFAULT = 3;
const NO_DECIMAL = '0.000000';

/** Rows of ps_product, ps_product_shop, ps_pack, the priorities of specific prices and the group reductions of products. */
export function productRows(
  products: readonly PlacedProduct[],
  categories: readonly PlacedCategory[],
  day: SeedDay,
): DemoTables {
  const ids = new Map(products.map((one) => [one.key, one.productId]));
  return {
    product: products.map((one) => productRow(one, day)),
    product_shop: products.flatMap((one) => one.shops.map((shopId) => productShopRow(one, shopId, categories, day))),
    pack: products.flatMap((one) =>
      one.packOf.map(({ key, quantity }) => ({
        id_product_pack: one.productId,
        id_product_item: ids.get(key) ?? 0,
        id_product_attribute_item: 0,
        quantity,
      })),
    ),
    specific_price_priority: Object.entries(demoPriorities).map(([key, priority], index) => ({
      id_specific_price_priority: index + 1,
      id_product: ids.get(key) ?? 0,
      priority,
    })),
    product_group_reduction_cache: products.flatMap((one) => {
      const reduction = demoGroupReductions[one.key.split('-')[0] ?? ''];
      return reduction === undefined ? [] : [{ id_product: one.productId, id_group: BUSINESS_GROUP_ID, reduction }];
    }),
  };
}

/** Some day of the last two years, and a later one on which somebody edited the product. */
function productDates(product: PlacedProduct, day: SeedDay): { date_add: string; date_upd: string } {
  const age = 120 + steadyNumber(`added ${product.key}`, 600);
  return {
    date_add: day.dateTime(-age, '09:30:00'),
    date_upd: day.dateTime(-steadyNumber(`edited ${product.key}`, 110) - 1, '16:45:00'),
  };
}

function productRow(product: PlacedProduct, day: SeedDay): DemoRow {
  return {
    id_product: product.productId,
    id_supplier: supplierId(product.supplier),
    id_manufacturer: manufacturerId(product.brand),
    id_shop_default: product.shops[0] ?? DEMO_SHOP_IDS[0],
    ean13: product.ean13,
    isbn: '',
    upc: product.upc,
    mpn: product.mpn,
    reference: product.reference,
    supplier_reference: '',
    width: NO_DECIMAL,
    height: NO_DECIMAL,
    depth: NO_DECIMAL,
    weight: product.weightKg.padEnd(8, '0'),
    is_virtual: flag(product.virtual),
    cache_is_pack: flag(product.packOf.length > 0),
    state: flag(!product.draft),
    product_type: productType(product),
    ...productDates(product, day),
  };
}

function productType(product: PlacedProduct): string {
  if (product.combinations.length > 0) return 'combinations';
  if (product.packOf.length > 0) return 'pack';
  return product.virtual ? 'virtual' : 'standard';
}

function productShopRow(
  product: PlacedProduct,
  shopId: number,
  categories: readonly PlacedCategory[],
  day: SeedDay,
): DemoRow {
  return {
    id_product: product.productId,
    id_shop: shopId,
    id_category_default: categoryIdsOf(categories, product.category).at(-1) ?? null,
    id_tax_rules_group: TAX_GROUP_IDS[product.tax],
    on_sale: 0,
    online_only: 0,
    ecotax: product.ecotax,
    minimal_quantity: product.minimalQuantity,
    price: shopId === DEMO_SHOP_IDS[0] ? product.price : shareOf(product.price, OUTLET_PRICE_SHARE),
    wholesale_price: product.cost,
    unit_price: NO_DECIMAL,
    additional_shipping_cost: NO_DECIMAL,
    active: flag(product.active),
    redirect_type: 'default',
    available_for_order: flag(product.availableForOrder),
    available_date: product.availableInDays === null ? '0000-00-00' : day.date(product.availableInDays),
    condition: product.condition,
    show_price: flag(true),
    indexed: flag(true),
    visibility: product.visibility,
    cache_default_attribute: defaultCombinationId(product, shopId) ?? 0,
    pack_stock_type: PACK_STOCK_DEFAULT,
    ...productDates(product, day),
  };
}

/** The combination that a product's page shows first in a shop: the first one sold there. */
export function defaultCombinationId(product: PlacedProduct, shopId: number): number | undefined {
  return product.combinationIds.find((_, index) => product.combinations[index]?.shops.includes(shopId));
}
