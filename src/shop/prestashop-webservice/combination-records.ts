import type { ExactPrice } from '../../core/money.js';
import type { WebserviceReading } from './ground-reader.js';
import type { ListRequest } from './list-records.js';
import { figureOf, plannedViews, priceParameters } from './pricing-reader.js';
import { codesOf, type ProductDisplay } from './product-records.js';
import type { WebserviceRecord } from './webservice-record.js';

/** A combination as one shop context shows it; amounts tax excluded, in the shop's default currency. */
export interface ShopCombination {
  readonly id: number;
  readonly productId: number;
  readonly reference: string;
  readonly ean13: string;
  readonly upc: string;
  readonly mpn: string;
  /** Added to the product's price. */
  readonly impact: ExactPrice;
  /** Replaces the product's when above 0. */
  readonly ecotax: ExactPrice;
  readonly cost: ExactPrice;
  readonly minimalQuantity: number;
  readonly availableDate: string | null;
  /** Attribute values such as "M". */
  readonly valueIds: readonly number[];
  readonly imageIds: readonly number[];
  /** PrestaShop's own price of now per planned view. */
  readonly figures: readonly ExactPrice[];
}

const FIELDS = [
  'id_product',
  'reference',
  'ean13',
  'upc',
  'price',
  'ecotax',
  'wholesale_price',
  'minimal_quantity',
  'available_date',
];

/** The request for combinations with the fields that are needed. */
export function combinationRequest({ shopId, fields }: WebserviceReading, display: ProductDisplay): ListRequest {
  return {
    resource: 'combinations',
    shopId,
    display: [
      ...FIELDS,
      ...(fields.combinationMpn ? ['mpn'] : []),
      ...(display.withTexts ? ['product_option_values[id]'] : []),
      ...(display.withImages ? ['images[id]'] : []),
      ...plannedViews(display.pricing).map(({ field }) => field),
    ],
    parameters: priceParameters(display.pricing),
  };
}

/** One combination of an answer to `combinationRequest`. */
export function combinationOf(
  row: WebserviceRecord,
  { fields }: WebserviceReading,
  display: ProductDisplay,
): ShopCombination {
  return {
    ...codesOf(row, fields.combinationMpn),
    id: row.id,
    productId: row.integer('id_product'),
    impact: row.decimal('price'),
    // Before 1.7 a price takes the product's ecotax alone.
    ecotax: fields.productState ? row.decimal('ecotax') : 0n,
    cost: row.decimal('wholesale_price'),
    minimalQuantity: row.integer('minimal_quantity'),
    availableDate: row.date('available_date'),
    valueIds: display.withTexts ? row.associated('product_option_values').map(({ id }) => id) : [],
    imageIds: display.withImages ? row.associated('images').map(({ id }) => id) : [],
    figures: plannedViews(display.pricing).map(({ field }) => figureOf(row.text(field))),
  };
}
