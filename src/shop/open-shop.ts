import type { Shop } from './catalogue.js';
import { connectShop, describeShopAddress } from './prestashop-database/connect-shop.js';
import { openPrestashopDatabase } from './prestashop-database/prestashop-database.js';
import { shopAddress } from './prestashop-database/shop-url.js';

/**
 * Opens the shop that the settings name; `Shop.check` then proves that it can be read.
 *
 * @param url `mysql://user:password@host:port/database?prefix=ps_&shop=1,2`, as the configuration has checked it
 */
export function openShop(url: string): Shop {
  const address = shopAddress(url);
  return openPrestashopDatabase({
    knex: connectShop(address),
    prefix: address.prefix,
    shopIds: address.shopIds,
    where: describeShopAddress(address),
  });
}
