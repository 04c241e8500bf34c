import type { BatchReading } from '../prestashop-database/batch-reading.js';
import {
  type CombinationShops,
  readCombinationShops,
  readCombinations,
} from '../prestashop-database/combinations-reader.js';
import {
  type ProductGroupReductions,
  readPricePriorities,
  readProductGroupReductions,
} from '../prestashop-database/product-price-terms-reader.js';
import { readProductShops } from '../prestashop-database/products-reader.js';
import { integerOf } from '../prestashop-database/read-cell.js';
import { readTables, type TableRead } from '../prestashop-database/read-tables.js';
import type { RowCursor } from '../prestashop-database/row-cursor.js';
import { readSpecificPrices, type SpecificPriceScope } from '../prestashop-database/specific-prices-reader.js';

/** What the tables say about the prices of one page of products, and nothing else. */
export interface PriceRows {
  readonly productShops: RowCursor;
  readonly combinations: RowCursor;
  readonly combinationShops: CombinationShops;
  /** The combination that stands for the product itself, by product. */
  readonly defaultCombinations: ReadonlyMap<number, number>;
  readonly specificPrices: RowCursor;
  readonly priorities: ReadonlyMap<number, string>;
  readonly groupReductions: ProductGroupReductions;
}

/**
 * Reads all that enters the prices of one page of products.
 *
 * @param groupIds customer groups whose reductions by category are wanted
 */
export function readPriceRows(
  batch: BatchReading,
  scope: SpecificPriceScope,
  groupIds: readonly number[],
): Promise<PriceRows> {
  return readTables(batch.db, {
    productShops: readProductShops(batch),
    combinations: readCombinations(batch),
    combinationShops: readCombinationShops(batch),
    defaultCombinations: readDefaultCombinations(batch),
    specificPrices: readSpecificPrices(batch, scope),
    priorities: readPricePriorities(batch),
    groupReductions: readProductGroupReductions(batch, groupIds),
  });
}

function readDefaultCombinations({ table, shop, products }: BatchReading): TableRead<ReadonlyMap<number, number>> {
  return {
    sql: `SELECT id_product, id_product_attribute FROM ${table('product_attribute_shop')}
      WHERE ${products.where('id_product')} AND id_shop = ${shop.shopId} AND default_on = 1`,
    of: (rows) => new Map(rows.map(([product, combination]) => [integerOf(product), integerOf(combination)])),
  };
}
