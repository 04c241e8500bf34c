import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  loadPrestashopDump,
  type PrestashopDatabase,
  whyNoPrestashopDatabase,
} from '../../support/prestashop-database.js';
import { sharedFile } from '../../support/shared-material.js';
import { Bridge } from './bridge.js';

const reason = whyNoPrestashopDatabase();
const AT = '2026-11-21T12:00:00Z';
const tableOf = (name: string) => sharedFile('prestashop', 'prices', `${name}.csv.gz`);

describe.skipIf(reason !== null)(`a table of PrestaShop's own prices (${reason ?? 'measured'})`, () => {
  let database: PrestashopDatabase;
  let bridge: Bridge;

  beforeAll(async () => {
    database = await loadPrestashopDump('prestashop-8.2.1');
    bridge = new Bridge();
  });
  afterAll(async () => {
    bridge?.remove();
    await database?.drop();
  });

  /** Runs the command with a table of the given lines. */
  function verify(lines: readonly string[], ...more: readonly string[]) {
    bridge.write('prices.csv', lines.map((line) => `${line}\n`).join(''));
    return bridge.run('shop', 'verify-prices', '--shop', database.url, '--csv', 'prices.csv', '--at', AT, ...more);
  }

  it('is confirmed line by line, and written again to the last byte', async () => {
    const out = join(bridge.folder, 'out.csv');
    const ran = await bridge.run(
      ...['shop', 'verify-prices', '--shop', database.url, '--csv', tableOf('8.2.1'), '--at', AT, '--out', 'out.csv'],
    );
    expect(ran).toEqual({ code: 0, out: 'checked 5760\nmismatches 0\n', err: '' });
    expect(readFileSync(out, 'utf8')).toBe(gunzipSync(readFileSync(tableOf('8.2.1'))).toString('utf8'));
  });

  it('fails by the first ten lines that are not confirmed, each with its keys and its specific price', async () => {
    const wrong = Array.from({ length: 12 }, (_, index) => `4,16,1,8,1,${index + 1},28.81`);
    const { code, out } = await verify([
      'id_product,id_product_attribute,id_currency,id_country,id_group,quantity,ti_final',
      ...wrong,
    ]);
    expect(code).toBe(1);
    expect(out).toContain('checked 12\nmismatches 12\n');
    expect(out).toContain(
      'line 2: shop 1, product 4, combination 16, currency 1, country 8, group 1, customer 0, quantity 1\n',
    );
    expect(out).toContain('  ti_final: expected 28.81, computed 28.8\n');
    expect(out).toContain('  specific price 5: reduction 5 tax excluded, product 4, from quantity 1\n');
    expect(out.match(/^line /gm)).toHaveLength(10);
    expect(out).toContain('and 2 more');
  });

  it.each([
    ['a product', '999,0,1,8,1', 'The shop has no product 999.'],
    ["another product's combination", '1,9,1,8,1', 'Shop 1 has no combination 9 of product 1.'],
    ['a currency', '1,1,9,8,1', 'Shop 1 offers no currency 9.'],
    ['a country', '1,1,1,999,1', 'The shop has no country 999.'],
    ['a customer group', '1,1,1,8,77', 'The shop has no customer group 77.'],
  ])('fails by a line about %s that the shop lacks, and says so', async (_, keys, words) => {
    const header = 'id_product,id_product_attribute,id_currency,id_country,id_group,ti_final';
    const { code, out } = await verify([header, `${keys},1`]);
    expect([code, out]).toEqual([1, expect.stringContaining(words)]);
  });

  it('fails by a line about another shop than the address names', async () => {
    const { code, out } = await verify(['id_shop,id_product,ti_final', '2,6,1']);
    expect([code, out]).toEqual([1, expect.stringContaining('Shop 2 is not one of those asked for (shop=1).')]);
  });

  it('fails when it has no line', async () => {
    expect(await verify(['id_product,ti_final'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('checked 0\nmismatches 0\n'),
    });
  });

  it('is checked only as far as --limit says', async () => {
    const lines = ['id_product,id_product_attribute,ti_final', '4,16,28.8', '4,16,1'];
    expect(await verify(lines, '--limit', '1')).toMatchObject({ code: 0, out: 'checked 1\nmismatches 0\n' });
  });

  it('leaves the reduction of the group out where it says so, and takes the shop for what it does not say', async () => {
    const header = 'id_product,id_product_attribute,currency,id_country,id_group,use_group_reduction,ti_final';
    const lines = [header, '2,9,EUR,8,4,1,27.8943', '2,9,EUR,8,4,0,30.156', '2,9,,,,,30.156'];
    expect(await verify(lines)).toMatchObject({ code: 0, out: 'checked 3\nmismatches 0\n' });
  });

  it("prices a product with combinations as its default one, where PrestaShop's function is asked for none", async () => {
    const { id_product_attribute: id, price } = await database
      .knex('ps_product_attribute_shop')
      .where({ id_product: 1, id_shop: 1, default_on: 1 })
      .first();
    await database
      .knex('ps_product_attribute_shop')
      .where({ id_product_attribute: id, id_shop: 1 })
      .update({ price: '10' });
    try {
      const { out } = await verify([
        'id_product,id_product_attribute,id_group,te_base',
        '1,0,1,33.9',
        `1,${id},1,33.9`,
      ]);
      expect(out).toBe('checked 2\nmismatches 0\n');
    } finally {
      await database
        .knex('ps_product_attribute_shop')
        .where({ id_product_attribute: id, id_shop: 1 })
        .update({ price });
    }
  });

  it('counts a dated row at the instant that --at says', async () => {
    const lines = ['id_product,id_specific_price', '7,9'];
    expect((await verify(lines)).code).toBe(1);
    const then = await bridge.run(
      ...['shop', 'verify-prices', '--shop', database.url, '--csv', 'prices.csv', '--at', '2020-12-31T22:59:59Z'],
    );
    expect(then).toMatchObject({ code: 0, out: 'checked 1\nmismatches 0\n' });
  });

  it.each([
    ['without a table', []],
    ['with the demo shop', ['--csv', 'prices.csv', '--shop', 'demo']],
    ['with a file that is not there', ['--csv', 'none.csv']],
    ['with a table that is to be written over', ['--csv', 'prices.csv', '--out', 'prices.csv']],
    ['with half a day', ['--csv', 'prices.csv', '--at', '2026-11-21']],
  ])('ends with 2 %s', async (_, more) => {
    bridge.write('prices.csv', 'id_product,ti_final\n');
    const { code, out, err } = await bridge.run('shop', 'verify-prices', '--shop', database.url, ...more);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^Expected .*\.\n$/);
  });
});
