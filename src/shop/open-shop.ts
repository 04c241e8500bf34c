import { type Clock, pause, systemClock } from '../core/clock.js';
import { type Logger, silentLogger } from '../core/logger.js';
import type { Shop } from './catalogue.js';
import { openDatabaseShop } from './prestashop-database/open-database-shop.js';
import { openWebserviceShop } from './prestashop-webservice/open-webservice-shop.js';
import { webserviceAddress } from './prestashop-webservice/webservice-address.js';

export interface OpenShopOptions {
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** How time is waited for between two tries of a call. */
  readonly pause?: typeof pause;
}

/**
 * Opens the shop that the settings name; `Shop.check` then proves that it can be read.
 *
 * @param url `mysql://user:password@host:port/database?prefix=ps_&shop=1,2` or `https://KEY@host/path/api?shop=1,2`, as the
 *   configuration has checked it
 */
export function openShop(url: string, options: OpenShopOptions = {}): Shop {
  if (!url.startsWith('mysql:'))
    return openWebserviceShop(webserviceAddress(url), { clock: systemClock, logger: silentLogger, pause, ...options });
  return openDatabaseShop(url);
}
