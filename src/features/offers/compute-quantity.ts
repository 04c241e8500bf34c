import type { CatalogueItem } from '../../shop/catalogue.js';
import type { PoolQuantity } from './offer.js';
import type { PoolFrame } from './offer-frame.js';
import type { ItemWithOptions, PoolOfferSettings } from './offer-settings.js';

/**
 * The one stock of an item in its account: shop quantity − reserve − promised to orders, then the cap, never below 0.
 *
 * Stock that is forced by the product, or not managed by the shop at all, is the account's fixed figure. An availability date ahead
 * becomes the restock date where preorders are on; elsewhere the item is not there yet and has 0, unless its stock is forced.
 *
 * @param subject options resolved for all marketplaces (marketplace 0): Amazon keeps one stock per account
 * @param promisedToOrders units of imported orders that the shop has not taken off yet (>= 0)
 * @returns null where no quantity is sent: Amazon fulfils the item, or the product says so
 */
export function computeQuantity(
  { item, options }: ItemWithOptions,
  frame: PoolFrame,
  promisedToOrders = 0,
): PoolQuantity | null {
  if (options.amazonFulfilled === true || options.noQuantity === true) return null;
  const { pool } = frame;
  const restockDay = item.availableDate !== null && item.availableDate > frame.today ? item.availableDate : null;
  const isFixed = options.forceInStock === true || !frame.stockManagement;
  const isMissing = restockDay !== null && !pool.preorder && options.forceInStock !== true;
  return {
    quantity: isMissing ? 0 : wholeUnits(isFixed ? (pool.fixedQuantity ?? 0) : unitsLeft(item, pool, promisedToOrders)),
    handlingTimeDays: options.handlingTimeDays ?? pool.handlingTimeDays,
    restockDay: pool.preorder ? restockDay : null,
  };
}

function unitsLeft(item: CatalogueItem, pool: PoolOfferSettings, promisedToOrders: number): number {
  const free = item.stockQuantity - pool.reserve - promisedToOrders;
  return pool.cap === null ? free : Math.min(free, pool.cap);
}

function wholeUnits(units: number): number {
  return units > 0 ? Math.floor(units) : 0;
}
