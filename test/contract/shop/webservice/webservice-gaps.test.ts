import { afterEach, describe, expect, it } from 'vitest';
import { pause } from '../../../../src/core/clock.js';
import { silentLogger } from '../../../../src/core/logger.js';
import type { Shop } from '../../../../src/shop/catalogue.js';
import { openWebserviceShop } from '../../../../src/shop/prestashop-webservice/open-webservice-shop.js';
import { webserviceAddress } from '../../../../src/shop/prestashop-webservice/webservice-address.js';
import { batchesOf, itemsOf } from '../../../support/prestashop-items.js';
import { readingRights } from '../../../support/webservice-shop/answer-request.js';
import { smallShop } from '../../../support/webservice-shop/small-shop.js';
import { startWebserviceServer, type WebserviceServer } from '../../../support/webservice-shop/webservice-server.js';
import type { SeenRequest } from '../../../support/webservice-shop/wire.js';

const QUERY = { priceViews: [], textLanguages: [], withImages: false, productsPerBatch: 1, atMs: 0 } as const;
const ALL = { ...QUERY, selection: { kind: 'all' } } as const;

let server: WebserviceServer;
let shop: Shop;
afterEach(async () => {
  await shop?.close();
  await server?.stop();
});

async function open(tables = smallShop()) {
  const figures = () => () => '1.000000';
  server = await startWebserviceServer({ tables, rights: readingRights(), shopIds: [1, 2], figures });
  const options = { clock: { nowMs: () => 0 }, logger: silentLogger, pause };
  shop = openWebserviceShop(webserviceAddress(server.url('1,2')), options);
  return shop.catalogue(1);
}

/** Answers with an empty list in place of some of the answers. */
function hide(resource: string, isHidden: (request: SeenRequest, before: number) => boolean): void {
  let before = 0;
  server.disturb((request) => {
    if (request.path !== resource || request.query.has('schema') || !isHidden(request, before++)) return null;
    return { status: 200, body: `<?xml version="1.0"?><prestashop><${resource}/></prestashop>` };
  });
}

const isList = ({ query }: SeenRequest) => query.get('sort') === '[id_ASC]';
const digestsOf = async (catalogue: ReturnType<Shop['catalogue']>) => {
  for await (const stretch of catalogue.stockStretches()) await stretch.products();
};

describe('What the Webservice suddenly leaves out', () => {
  it.each([
    [1, 'the first page'],
    [2, 'a page in the middle'],
  ])('is asked for again when it is page %i of the products', async (page) => {
    const catalogue = await open();
    hide('products', (request, before) => isList(request) && before === page - 1);
    expect((await batchesOf(catalogue, ALL)).map(({ productIds }) => productIds)).toEqual([[1], [2]]);
  });

  it('ends a sweep with an error, and is never gone', async () => {
    const catalogue = await open();
    hide('products', (request) => isList(request) && request.query.has('filter[id]'));
    await expect(itemsOf(catalogue, ALL)).rejects.toThrow('up to id 2, got none above 1');
  });

  it('is asked for again when it is stock, and an error when that stays so', async () => {
    const catalogue = await open();
    hide('stock_availables', (_, before) => before === 0);
    expect((await itemsOf(catalogue, ALL)).map(({ stockQuantity }) => stockQuantity)).toEqual([3, 3]);
    hide('stock_availables', isList);
    await expect(itemsOf(catalogue, ALL)).rejects.toThrow('Expected the stock_availables');
    await expect(digestsOf(catalogue)).rejects.toThrow('Expected the stock_availables');
  });

  it.each([1, 2])('is an error when it is all products of shop %i, of which stock is still there', async (shopId) => {
    await open();
    const catalogue = shop.catalogue(shopId);
    hide('products', () => true);
    const byId = { ...QUERY, selection: { kind: 'products', productIds: [1, 2] } } as const;
    await expect(itemsOf(catalogue, ALL)).rejects.toThrow('Nothing is taken for gone');
    await expect(itemsOf(catalogue, byId)).rejects.toThrow('Nothing is taken for gone');
    await expect(digestsOf(catalogue)).rejects.toThrow('Nothing is taken for gone');
  });

  it('is gone when the shop deleted it with its stock, one product or all', async () => {
    const tables = smallShop();
    const catalogue = await open(tables);
    const byId = { ...QUERY, selection: { kind: 'products', productIds: [4711] } } as const;
    expect((await batchesOf(catalogue, byId)).map(({ productIds, items }) => [productIds, items])).toEqual([
      [[4711], []],
    ]);
    tables.product_shop.length = 0;
    tables.stock_available.length = 0;
    expect(await itemsOf(catalogue, ALL)).toEqual([]);
    await digestsOf(catalogue);
  });
});
