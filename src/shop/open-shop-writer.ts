import { pause } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import { webserviceAddress } from './prestashop-webservice/webservice-address.js';
import { WebserviceClient } from './prestashop-webservice/webservice-client.js';
import { WebserviceWriter } from './prestashop-webservice/webservice-writer.js';
import type { ShopWriter } from './shop-writer.js';

/**
 * Opens the way by which a shop is written to: always its Webservice, whatever way it is read.
 *
 * @param url `https://KEY@host/path/api`, as the configuration has checked it
 */
export function openShopWriter(url: string, { logger }: { readonly logger: Logger }): ShopWriter {
  return new WebserviceWriter(new WebserviceClient(webserviceAddress(url), { logger, pause, random: Math.random }));
}
