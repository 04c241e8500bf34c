import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pause } from '../../../../src/core/clock.js';
import { silentLogger } from '../../../../src/core/logger.js';
import type { CatalogueItem, CatalogueQuery, Shop } from '../../../../src/shop/catalogue.js';
import { openShop } from '../../../../src/shop/open-shop.js';
import { openWebserviceShop } from '../../../../src/shop/prestashop-webservice/open-webservice-shop.js';
import { webserviceAddress } from '../../../../src/shop/prestashop-webservice/webservice-address.js';
import {
  loadPrestashopDump,
  type PrestashopDatabase,
  type PrestashopDump,
  whyNoPrestashopDatabase,
} from '../../../support/prestashop-database.js';
import { batchesOf, itemsOf } from '../../../support/prestashop-items.js';
import { readingRights } from '../../../support/webservice-shop/answer-request.js';
import { readPriceFigures } from '../../../support/webservice-shop/price-figures.js';
import { readShopTables } from '../../../support/webservice-shop/shop-tables.js';
import { startWebserviceServer, type WebserviceServer } from '../../../support/webservice-shop/webservice-server.js';

const reason = whyNoPrestashopDatabase();
const AT_MS = Date.parse('2026-11-21T12:00:00Z');
const view = (currency: string, country: string, groupId: number | null = null) => ({
  ...{ currency, country, groupId },
  fixedRate: currency === 'SEK' ? '11.25' : null,
});
const QUERY: CatalogueQuery = {
  selection: { kind: 'all' },
  priceViews: [view('EUR', 'FR'), view('USD', 'DE', 3), view('JPY', 'FR'), view('SEK', 'FR'), view('PLN', 'FR')],
  textLanguages: ['fr', 'en', 'de', 'nl'],
  withImages: true,
  productsPerBatch: 7,
  atMs: AT_MS,
};

interface BothWays {
  readonly database: PrestashopDatabase;
  readonly byDatabase: Shop;
  readonly byWebservice: Shop;
  readonly server: WebserviceServer;
  close(): Promise<void>;
}

async function openBothWays(dump: PrestashopDump, shops: Readonly<Record<number, string>>): Promise<BothWays> {
  const database = await loadPrestashopDump(dump);
  const shopIds = Object.keys(shops).map(Number);
  const figures = new Map(shopIds.map((id) => [id, readPriceFigures(shops[id] ?? '')]));
  const server = await startWebserviceServer({
    tables: await readShopTables(database.knex),
    figures: (id) => figures.get(id) ?? (() => '0.000000'),
    shopIds,
    rights: readingRights(),
  });
  const byDatabase = openShop(database.url.replace(/shop=1$/, `shop=${shopIds.join(',')}`));
  const byWebservice = openWebserviceShop(webserviceAddress(server.url(shopIds.join(','))), {
    ...{ clock: { nowMs: () => AT_MS }, logger: silentLogger, pause },
  });
  const close = async () => {
    await Promise.all([byDatabase.close(), byWebservice.close(), server.stop()]);
    await database.drop();
  };
  return { database, byDatabase, byWebservice, server, close };
}

/** The Webservice of a shop context does not list what the context does not have. */
function inShop(items: readonly CatalogueItem[]): readonly CatalogueItem[] {
  return items.filter((item) => item.inShop);
}

describe.skipIf(reason !== null)(`a shop by its Webservice (${reason ?? 'measured'})`, () => {
  let both: BothWays;
  beforeAll(async () => {
    both = await openBothWays('prestashop-8.2.1', { 1: '8.2.1.csv.gz' });
  });
  afterAll(() => both?.close());

  it('has the items of its database, in batches of whole products and at most two calls at once', async () => {
    const items = await itemsOf(both.byWebservice.catalogue(1), QUERY);
    expect(items).toEqual(await itemsOf(both.byDatabase.catalogue(1), QUERY));
    expect(items.length).toBe(48);
    expect(both.server.mostAtOnce()).toBeLessThanOrEqual(2);
  });
});

describe.skipIf(reason !== null)(`several shops by their Webservice (${reason ?? 'measured'})`, () => {
  let both: BothWays;
  beforeAll(async () => {
    both = await openBothWays('prestashop-8.2.1-multistore', {
      1: 'multistore-shop1.csv.gz',
      2: 'multistore-shop2.csv.gz',
    });
  });
  afterAll(() => both?.close());

  it.each([1, 2])('have the items of the database in shop %i', async (shopId) => {
    const items = await itemsOf(both.byWebservice.catalogue(shopId), QUERY);
    expect(items).toEqual(inShop(await itemsOf(both.byDatabase.catalogue(shopId), QUERY)));
    expect(items.length).toBeGreaterThan(40);
  });
});
void batchesOf;
