import { pause } from '../../../src/core/clock.js';
import { silentLogger } from '../../../src/core/logger.js';
import type { Shop } from '../../../src/shop/catalogue.js';
import { openShop } from '../../../src/shop/open-shop.js';
import { openWebserviceShop } from '../../../src/shop/prestashop-webservice/open-webservice-shop.js';
import { webserviceAddress } from '../../../src/shop/prestashop-webservice/webservice-address.js';
import { loadPrestashopDump, type PrestashopDatabase, type PrestashopDump } from '../prestashop-database.js';
import { readingRights, type ShopModel } from './answer-request.js';
import { readPriceFigures } from './price-figures.js';
import { readShopTables } from './shop-tables.js';
import { startWebserviceServer, type WebserviceServer } from './webservice-server.js';

/** When PrestaShop computed the prices of the shared databases. */
export const AT_MS = Date.parse('2026-11-21T12:00:00Z');

/** One of the shared shops, by its database and by its Webservice. */
export interface BothWays {
  readonly database: PrestashopDatabase;
  readonly byDatabase: Shop;
  readonly byWebservice: Shop;
  readonly server: WebserviceServer;
  /** What the Webservice shows; its copies of the tables may be changed. */
  readonly model: ShopModel;
  close(): Promise<void>;
}

/** @param shops by shop context: the table of PrestaShop's own prices of it */
export async function openBothWays(dump: PrestashopDump, shops: Readonly<Record<number, string>>): Promise<BothWays> {
  const database = await loadPrestashopDump(dump);
  const shopIds = Object.keys(shops).map(Number);
  const priced = shopIds.filter((id) => shops[id] !== '');
  const figures = new Map(priced.map((id) => [id, readPriceFigures(shops[id] ?? '')]));
  const model = {
    tables: await readShopTables(database.knex),
    figures: (id: number) => figures.get(id) ?? (() => '0.000000'),
    shopIds,
    rights: readingRights(),
  };
  const server = await startWebserviceServer(model);
  const byDatabase = openShop(database.url.replace(/shop=1$/, `shop=${shopIds.join(',')}`));
  const byWebservice = openWebserviceShop(webserviceAddress(server.url(shopIds.join(','))), {
    ...{ clock: { nowMs: () => AT_MS }, logger: silentLogger, pause },
  });
  const close = async () => {
    await Promise.all([byDatabase.close(), byWebservice.close(), server.stop()]);
    await database.drop();
  };
  return { database, byDatabase, byWebservice, server, model, close };
}
