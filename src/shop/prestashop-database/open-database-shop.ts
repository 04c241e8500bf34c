import { connectShop, describeShopAddress } from './connect-shop.js';
import { openPrestashopDatabase, type PrestashopDatabase } from './prestashop-database.js';
import { shopAddress } from './shop-url.js';

/**
 * Opens the shop in a PrestaShop database.
 *
 * @param url `mysql://user:password@host:port/database?prefix=ps_&shop=1,2`, as the configuration has checked it
 */
export function openDatabaseShop(url: string): PrestashopDatabase {
  const address = shopAddress(url);
  return openPrestashopDatabase({
    knex: connectShop(address),
    prefix: address.prefix,
    shopIds: address.shopIds,
    where: describeShopAddress(address),
  });
}
