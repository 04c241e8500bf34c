import type { Cell, Row } from '../../db/read-rows.js';
import type { SpecificPrice } from '../price-engine/specific-price.js';
import type { BatchReading } from './batch-reading.js';
import { dateOf, decimalOf, flagOf, integerOf } from './read-cell.js';
import type { TableRead } from './read-tables.js';
import { RowCursor } from './row-cursor.js';

/** Which rows are worth reading. */
export interface SpecificPriceScope {
  readonly mostQuantity: number;
  /** Shop-local time; rows whose end lies before it are left out. */
  readonly endedBefore: string;
  /** Rows for one of these are read beside those for everybody. */
  readonly customerIds: readonly number[];
  readonly cartIds: readonly number[];
}

// PrestaShop declares its dates NOT NULL, "no date" is the zero date. Where one is NULL after all, PrestaShop's comparison with it fails and so does
// this one: such a row never applies.

/** Any real date is above it and the zero date, which means "no end", below: strict servers refuse to compare with zero itself. */
const ABOVE_ZERO_DATE = '1000-01-01 00:00:00';

/** Reads the specific prices of the batch's products, as a cursor in product order. */
export function readSpecificPrices(reading: BatchReading, scope: SpecificPriceScope): TableRead<RowCursor> {
  return {
    ...selectPrices(reading, reading.products.where('id_product'), scope),
    of: (rows) => new RowCursor(rows, PRODUCT_COLUMN),
  };
}

/** Reads the specific prices that hold for every product (product 0). */
export function readGeneralPrices(
  reading: Omit<BatchReading, 'products' | 'extents'>,
  scope: SpecificPriceScope,
): TableRead<readonly SpecificPrice[]> {
  return { ...selectPrices(reading, 'id_product = 0', scope), of: (rows) => rows.map(specificPriceOf) };
}

function selectPrices(
  { table, shop }: Omit<BatchReading, 'products' | 'extents'>,
  products: string,
  { mostQuantity, endedBefore, customerIds, cartIds }: SpecificPriceScope,
): { readonly sql: string; readonly bindings: readonly Cell[] } {
  return {
    sql: `SELECT id_specific_price, id_specific_price_rule, id_product, id_product_attribute, id_shop, id_currency,
        id_country, id_group, from_quantity, price, reduction, reduction_type, reduction_tax, \`from\`, \`to\`,
        id_customer, id_cart
      FROM ${table('specific_price')}
      WHERE ${products} AND id_shop IN (0, ${shop.shopId}) AND id_customer IN (${[0, ...customerIds].join(', ')})
        AND id_cart IN (${[0, ...cartIds].join(', ')})
        AND from_quantity <= ? AND \`from\` IS NOT NULL AND (\`to\` < ? OR \`to\` >= ?)
      ORDER BY id_product`,
    bindings: [mostQuantity, ABOVE_ZERO_DATE, endedBefore],
  };
}

const PRODUCT_COLUMN = 2;

/** One row of the readers above. */
export function specificPriceOf(row: Row): SpecificPrice {
  const fixedPrice = decimalOf(row[9]);
  return {
    id: integerOf(row[0]),
    ruleId: integerOf(row[1]),
    productId: integerOf(row[2]),
    combinationId: integerOf(row[3]),
    shopId: integerOf(row[4]),
    currencyId: integerOf(row[5]),
    countryId: integerOf(row[6]),
    groupId: integerOf(row[7]),
    fromQuantity: integerOf(row[8]),
    customerId: integerOf(row[15]),
    cartId: integerOf(row[16]),
    fixedPrice: fixedPrice < 0n ? null : fixedPrice,
    reduction: decimalOf(row[10]),
    reductionType: row[11] === 'amount' ? 'amount' : 'percentage',
    reductionWithTax: flagOf(row[12]),
    from: dateOf(row[13]),
    to: dateOf(row[14]),
  };
}
