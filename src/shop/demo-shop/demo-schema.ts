import { priceStockTables } from './schema/price-stock-tables.js';
import { productTables } from './schema/product-tables.js';
import { shopTables } from './schema/shop-tables.js';
import { surroundingTables } from './schema/surrounding-tables.js';

/** The prefix of the demo shop's tables: the one that PrestaShop proposes. */
export const DEMO_PREFIX = 'ps_';

/**
 * Every statement that makes the demo shop's empty tables, in order: the tables and columns that offers need, named and keyed as in PrestaShop 8.2.
 * What an offer never reads (orders, customers, carts, statistics) is left out.
 */
export const demoSchema: readonly string[] = [
  ...shopTables,
  ...productTables,
  ...priceStockTables,
  ...surroundingTables,
];
