import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { isRetryable } from '../../../../src/core/errors.js';
import { type Logger, silentLogger } from '../../../../src/core/logger.js';
import { readList, readPage } from '../../../../src/shop/prestashop-webservice/list-records.js';
import { webserviceAddress } from '../../../../src/shop/prestashop-webservice/webservice-address.js';
import { WebserviceClient } from '../../../../src/shop/prestashop-webservice/webservice-client.js';
import { sharedFile, sharedFolder } from '../../../support/shared-material.js';
import {
  type Fault,
  startWebserviceServer,
  type WebserviceServer,
} from '../../../support/webservice-shop/webservice-server.js';
import { TEST_KEY } from '../../../support/webservice-shop/wire.js';

const LIST =
  '<?xml version="1.0"?><prestashop><products><product><id>1</id></product><product><id>3</id></product></products></prestashop>';
const GOOD: Fault = { status: 200, body: LIST };
const HTML: Fault = { status: 503, body: `<html>Down for maintenance ${TEST_KEY}</html>` };

let server: WebserviceServer;
let client: WebserviceClient;
afterEach(async () => {
  client?.close();
  await server?.stop();
});

interface Call {
  readonly found: readonly number[];
  /** Milliseconds that were waited before each repeat. */
  readonly delays: readonly number[];
  readonly calls: number;
}

/** Asks for products of a server that gives these answers, the last one for ever. */
async function askWith(faults: readonly Fault[], options: { timeoutMs?: number; logger?: Logger } = {}): Promise<Call> {
  server = await startWebserviceServer(null);
  server.disturb(() => faults[Math.min(server.seen.length, faults.length) - 1] ?? null);
  const delays: number[] = [];
  client = new WebserviceClient(webserviceAddress(server.url('1')), {
    logger: silentLogger,
    pause: (durationMs) => {
      delays.push(durationMs);
      return Promise.resolve(true);
    },
    random: () => 0.5,
    ...options,
  });
  const page = await readPage(client, { resource: 'products', shopId: 1, display: [] }, { after: 0 });
  return { found: page.map(({ id }) => id), delays, calls: server.seen.length };
}

async function errorWith(faults: readonly Fault[], options: { timeoutMs?: number } = {}): Promise<Error> {
  const error = await askWith(faults, options).then(
    () => null,
    (thrown: Error) => thrown,
  );
  if (error === null) throw new Error('Expected the call to fail.');
  const whole = `${error.message} ${JSON.stringify(error)} ${error.stack} ${String(error.cause)}`;
  expect(whole).not.toContain(TEST_KEY);
  expect(whole).not.toContain(Buffer.from(`${TEST_KEY}:`).toString('base64'));
  return error;
}

