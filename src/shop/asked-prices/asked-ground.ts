import type { ExactPrice } from '../../core/money.js';
import { readCountryIds } from '../prestashop-database/countries-reader.js';
import { readGroupReductions } from '../prestashop-database/groups-reader.js';
import { readShopGround, type ShopGround } from '../prestashop-database/shop-ground.js';
import type { ShopReading } from '../prestashop-database/shop-identity.js';

/** What all questions about one shop context share. */
export interface AskedGround extends ShopGround {
  readonly countryIds: ReadonlySet<number>;
  /** Every group that there is, with its own reduction as a fraction. */
  readonly groupReductions: ReadonlyMap<number, ExactPrice>;
}

/**
 * Reads what all questions about one shop context share.
 *
 * @throws ShopContextUnknown, ShopSettingMissing, UnknownTimeZone
 */
export async function readAskedGround(reading: ShopReading, shopId: number): Promise<AskedGround> {
  const ground = await readShopGround(reading, shopId);
  const countryIds = new Set((await readCountryIds(reading)).values());
  return { ...ground, countryIds, groupReductions: await readGroupReductions(reading) };
}
