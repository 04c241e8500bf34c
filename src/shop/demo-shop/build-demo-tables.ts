import { demoCatalogue } from './demo-catalogue.js';
import { attributeRows, placeAttributes } from './rows/attribute-rows.js';
import { brandRows } from './rows/brand-rows.js';
import { categoryRows, placeCategories } from './rows/category-rows.js';
import { combinationRows } from './rows/combination-rows.js';
import { currencyRows } from './rows/currency-rows.js';
import type { DemoTables } from './rows/demo-row.js';
import { imageRows } from './rows/image-rows.js';
import { languageRows } from './rows/language-rows.js';
import { productRows } from './rows/product-rows.js';
import { shopRows } from './rows/shop-rows.js';
import { specificPriceRows } from './rows/specific-price-rows.js';
import { stockRows } from './rows/stock-rows.js';
import { taxRows } from './rows/tax-rows.js';
import { textRows } from './rows/text-rows.js';
import { seedDayOf } from './seed-day.js';

/**
 * Spreads the demo catalogue over PrestaShop's tables.
 *
 * @param now its day in the shop's zone is the day on which every date of the shop hangs; two instants of one day give equal tables
 * @returns the rows of every table, by table name without prefix
 */
export function buildDemoTables(now: Date): DemoTables {
  const day = seedDayOf(now);
  const products = demoCatalogue();
  const categories = placeCategories();
  return {
    ...shopRows(day),
    ...languageRows(),
    ...currencyRows(),
    ...taxRows(day),
    ...brandRows(day),
    ...categoryRows(categories, products, day),
    ...attributeRows(placeAttributes(), products),
    ...productRows(products, categories, day),
    ...combinationRows(products, day),
    ...textRows(products),
    ...imageRows(products),
    ...stockRows(products),
    ...specificPriceRows(products, day),
  };
}
