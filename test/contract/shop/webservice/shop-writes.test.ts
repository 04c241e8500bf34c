import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pause } from '../../../../src/core/clock.js';
import { silentLogger } from '../../../../src/core/logger.js';
import { LoadedSettings } from '../../../../src/features/settings/loaded-settings.js';
import { readReferencesFile } from '../../../../src/features/shop-writes/references-file.js';
import { ShopWriteService } from '../../../../src/features/shop-writes/shop-write-service.js';
import { Audit } from '../../../../src/features/users/audit.js';
import { openShopWriter } from '../../../../src/shop/open-shop-writer.js';
import { openWebserviceShop } from '../../../../src/shop/prestashop-webservice/open-webservice-shop.js';
import { webserviceAddress } from '../../../../src/shop/prestashop-webservice/webservice-address.js';
import { openTestDatabase, type TestDatabase } from '../../../support/test-databases.js';
import { readingRights } from '../../../support/webservice-shop/answer-request.js';
import { smallShop } from '../../../support/webservice-shop/small-shop.js';
import { startWebserviceServer, type WebserviceServer } from '../../../support/webservice-shop/webservice-server.js';

const WRITABLE = ['products', 'combinations', 'stock_availables'];

let server: WebserviceServer;
let database: TestDatabase;
let tables: ReturnType<typeof smallShop>;
let audit: Audit;

beforeAll(async () => {
  database = await openTestDatabase('SQLite');
  audit = new Audit(database.db, { nowMs: () => 7 });
});
afterEach(() => server?.stop());
afterAll(() => database?.drop());

/** A shop whose key may write by these methods, and the service that writes to it. */
async function open(methods: readonly string[], shopWrites: 'on' | 'off' = 'on') {
  tables = smallShop();
  const rights = readingRights();
  for (const resource of WRITABLE) for (const method of methods) rights.get(resource)?.add(method);
  server = await startWebserviceServer({ tables, rights, shopIds: [1, 2], figures: () => () => '1.000000' });
  const url = server.url('1').replace(/\?.*/, '');
  const shop = openWebserviceShop(webserviceAddress(url), {
    ...{ clock: { nowMs: () => 0 }, logger: silentLogger, pause },
  });
  return new ShopWriteService({
    settings: new LoadedSettings([]).with('shop-writes', { kind: 'global' }, shopWrites),
    audit,
    openWriter: () => openShopWriter(url, { logger: silentLogger }),
    catalogue: (shopId) => shop.catalogue(shopId),
  });
}

async function writeAll(service: ShopWriteService, file: string): Promise<readonly string[]> {
  const planned = await service.planCodes(1, readReferencesFile(file));
  const found: string[] = [];
  for await (const { status } of service.writeCodes(1, planned, 'anna')) found.push(status);
  return found;
}

function written(): readonly string[] {
  return server.seen.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
}

const product = () => tables.product[0] ?? {};

