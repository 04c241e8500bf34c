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
const ZERO_DATE = '0000-00-00 00:00:00';
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

  /** Runs the command for the shop that the settings name. */
  function run(...argv: readonly string[]) {
    return bridge.runIn({ environment: { FEEDBRIDGE_SHOP: database.url } }, 'shop', 'verify-prices', ...argv);
  }

  /** Runs the command with a table of the given lines. */
  function verify(lines: readonly string[], ...more: readonly string[]) {
    bridge.write('prices.csv', lines.map((line) => `${line}\n`).join(''));
    return run('--csv', 'prices.csv', '--at', AT, ...more);
  }

  it('is confirmed line by line, and written again to the last byte', async () => {
    const out = join(bridge.folder, 'out.csv');
    const ran = await run('--csv', tableOf('8.2.1'), '--at', AT, '--out', 'out.csv');
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
    // Products 1 and 2 are read together: their combinations must not be taken for each other's.
    const { code, out } = await verify([header, `${keys},1`, '1,1,1,8,1,22.944', '2,9,1,8,1,30.156']);
    expect([code, out]).toEqual([1, expect.stringContaining(words)]);
    expect(out).toContain('checked 3\nmismatches 1\n');
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
    const own = ['2,9,EUR,8,4,1,27.8943', '2,9,EUR,8,4,0,30.156', '2,9,,,,,30.156'];
    const ofCategory = ['1,1,EUR,8,4,1,22.48512', '1,1,EUR,8,4,0,22.944'];
    const lines = [header, ...own, ...ofCategory];
    expect(await verify(lines)).toMatchObject({ code: 0, out: 'checked 5\nmismatches 0\n' });
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
    const then = await run('--csv', 'prices.csv', '--at', '2020-12-31T22:59:59Z');
    expect(then).toMatchObject({ code: 0, out: 'checked 1\nmismatches 0\n' });
  });

  const HEADER =
    'id_product,id_product_attribute,currency,id_country,id_group,ti_final,ti_final_rounded,id_specific_price';

  it.each([
    ['specific prices switched off', 'PS_SPECIFIC_PRICE_FEATURE_ACTIVE', '0', '4,16,EUR,8,1,34.8,34.8,'],
    ['group reductions switched off', 'PS_GROUP_FEATURE_ACTIVE', '0', '2,9,EUR,8,4,30.156,30.16,18'],
    ['taxes switched off', 'PS_TAX', '0', '4,16,EUR,8,1,24,24,5'],
    ['ecotax taxed by no group', 'PS_ECOTAX_TAX_RULES_GROUP_ID', '0', '10,25,EUR,1,1,20.978,20.98,13'],
    ['amounts rounded up', 'PS_PRICE_ROUND_MODE', '0', '1,3,EUR,8,1,24.384,24.39,1'],
    ['amounts rounded down', 'PS_PRICE_ROUND_MODE', '1', '10,25,EUR,1,1,21.0715,21.07,13'],
    ['half cents rounded down', 'PS_PRICE_ROUND_MODE', '3', '2,9,USD,8,1,32.64387,32.64,18'],
    ['another default currency, which is not converted', 'PS_CURRENCY_DEFAULT', '2', '4,16,USD,8,1,28.8,28.8,5'],
  ])('follows the shop: %s', async (_, name, value, line) => {
    const setting = database.knex('ps_configuration').where({ name, id_shop: null, id_shop_group: null });
    const { value: before } = await setting.clone().first('value');
    await setting.clone().update({ value });
    try {
      expect((await verify([HEADER, line])).out).toBe('checked 1\nmismatches 0\n');
    } finally {
      await setting.clone().update({ value: before });
    }
  });

  it('follows rows for every product, for a state and for a zip code', async () => {
    const [specificPrice] = await database.knex('ps_specific_price').insert({
      ...{ id_specific_price_rule: 0, id_cart: 0, id_product: 0, id_shop: 0, id_shop_group: 0, id_currency: 0 },
      ...{ id_country: 0, id_group: 4, id_customer: 0, id_product_attribute: 0, price: '-1.000000', from_quantity: 1 },
      ...{ reduction: '0.5', reduction_tax: 1, reduction_type: 'percentage', from: ZERO_DATE, to: ZERO_DATE },
    });
    const place = { id_tax_rules_group: 1, id_country: 21, id_tax: 2, behavior: 0, description: '' };
    await database.knex('ps_tax_rule').insert([
      { ...place, id_state: 4, zipcode_from: '0', zipcode_to: '0' },
      { ...place, id_state: 0, id_tax: 1, zipcode_from: '90000', zipcode_to: '90999' },
    ]);
    const table = ['id_product,id_country,id_group,id_state,zipcode,use_group_reduction,ti_final,id_specific_price'];
    const cases = ['15,21,4,0,,0,17.5', '15,21,4,4,,0,19.25', '15,21,4,4,90210,0,21', '15,21,4,4,80000,0,19.25'];
    const { out } = await verify([...table, ...cases.map((one) => `${one},${specificPrice}`)]);
    await database.knex('ps_specific_price').where({ id_specific_price: specificPrice }).delete();
    await database.knex('ps_tax_rule').where({ id_country: 21, id_tax_rules_group: 1 }).delete();
    expect(out).toBe('checked 4\nmismatches 0\n');
  });

  it.each([
    ['without a table', []],
    ['with the demo shop', ['--csv', 'prices.csv', '--shop', 'demo']],
    ['with a file that is not there', ['--csv', 'none.csv']],
    ['with a table that is to be written over', ['--csv', 'prices.csv', '--out', 'prices.csv']],
    ['with half a day', ['--csv', 'prices.csv', '--at', '2026-11-21']],
  ])('ends with 2 %s', async (_, more) => {
    bridge.write('prices.csv', 'id_product,ti_final\n');
    const { code, out, err } = await run(...more);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^Expected .*\.\n$/);
  });

  it('is checked against the shop that --shop names, whatever the settings say', async () => {
    bridge.write('prices.csv', 'id_product,id_product_attribute,ti_final\n4,16,28.8\n');
    const ran = await bridge.run('shop', 'verify-prices', '--shop', database.url, '--csv', 'prices.csv');
    expect(ran).toMatchObject({ code: 0, out: 'checked 1\nmismatches 0\n' });
  });

  it('is not reached by a password among the arguments in silence, and the password is never repeated', async () => {
    bridge.write('prices.csv', 'id_product,ti_final\n6,1\n');
    const address = 'mysql://u:pa55word@127.0.0.1:1/s';
    const { code, out, err } = await bridge.run('shop', 'verify-prices', '--shop', address, '--csv', 'prices.csv');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^The password in --shop is seen by every user of this machine/);
    expect(err).not.toContain('pa55word');
  });
});
