import type { Shop } from './catalogue.js';
import { connectShop, describeShopAddress } from './prestashop-database/connect-shop.js';
import { openPrestashopDatabase } from './prestashop-database/prestashop-database.js';
import { parseShopUrl } from './prestashop-database/shop-url.js';

/**
 * Opens the shop that the settings name; `Shop.check` then proves that it can be read.
 *
 * @param url `mysql://user:password@host:port/database?prefix=ps_&shop=1,2`
 * @throws InvalidShopUrl naming what is wrong, never user or password
 */
export function openShop(url: string): Shop {
  const address = parseShopUrl(url);
  return openPrestashopDatabase({
    knex: connectShop(address),
    prefix: address.prefix,
    shopIds: address.shopIds,
    where: describeShopAddress(address),
  });
}