describe('References of a file', () => {
  const FILE = 'id_product;id_product_attribute;reference;EAN\n1;;NEW-1;\n2;21;;4006381333931\n';

  it.each([['PATCH'], ['PUT']])(
    'are written by %s, nothing else changes, and all of it is in the audit',
    async (method) => {
      const service = await open([method]);
      const before = structuredClone(tables);
      expect(await writeAll(service, FILE)).toEqual(['written', 'written']);
      expect(written()).toEqual([`${method} products/1`, `${method} combinations/21`]);
      Object.assign(before.product[0] ?? {}, { reference: 'NEW-1' });
      Object.assign(before.product_attribute[0] ?? {}, { ean13: '4006381333931' });
      expect(tables).toEqual(before);
      const rows = await audit.list({ limit: 4 });
      expect(rows.map(({ actor, action, subject }) => `${actor} ${action} ${subject}`).reverse()).toEqual([
        'anna shop-codes-begun item 1 of shop 1',
        'anna shop-codes-written item 1 of shop 1',
        'anna shop-codes-begun item 2-21 of shop 1',
        'anna shop-codes-written item 2-21 of shop 1',
      ]);
      expect(rows.at(-1)?.details).toMatchObject({ 'before-reference': 'OLD-1', 'after-reference': 'NEW-1' });
    },
  );

  it('are only told where the setting is off, or the shop has them already', async () => {
    await expect(writeAll(await open(['PATCH'], 'off'), FILE)).rejects.toThrow('settings set shop-writes on');
    await server.stop();
    const service = await open(['PATCH']);
    await service.planCodes(1, readReferencesFile(FILE));
    expect(written()).toEqual([]);
    expect(await service.planCodes(1, readReferencesFile('id_product,reference\n1,OLD-1\n'))).toEqual([]);
  });

  it('say which right is missing, and the audit says what failed', async () => {
    const service = await open([]);
    await expect(writeAll(service, FILE)).rejects.toThrow('may not PATCH products');
    const [failed, begun] = await audit.list({ limit: 2 });
    expect([begun?.action, failed?.action]).toEqual(['shop-codes-begun', 'shop-codes-failed']);
  });

  it('that another item has are refused, unless the same file gives it another one', async () => {
    const service = await open(['PATCH']);
    const taken = readReferencesFile('id_product,id_product_attribute,reference\n1,0,OLD-21\n');
    await expect(service.planCodes(1, taken)).rejects.toThrow('"OLD-21" is the reference of item 2-21 already');
    const swap = 'id_product,id_product_attribute,reference\n1,0,OLD-21\n2,21,OLD-1\n9,0,X\n';
    await expect(service.planCodes(1, readReferencesFile(swap))).rejects.toThrow(
      /one fault.*\n- Line 4: the shop has no item 9/,
    );
  });

  it('are left alone where someone changed the item meanwhile', async () => {
    const service = await open(['PATCH']);
    const planned = await service.planCodes(1, readReferencesFile(FILE));
    product().reference = 'SOMEONE-ELSE';
    const found: string[] = [];
    for await (const { status } of service.writeCodes(1, planned, 'anna')) found.push(status);
    expect(found).toEqual(['changed', 'written']);
    expect(product().reference).toBe('SOMEONE-ELSE');
  });

  it('count as written when only the answer was lost, and as failed when the shop kept the old one', async () => {
    const service = await open(['PATCH']);
    server.disturb(({ method }) => {
      if (method !== 'PATCH') return null;
      product().reference = 'NEW-1';
      return 'cut';
    });
    expect(await writeAll(service, 'id_product,reference\n1,NEW-1\n')).toEqual(['written']);
    server.disturb(({ method }) => (method === 'PATCH' ? { status: 200, body: '<prestashop></prestashop>' } : null));
    await expect(writeAll(service, 'id_product,reference\n1,NEW-2\n')).rejects.toThrow(
      'Expected the shop to have "NEW-2"',
    );
    expect((await audit.list({ limit: 1 }))[0]).toMatchObject({ action: 'shop-codes-failed' });
  });
});

describe('Stock', () => {
  it.each([
    [1, 11, 'own row'],
    [2, 13, "the group's row"],
  ])('of shop %i is written to row %i, %s', async (shopId, rowId) => {
    const service = await open(['PATCH']);
    const planned = await service.planStock(shopId, { productId: 1, combinationId: 0 }, 5);
    expect(planned.place.rowId).toBe(rowId);
    expect(await service.writeStock(planned, 'anna')).toBe(5);
    expect(
      tables.stock_available.filter(({ quantity }) => quantity === 5).map((row) => row.id_stock_available),
    ).toEqual([rowId]);
    expect((await audit.list({ limit: 1 }))[0]).toMatchObject({
      action: 'shop-stock-written',
      details: { row: rowId, after: 5 },
    });
  });

  it.each([['PATCH'], ['PUT']])(
    'that an order took some of since it was planned is not overwritten by %s, and the audit says so',
    async (method) => {
      const service = await open([method]);
      const planned = await service.planStock(1, { productId: 1, combinationId: 0 }, 5);
      Object.assign(tables.stock_available[0] ?? {}, { quantity: 2 });
      await expect(service.writeStock(planned, 'anna')).rejects.toThrow('to be at 3 as planned, got 2');
      expect(written()).toEqual([]);
      expect((await audit.list({ limit: 1 }))[0]).toMatchObject({ action: 'shop-stock-failed' });
    },
  );

  it('is not asked for by the rows of a shop alone when its group is not shown', async () => {
    const service = await open(['PATCH']);
    tables.shop_group.length = 0;
    await expect(service.planStock(2, { productId: 1, combinationId: 0 }, 5)).rejects.toThrow('shop group');
  });

  it('of a product with combinations is refused, as what PrestaShop manages otherwise and what has no row', async () => {
    const service = await open(['PATCH']);
    await expect(service.planStock(1, { productId: 2, combinationId: 0 }, 5)).rejects.toThrow('is their sum');
    await expect(service.planStock(1, { productId: 2, combinationId: 21 }, 5)).rejects.toThrow(
      'advanced stock management',
    );
    await expect(service.planStock(1, { productId: 2, combinationId: 22 }, 5)).rejects.toThrow('Expected a stock row');
  });
});