describe('A call of the Webservice', () => {
  it.each([
    ['a page of HTML with 503', HTML],
    ['a cut connection', 'cut'],
    ['an empty 500', { status: 500, body: '' }],
    ['too many calls', { status: 429, body: 'slow down' }],
    ['a page of a firewall', { status: 403, body: '<html>Blocked</html>' }],
    ['HTML with 200', { status: 200, body: '<html>Hello</html>' }],
    ['XML that breaks off', { status: 200, body: LIST.slice(0, 80) }],
  ] as const)('is made again after %s, later and later', async (_, fault) => {
    const call = await askWith([fault, fault, GOOD]);
    expect(call).toEqual({ found: [1, 3], delays: [750, 1500], calls: 3 });
  });

  it('waits as long as the shop asks for', async () => {
    const busy: Fault = { status: 429, body: '', headers: { 'retry-after': '7' } };
    expect((await askWith([busy, GOOD])).delays).toEqual([7250]);
  });

  it('is made again when no answer comes in time', async () => {
    expect(await askWith(['silence', GOOD], { timeoutMs: 50 })).toMatchObject({ found: [1, 3], calls: 2 });
  });

  it('is never one of more than two at once', async () => {
    server = await startWebserviceServer(null);
    server.disturb(() => (server.seen.length <= 2 ? 'silence' : GOOD));
    client = new WebserviceClient(webserviceAddress(server.url('1')), {
      ...{ logger: silentLogger, random: () => 0, timeoutMs: 50 },
      pause: () => Promise.resolve(true),
    });
    const request = { resource: 'products', shopId: 1, display: [] };
    await Promise.all([1, 2, 3, 4, 5].map(() => readPage(client, request, { after: 0 })));
    expect(server.mostAtOnce()).toBe(2);
  });

  it('gives up after six tries and keeps the beginning of the answer, without the key', async () => {
    const error = await errorWith([HTML]);
    expect(error.message).toContain('HTTP 503');
    expect(error.message).toContain('Down for maintenance [key]');
    expect(isRetryable(error)).toBe(true);
    expect(server.seen.length).toBe(6);
  });

  it.each([
    `<br />\n<b>Warning</b>: Undefined array key in modules/x.php on line 3<br />\n${LIST}`,
    `\ufeff${LIST}<!-- cached -->`,
    LIST.replace('<id>1</id>', '<id>1</id><name>a\u0008b</name>'),
  ])('reads its XML though something stands around or in it', async (body) => {
    expect((await askWith([{ status: 200, body }])).found).toEqual([1, 3]);
  });

  it('reads no document type', async () => {
    const body = LIST.replace('<prestashop>', '<!DOCTYPE p [<!ENTITY a "b">]><prestashop>');
    expect((await errorWith([{ status: 200, body }])).message).toMatch(/document type|not XML/);
  });

  it('never takes an answer without the list for an empty one', async () => {
    const error = await errorWith([{ status: 200, body: '<?xml version="1.0"?><prestashop></prestashop>' }]);
    expect(error.name).toBe('WEBSERVICE_FIELD_MISSING');
  });

  it('refuses rows that come in another order, and gives a row that comes twice once', async () => {
    const twice = LIST.replace('<id>3</id>', '<id>1</id>');
    expect((await askWith([{ status: 200, body: twice }])).found).toEqual([1]);
    await server.stop();
    const turned = LIST.replace('<id>3</id>', '<id>0</id>');
    expect((await errorWith([{ status: 200, body: turned }])).name).toBe('WEBSERVICE_DISORDERED');
  });

  it('ends a list by an empty page alone: a module may have hidden rows of a short one', async () => {
    const lists = [LIST, LIST.replace('<id>1</id>', '<id>5</id>').replace('<id>3</id>', '<id>9</id>')];
    const empty = LIST.replace(/<products>.*<\/products>/, '<products/>');
    server = await startWebserviceServer(null);
    server.disturb(() => ({ status: 200, body: lists[server.seen.length - 1] ?? empty }));
    client = new WebserviceClient(webserviceAddress(server.url('1')), {
      ...{ logger: silentLogger, random: () => 0 },
      pause: () => Promise.resolve(true),
    });
    const rows = await readList(client, { resource: 'products', shopId: 1, display: [] });
    expect(rows.map(({ id }) => id)).toEqual([1, 3, 5, 9]);
    expect(server.seen.map(({ query }) => query.get('filter[id]'))).toEqual([null, '>[3]', '>[9]']);
  });

  it('follows no redirect, which would carry the key along', async () => {
    const error = await errorWith([{ status: 302, body: '', headers: { location: 'http://elsewhere.example/?a=b' } }]);
    expect(error.name).toBe('WEBSERVICE_SHOP_UNKNOWN');
    expect(error.message).toContain('http://elsewhere.example/.');
    expect(server.seen.length).toBe(1);
  });
});

const noRecordings = sharedFolder() === null ? 'runs with FEEDBRIDGE_SHARED=/path/to/shared npm test' : null;

describe.skipIf(noRecordings !== null)(`What PrestaShop refuses (${noRecordings ?? 'recorded'})`, () => {
  it.each([
    ['err-401-badkey.xml', 401, 'WEBSERVICE_KEY_REFUSED'],
    ['err-401-unknownkey.xml', 401, 'WEBSERVICE_KEY_REFUSED'],
    ['err-401-nokey.txt', 401, 'WEBSERVICE_KEY_REFUSED'],
    ['enriched/err-503-disabled.xml', 503, 'WEBSERVICE_SWITCHED_OFF'],
    ['err-405-delete-order.xml', 405, 'WEBSERVICE_RIGHT_MISSING'],
    ['err-405-post-stock.xml', 405, 'WEBSERVICE_RIGHT_MISSING'],
    ['multistore/err-403-shop-not-allowed.xml', 403, 'WEBSERVICE_SHOP_REFUSED'],
    ['multistore/products-id_shop4-not-in-shop.xml', 404, 'WEBSERVICE_NOT_FOUND'],
    ['err-404-product.xml', 404, 'WEBSERVICE_NOT_FOUND'],
    ['err-404-resource.xml', 400, 'WEBSERVICE_REFUSED'],
    ['err-400-bad-field.xml', 500, 'WEBSERVICE_REFUSED'],
    ['err-400-bad-filter.xml', 500, 'WEBSERVICE_REFUSED'],
    ['err-400-nonfilterable.xml', 500, 'WEBSERVICE_REFUSED'],
    ['enriched/err-nested-display.xml', 500, 'WEBSERVICE_REFUSED'],
    ['err-400-bad-xml.xml', 500, 'WEBSERVICE_REFUSED'],
    ['err-400-post-empty.xml', 400, 'WEBSERVICE_REFUSED'],
    ['products-date-filter-missing-date1.xml', 500, 'WEBSERVICE_REFUSED'],
  ])('%s is known for good at once', async (file, status, name) => {
    const path = sharedFile('prestashop', 'webservice', ...file.split('/'));
    expect(existsSync(path)).toBe(true);
    const error = await errorWith([{ status, body: readFileSync(path, 'utf8') }]);
    expect(error.name).toBe(name);
    expect(isRetryable(error)).toBe(false);
    expect(server.seen.length).toBe(1);
  });
});
