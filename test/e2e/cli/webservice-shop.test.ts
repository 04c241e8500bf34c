import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readingRights } from '../../support/webservice-shop/answer-request.js';
import { smallShop } from '../../support/webservice-shop/small-shop.js';
import { startWebserviceServer, type WebserviceServer } from '../../support/webservice-shop/webservice-server.js';
import { TEST_KEY } from '../../support/webservice-shop/wire.js';
import { Bridge } from './bridge.js';

let bridge: Bridge;
let server: WebserviceServer;
let tables: ReturnType<typeof smallShop>;

beforeEach(async () => {
  tables = smallShop();
  const rights = readingRights();
  for (const resource of ['products', 'combinations', 'stock_availables']) rights.get(resource)?.add('PATCH');
  server = await startWebserviceServer({ tables, rights, shopIds: [1, 2], figures: () => () => '12.000000' });
  bridge = new Bridge();
  bridge.environment.FEEDBRIDGE_SHOP = server.url('1,2');
});
afterEach(async () => {
  bridge.remove();
  await server.stop();
});

const quantityOf = (rowId: number) => tables.stock_available.find((row) => row.id_stock_available === rowId)?.quantity;
const written = () => server.seen.filter(({ method }) => method !== 'GET').map(({ path }) => path);
const allow = () => bridge.run('settings', 'set', 'shop-writes', 'on');

describe('doctor and shop check of a Webservice without TLS', () => {
  it('say so, and never the key', async () => {
    await allow();
    const doctor = await bridge.run('doctor');
    expect(doctor.out).toContain('the shop is a PrestaShop by its Webservice.');
    expect(doctor.out).toMatch(/One \(shop 1, 2 products\), Two .* can be read. .* travel unsealed. Use https\./);
    const check = await bridge.run('shop', 'check');
    expect(check.code).toBe(0);
    expect(check.out).toContain('travel unsealed');
    expect(JSON.stringify([doctor, check])).not.toContain(TEST_KEY);
  });
});

describe('shop set-stock', () => {
  it('writes only with --yes, and only where the setting is on', async () => {
    expect(await bridge.run('shop', 'set-stock', '1', '8', '--yes')).toMatchObject({
      code: 1,
      err: expect.stringContaining('settings set shop-writes on'),
    });
    await allow();
    const told = await bridge.run('shop', 'set-stock', '1', '8');
    expect(told).toMatchObject({ code: 0, out: expect.stringContaining('3 → 8') });
    expect(told.out).toContain('Nothing was written. Write it with --yes.');
    expect(written()).toEqual([]);
    const done = await bridge.run('shop', 'set-stock', '1', '8', '--yes');
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('Written; the shop says 8.') });
    expect(quantityOf(11)).toBe(8);
    expect((await bridge.run('shop', 'set-stock', '1', '8', '--yes')).out).toContain('It is so already.');
    expect(written()).toEqual(['stock_availables/11']);
  });

  it('writes the row of the shop that is named', async () => {
    await allow();
    expect((await bridge.run('shop', 'set-stock', '1', '6', '--shop', '2', '--yes')).code).toBe(0);
    expect([11, 12, 13].map(quantityOf)).toEqual([3, 3, 6]);
  });

  it('fails for a shop by its database that names no Webservice, and for quantities that are none', async () => {
    await allow();
    const environment = { FEEDBRIDGE_SHOP: 'demo' };
    expect(await bridge.runIn({ environment }, 'shop', 'set-stock', '1', '8')).toMatchObject({
      code: 2,
      err: expect.stringContaining('FEEDBRIDGE_SHOP_WEBSERVICE'),
    });
    for (const quantity of ['-1', '1.5', 'x'])
      expect((await bridge.run('shop', 'set-stock', '1', '--', quantity)).code).toBe(2);
  });
});

describe('shop import-references', () => {
  const FILE = 'id_product,id_product_attribute,reference\n1,,NEW-1\n2,21,NEW-21\n';

  it('shows before and after, and writes with --yes', async () => {
    await allow();
    bridge.write('references.csv', FILE);
    const told = await bridge.run('shop', 'import-references', 'references.csv');
    expect(told.out).toMatch(/OLD-1 +NEW-1\n/);
    expect(told.out).toContain('Nothing was written. Write 2 items with --yes.');
    expect(written()).toEqual([]);
    const done = await bridge.run('shop', 'import-references', 'references.csv', '--yes');
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('2 items written and read back.') });
    expect(written()).toEqual(['products/1', 'combinations/21']);
    const again = await bridge.run('shop', 'import-references', 'references.csv', '--yes');
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('nothing is to be written') });
  });

  it('names every line that cannot be written, and writes none', async () => {
    await allow();
    const codes = '1,,4006381333931,036000291452\n2,21,4006381333931,036000291452\n3,,,036000291453\n';
    bridge.write('faulty.csv', `id_product,id_product_attribute,EAN,UPC\n${codes}`);
    const { code, err } = await bridge.run('shop', 'import-references', 'faulty.csv', '--yes');
    expect(code).toBe(2);
    expect(err).toContain('3 faults');
    expect(err).toContain('Line 3: "4006381333931" stands on line 2 already');
    expect(err).toContain('Line 3: "036000291452" stands on line 2 already');
    expect(err).toContain('Line 4: expected a UPC of 12 digits');
    expect(written()).toEqual([]);
  });

  it('fails when an item was left alone because someone changed it meanwhile', async () => {
    await allow();
    bridge.write('references.csv', FILE);
    let looks = 0;
    server.disturb(({ path }) => {
      if (path === 'products/1' && ++looks === 2) Object.assign(tables.product[0] ?? {}, { reference: 'THEIRS' });
      return null;
    });
    const { code, out } = await bridge.run('shop', 'import-references', 'references.csv', '--yes');
    expect(code).toBe(1);
    expect(out).toContain('Product 1, combination 0 changed meanwhile and was left alone.');
    expect(out).toContain('1 item written and read back.');
    expect(tables.product[0]?.reference).toBe('THEIRS');
  });
});
