import type { PlacedProduct } from '../demo-catalogue.js';
import { shareOf } from '../expand-family.js';
import type { SeedDay } from '../seed-day.js';
import { demoSuppliers } from '../words/brands.js';
import { supplierId } from './brand-rows.js';
import { CURRENCY_IDS } from './currency-rows.js';
import type { DemoRow, DemoTables } from './demo-row.js';
import { defaultCombinationId } from './product-rows.js';

/** The combinations of every third product have a cost of their own; the others take the product's. */
const OWN_COST_EVERY = 3;

/** Rows of ps_product_attribute, ps_product_attribute_shop and ps_product_supplier. */
export function combinationRows(products: readonly PlacedProduct[], day: SeedDay): DemoTables {
  return {
    product_attribute: products.flatMap((product) =>
      product.combinations.map((one, index) => ({
        id_product_attribute: product.combinationIds[index] ?? 0,
        id_product: product.productId,
        reference: one.reference,
        supplier_reference: '',
        ean13: one.ean13,
        isbn: '',
        upc: one.upc,
        mpn: one.mpn,
      })),
    ),
    product_attribute_shop: products.flatMap((product) => combinationShopRows(product, day)),
    product_supplier: numbered(products.flatMap(supplierRows)),
  };
}

function combinationShopRows(product: PlacedProduct, day: SeedDay): readonly DemoRow[] {
  return product.combinations.flatMap((one, index) =>
    one.shops.map((shopId) => {
      const combinationId = product.combinationIds[index] ?? 0;
      return {
        id_product: product.productId,
        id_product_attribute: combinationId,
        id_shop: shopId,
        wholesale_price: product.productId % OWN_COST_EVERY === 0 ? shareOf(product.cost, '1.05') : '0.000000',
        price: one.priceImpact,
        ecotax: '0.000000',
        weight: one.weightImpactKg,
        unit_price_impact: '0.000000',
        // 1 or NULL, never 0: the unique key allows one 1 for each product and shop.
        default_on: combinationId === defaultCombinationId(product, shopId) ? 1 : null,
        minimal_quantity: one.minimalQuantity,
        available_date: one.availableInDays === null ? '0000-00-00' : day.date(one.availableInDays),
      };
    }),
  );
}

/** The product's row and one for each combination, as PrestaShop's own samples have them. */
function supplierRows(product: PlacedProduct): readonly DemoRow[] {
  const code = demoSuppliers.find((one) => one.code === product.supplier)?.code ?? '';
  return [0, ...product.combinationIds].map((combinationId, index) => ({
    id_product: product.productId,
    id_product_attribute: combinationId,
    id_supplier: supplierId(product.supplier),
    product_supplier_reference: `${code}${String(product.productId).padStart(4, '0')}${combinationId === 0 ? '' : `/${index}`}`,
    product_supplier_price_te: product.cost,
    id_currency: CURRENCY_IDS.EUR,
  }));
}

function numbered(rows: readonly DemoRow[]): readonly DemoRow[] {
  return rows.map((row, index) => ({ id_product_supplier: index + 1, ...row }));
}
