import type { ShopGround } from './shop-ground.js';
import type { SpecificPriceScope } from './specific-prices-reader.js';

/** A running window's true start is found while the rows before it are read: those that ended this long ago are not. */
const ENDED_KEPT_MS = 400 * 86_400_000;
/** No row is for so few: a shop that has switched specific prices off has none. */
const NO_QUANTITY = -1;

/** For whom and how many specific prices are read. */
export interface PriceBuyers {
  /** The most that anybody buys. */
  readonly quantity: number;
  readonly customerIds: readonly number[];
  readonly cartIds: readonly number[];
}

/** An export prices for anonymous buyers of one piece. */
export const ANONYMOUS_BUYERS: PriceBuyers = { quantity: 1, customerIds: [], cartIds: [] };

/**
 * Says which specific prices of a shop are worth reading.
 *
 * @param atMs the instant for which prices are computed, epoch milliseconds
 */
export function priceScopeOf(
  { configuration, clock }: ShopGround,
  atMs: number,
  buyers: PriceBuyers,
): SpecificPriceScope {
  return {
    // A row from 1 holds for 0 as well.
    mostQuantity: configuration.flag('PS_SPECIFIC_PRICE_FEATURE_ACTIVE') ? Math.max(1, buyers.quantity) : NO_QUANTITY,
    endedBefore: clock.minuteAt(atMs - ENDED_KEPT_MS),
    customerIds: buyers.customerIds,
    cartIds: buyers.cartIds,
  };
}
