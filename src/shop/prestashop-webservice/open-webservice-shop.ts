import type { Clock, pause } from '../../core/clock.js';
import type { Logger } from '../../core/logger.js';
import type { Shop } from '../catalogue.js';
import { ShopContextUnknown } from '../prestashop-database/shop-errors.js';
import { readWebserviceGround, type WebserviceReading } from './ground-reader.js';
import { demandOfferRights, readKeyRights } from './key-rights.js';
import { readShopFields, type ShopFields } from './shop-fields.js';
import type { WebserviceAddress } from './webservice-address.js';
import { WebserviceCatalogue } from './webservice-catalogue.js';
import { WebserviceClient } from './webservice-client.js';
import { readWebserviceSurvey } from './webservice-survey.js';

export interface WebserviceShopOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly pause: typeof pause;
  /** 0 <= n < 1. Default Math.random. */
  readonly random?: () => number;
  /** For a whole answer, milliseconds. */
  readonly timeoutMs?: number;
}

/** Opens a shop by its Webservice; nothing is called yet, and nothing is ever written. */
export function openWebserviceShop(address: WebserviceAddress, options: WebserviceShopOptions): Shop {
  const { clock, logger } = options;
  const client = new WebserviceClient(address, { random: Math.random, ...options });
  const [firstShopId = 1, ...others] = address.shopIds;
  const catalogues = new Map<number, WebserviceCatalogue>();
  let fields: Promise<ShopFields> | null = null;
  const readingOf = async (shopId: number): Promise<WebserviceReading> => {
    fields ??= readShopFields(client, firstShopId);
    try {
      return { client, shopId, fields: await fields };
    } catch (error) {
      fields = null;
      throw error;
    }
  };
  return {
    shopIds: address.shopIds,
    ...(address.caution === null ? {} : { caution: address.caution }),
    catalogue: (shopId) => {
      const known = address.shopIds;
      if (!known.includes(shopId)) throw new ShopContextUnknown({ shopId, known });
      const made = catalogues.get(shopId);
      const catalogue = made ?? new WebserviceCatalogue(shopId, { clock, logger, reading: () => readingOf(shopId) });
      catalogues.set(shopId, catalogue);
      return catalogue;
    },
    check: async () => {
      fields = null;
      for (const shopId of address.shopIds) {
        demandOfferRights(await readKeyRights(client, shopId), address.where);
        await readWebserviceGround(await readingOf(shopId));
      }
    },
    survey: () => readWebserviceSurvey(readingOf, [firstShopId, ...others]),
    close: () => {
      client.close();
      return Promise.resolve();
    },
  };
}
