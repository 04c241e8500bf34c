import type { PlacedProduct } from '../demo-catalogue.js';
import { type DemoSale, demoSales, type SaleEdge } from '../demo-sales.js';
import { shareOf } from '../expand-family.js';
import { type SeedDay, ZERO_DATE_TIME } from '../seed-day.js';
import { CURRENCY_IDS } from './currency-rows.js';
import type { DemoRow, DemoTables } from './demo-row.js';
import { countryId } from './tax-rows.js';

/** PrestaShop's "the product's own price stays". */
const KEEP_PRICE = '-1.000000';

/** Rows of ps_specific_price, with the dates that the seeding day gives them. */
export function specificPriceRows(products: readonly PlacedProduct[], day: SeedDay): DemoTables {
  return { specific_price: demoSales.map((sale, index) => specificPriceRow(sale, index + 1, products, day)) };
}

function specificPriceRow(sale: DemoSale, id: number, products: readonly PlacedProduct[], day: SeedDay): DemoRow {
  const product = products.find((one) => one.key === sale.product);
  if (!product)
    throw new Error(
      `Expected the product ${sale.product} of the sale "${sale.shows}" in the demo catalogue, found none.`,
    );
  return {
    id_specific_price: id,
    id_specific_price_rule: sale.rule ?? 0,
    id_cart: sale.cart ?? 0,
    id_product: product.productId,
    id_shop: sale.shop ?? 0,
    id_shop_group: 0,
    id_currency: sale.currency ? CURRENCY_IDS[sale.currency] : 0,
    id_country: sale.country ? countryId(sale.country) : 0,
    id_group: sale.group ?? 0,
    id_customer: sale.customer ?? 0,
    id_product_attribute: sale.combination === undefined ? 0 : (product.combinationIds[sale.combination] ?? 0),
    price: sale.price ?? KEEP_PRICE,
    from_quantity: sale.quantity ?? 1,
    ...reductionOf(sale.reduction),
    from: edge(sale.from, day),
    to: edge(sale.to, day),
  };
}

/** "20 %" is stored as the fraction 0.200000; amounts as they are. */
function reductionOf(text: DemoSale['reduction']): DemoRow {
  const [amount = '0', unit = 'excl'] = text?.split(' ') ?? [];
  if (unit === '%') return { reduction: shareOf(amount, '0.01'), reduction_tax: 1, reduction_type: 'percentage' };
  return { reduction: shareOf(amount, '1'), reduction_tax: unit === 'incl' ? 1 : 0, reduction_type: 'amount' };
}

function edge(at: SaleEdge | undefined, day: SeedDay): string {
  return at ? day.dateTime(at[0], at[1]) : ZERO_DATE_TIME;
}
