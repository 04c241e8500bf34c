import type { ShopGround } from '../prestashop-database/shop-ground.js';
import type { SpecificPrice } from '../price-engine/specific-price.js';
import type { WebserviceReading } from './ground-reader.js';
import { type ListRequest, readList } from './list-records.js';
import type { WebserviceRecord } from './webservice-record.js';

const DISPLAY = [
  'id_specific_price_rule',
  'id_cart',
  'id_product',
  'id_product_attribute',
  'id_shop',
  'id_currency',
  'id_country',
  'id_group',
  'id_customer',
  'from_quantity',
  'price',
  'reduction',
  'reduction_type',
  'reduction_tax',
  'from',
  'to',
];

/** The rows that can concern an anonymous buyer of one piece: what a request for `specific_prices` begins with. */
export function anonymousPrices(shopId: number): ListRequest {
  return {
    resource: 'specific_prices',
    shopId,
    display: DISPLAY,
    filters: { id_customer: '[0]', id_cart: '[0]' },
  };
}

/** Reads the specific prices that hold for every product (product 0). */
export async function readGeneralPrices(
  { client, shopId }: WebserviceReading,
  ground: ShopGround,
): Promise<readonly SpecificPrice[]> {
  if (!usesSpecificPrices(ground)) return [];
  const request = anonymousPrices(shopId);
  const rows = await readList(client, { ...request, filters: { ...request.filters, id_product: '[0]' } });
  return rows.map(specificPriceOf).filter((price) => price.productId === 0 && concerns(price, shopId));
}

export function usesSpecificPrices(ground: ShopGround): boolean {
  return ground.configuration.flag('PS_SPECIFIC_PRICE_FEATURE_ACTIVE');
}

/** Whether a row can hold for one piece in this shop, whatever the server's filters made of the request. */
export function concerns(price: SpecificPrice, shopId: number): boolean {
  const inShop = price.shopId === 0 || price.shopId === shopId;
  return inShop && price.customerId === 0 && price.cartId === 0 && price.fromQuantity <= 1;
}

/** One row of `specific_prices`. */
export function specificPriceOf(row: WebserviceRecord): SpecificPrice {
  const fixedPrice = row.decimal('price');
  return {
    id: row.id,
    ruleId: row.integer('id_specific_price_rule'),
    cartId: row.integer('id_cart'),
    productId: row.integer('id_product'),
    combinationId: row.integer('id_product_attribute'),
    shopId: row.integer('id_shop'),
    currencyId: row.integer('id_currency'),
    countryId: row.integer('id_country'),
    groupId: row.integer('id_group'),
    customerId: row.integer('id_customer'),
    fromQuantity: row.integer('from_quantity'),
    fixedPrice: fixedPrice < 0n ? null : fixedPrice,
    reduction: row.decimal('reduction'),
    reductionType: row.text('reduction_type') === 'amount' ? 'amount' : 'percentage',
    reductionWithTax: row.flag('reduction_tax'),
    from: row.date('from'),
    to: row.date('to'),
  };
}
