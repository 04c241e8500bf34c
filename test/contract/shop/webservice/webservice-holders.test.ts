import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pause } from '../../../../src/core/clock.js';
import { silentLogger } from '../../../../src/core/logger.js';
import type { Shop } from '../../../../src/shop/catalogue.js';
import { openWebserviceShop } from '../../../../src/shop/prestashop-webservice/open-webservice-shop.js';
import { webserviceAddress } from '../../../../src/shop/prestashop-webservice/webservice-address.js';
import { readingRights } from '../../../support/webservice-shop/answer-request.js';
import { smallShop } from '../../../support/webservice-shop/small-shop.js';
import { startWebserviceServer, type WebserviceServer } from '../../../support/webservice-shop/webservice-server.js';

const PRODUCT = { productId: 1, combinationId: 0 };
const COMBINATION = { productId: 2, combinationId: 21 };

describe('Who carries a reference', () => {
  const tables = smallShop();
  let server: WebserviceServer;
  let shop: Shop;
  beforeAll(async () => {
    const figures = () => () => '1.000000';
    server = await startWebserviceServer({ tables, rights: readingRights(), shopIds: [1], figures });
    const options = { clock: { nowMs: () => 0 }, logger: silentLogger, pause };
    shop = openWebserviceShop(webserviceAddress(server.url('1')), options);
  });
  afterAll(async () => {
    await shop?.close();
    await server?.stop();
  });

  /** Who carries the texts when the product has one reference and the combination another. */
  function holders(of: { readonly product: string; readonly combination: string }, texts: readonly string[]) {
    Object.assign(tables.product[0] ?? {}, { reference: of.product });
    Object.assign(tables.product_attribute[0] ?? {}, { reference: of.combination });
    return shop.catalogue(1).holdersOf('reference', texts);
  }

  it.each([
    ...['[TEA]', '[1,3]', '%[TEA]', '[TEA]%', '%[TEA]%', '>[5]', '<[5]', '![TEA]', 'A[1]', '[a|b]', '[', '[]'],
    ...[
      '<TEA',
      'TEA<5',
      'A<b>C',
      '>TEA',
      '<',
      '%',
      '%TEA',
      'A_B',
      '!TEA',
      'a|b',
      'a,b',
      "O'NEIL",
      'A"B',
      'A\\B',
      'Ä#1',
      '#',
    ],
  ])('is found where it is %s, by both items', async (sku) => {
    expect(await holders({ product: sku, combination: sku }, [sku, 'X'])).toEqual([
      { sku, ...PRODUCT },
      { sku, ...COMBINATION },
    ]);
  });

  it('is nobody whose reference differs in case, accents or signs, and is told once', async () => {
    expect(await holders({ product: 'tea', combination: '[TEA]' }, ['TEA', 'Tea', '[tea]', 'téa'])).toEqual([]);
    const texts = ['tea#1', 'TEA#1', 'téa#1', '[tea#1', '[TEA]#1'];
    expect(await holders({ product: 'tea#1', combination: '' }, texts)).toEqual([{ sku: 'tea#1', ...PRODUCT }]);
  });

  it('is looked up in the whole list when there are many texts that can only be asked for one by one', async () => {
    server.seen.length = 0;
    const texts = Array.from({ length: 300 }, (_, index) => `#${index}`);
    expect(await holders({ product: '#7', combination: '#8' }, texts)).toEqual([
      { sku: '#7', ...PRODUCT },
      { sku: '#8', ...COMBINATION },
    ]);
    expect(server.seen.filter(({ path }) => path === 'products')).toHaveLength(2);
  });
});
