import { openOutbox } from './prestashop-database/outbox/open-outbox.js';
import { shopAddress } from './prestashop-database/shop-url.js';
import type { ShopOutbox } from './shop-outbox.js';

/**
 * Opens what optional triggers in the shop's database leave for us.
 *
 * @param url as `openShop` takes it
 * @returns null for a shop that is not reached by its database
 */
export function openShopOutbox(url: string): ShopOutbox | null {
  return url.startsWith('mysql://') ? openOutbox(shopAddress(url)) : null;
}
