import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pause } from '../../../../src/core/clock.js';
import { silentLogger } from '../../../../src/core/logger.js';
import type { Shop } from '../../../../src/shop/catalogue.js';
import { openShopWriter } from '../../../../src/shop/open-shop-writer.js';
import {
  CATEGORY_RIGHTS,
  OFFER_RIGHTS,
  SALE_RIGHTS,
  TEXT_RIGHTS,
  WRITING_RIGHTS,
} from '../../../../src/shop/prestashop-webservice/needed-rights.js';
import { openWebserviceShop } from '../../../../src/shop/prestashop-webservice/open-webservice-shop.js';
import { webserviceAddress } from '../../../../src/shop/prestashop-webservice/webservice-address.js';
import { itemsOf } from '../../../support/prestashop-items.js';
import { readingRights } from '../../../support/webservice-shop/answer-request.js';
import { smallShop } from '../../../support/webservice-shop/small-shop.js';
import { startWebserviceServer, type WebserviceServer } from '../../../support/webservice-shop/webservice-server.js';

const DOCUMENTED = [
  ...readFileSync('docs/shop/webservice.md', 'utf8').matchAll(/^\| (\w+) \| ([A-Z, ]+) \| (.+) \|$/gm),
].map(([, resource = '', rights = '', purpose = '']) => ({ resource, methods: rights.split(', '), purpose }));
const READING = DOCUMENTED.filter(({ purpose }) => purpose !== 'writing');

describe('The documented rights of a key', () => {
  let server: WebserviceServer;
  let shop: Shop;
  beforeAll(async () => {
    const rights = readingRights();
    for (const { resource, methods } of WRITING_RIGHTS) for (const method of methods) rights.get(resource)?.add(method);
    server = await startWebserviceServer({
      tables: smallShop(),
      rights,
      shopIds: [1],
      figures: () => () => '12.000000',
    });
    const options = { clock: { nowMs: () => 0 }, logger: silentLogger, pause };
    shop = openWebserviceShop(webserviceAddress(server.url('1')), options);
  });
  afterAll(async () => {
    await shop?.close();
    await server?.stop();
  });

  const asked = () => new Set(server.seen.map(({ method, path }) => `${method} ${path.split('/')[0]}`));

  it('are those that the code names', () => {
    const named = (purpose: string) =>
      DOCUMENTED.filter((right) => right.purpose.startsWith(purpose)).map(({ resource }) => resource);
    const resources = (rights: typeof OFFER_RIGHTS) => rights.map(({ resource }) => resource);
    expect(named('offers')).toEqual(resources(OFFER_RIGHTS));
    expect(named('dates of sales')).toEqual(resources(SALE_RIGHTS));
    expect(named('texts')).toEqual(resources(TEXT_RIGHTS));
    expect(named('exports of one category')).toEqual(resources(CATEGORY_RIGHTS));
    expect(READING.every(({ methods }) => methods.join() === 'GET')).toBe(true);
  });

  it('are all that reading a shop asks for, and each is asked for', async () => {
    const query = {
      priceViews: [{ currency: 'EUR', country: 'FR', groupId: null, fixedRate: null }],
      textLanguages: ['fr'],
      withImages: true,
      atMs: 0,
    };
    const catalogue = shop.catalogue(1);
    expect(
      (await itemsOf(catalogue, { ...query, selection: { kind: 'all' } })).map(({ reference }) => reference),
    ).toEqual(['OLD-1', 'OLD-21']);
    await itemsOf(catalogue, { ...query, selection: { kind: 'category', categoryId: 2 } });
    for (const field of ['reference', 'supplier-reference'] as const) await catalogue.holdersOf(field, ['OLD-1']);
    await catalogue.nextPriceChangeMs(0);
    await shop.check();
    await shop.survey();
    expect([...asked()].sort()).toEqual(['GET ', ...READING.map(({ resource }) => `GET ${resource}`)].sort());
  });

  it('for writing are all that writing asks for', async () => {
    server.seen.length = 0;
    const writer = openShopWriter(server.url('1').replace(/\?.*/, ''), { logger: silentLogger });
    await writer.writeCodes(1, { productId: 2, combinationId: 21 }, { reference: 'NEW' });
    await writer.hasCombinations(1, 1);
    const place = await writer.stockOf(1, { productId: 1, combinationId: 0 });
    if (place !== null) await writer.writeQuantity(1, place, 9);
    writer.close();
    const allowed = DOCUMENTED.filter(({ purpose }) => purpose === 'writing');
    const rights = new Set(
      allowed.flatMap(({ resource, methods }) => methods.map((method) => `${method} ${resource}`)),
    );
    expect([...asked()].filter((one) => one !== 'GET ' && !rights.has(one))).toEqual([]);
    for (const { resource, methods } of WRITING_RIGHTS)
      expect(allowed.find((right) => right.resource === resource)?.methods).toEqual([...methods]);
  });
});
