import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PriceTableRow } from '../../../../src/features/price-verification/price-table-row.js';
import { openPriceTable } from '../../../../src/features/price-verification/read-price-table.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'feedbridge-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(content: string | Buffer, shopIds: readonly number[] = [1]) {
  const path = join(folder, 'prices.csv');
  writeFileSync(path, content);
  const { rows: found, ...table } = await openPriceTable(path, shopIds);
  const rows: PriceTableRow[] = [];
  for await (const row of found) rows.push(row);
  return { ...table, rows };
}

const PLAIN = 'id_product,id_product_attribute,id_currency,quantity,ti_final\n2,9,1,5,30.156\n3,0,2,1,7\n';

describe('openPriceTable', () => {
  it('reads what was asked and what PrestaShop computed', async () => {
    const { rows, columns } = await read(PLAIN);
    expect(columns).toEqual(['id_product', 'id_product_attribute', 'id_currency', 'quantity', 'ti_final']);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual({
      line: 2,
      asked: {
        ...{ shopId: 1, productId: 2, combinationId: 9, currencyId: 1, currencyIso: null, countryId: null, stateId: 0 },
        ...{ zipcode: '0', groupId: null, customerId: 0, cartId: 0, quantity: 5, withGroupReduction: true },
      },
      expected: { ti_final: '30.156' },
    });
  });

  it.each([
    ['gzipped', gzipSync(PLAIN)],
    ['with a byte order mark and CRLF', `\uFEFF${PLAIN.replaceAll('\n', '\r\n')}`],
    ['with quoted cells and an empty line', `${PLAIN.replaceAll(/[^,\n]+/g, '"$&"')}\n\n`],
    ['with spaces and capitals in the header', PLAIN.replace('id_product,', ' ID_PRODUCT ,')],
    ['without a last line end', PLAIN.trimEnd()],
  ])('reads the same %s', async (_, content) => {
    expect((await read(content)).rows.map((row) => ({ ...row, line: 0 }))).toEqual(
      (await read(PLAIN)).rows.map((row) => ({ ...row, line: 0 })),
    );
  });

  it('takes columns in any order, passes over others and names them', async () => {
    const { rows, unknownColumns } = await read(
      'note,use_group_reduction,zipcode,ti_final,currency,id_state,id_product,id_shop\nx,0,75010,1,EUR,4,8,2\n',
      [1, 2],
    );
    expect(unknownColumns).toEqual(['note']);
    expect(rows[0]?.asked).toMatchObject({
      ...{ shopId: 2, productId: 8, currencyIso: 'EUR', zipcode: '75010', stateId: 4, withGroupReduction: false },
    });
  });

  it.each([
    ['no product', 'id_currency,ti_final\n1,1\n', 'id_product'],
    ['nothing to compare', 'id_product,quantity\n1,1\n', 'ti_final'],
    ['a column twice', 'id_product,ti_final,ti_final\n1,1,1\n', 'the column ti_final once'],
    [
      'a text for a number',
      'id_product,quantity,ti_final\n1,1,1\n2,many,3\n',
      'Line 3 of the price table: expected quantity',
    ],
    ['no amount', 'id_product,ti_final\n1,"1,50"\n', 'Line 2 of the price table: expected ti_final'],
    ['too few cells', 'id_product,ti_final\n1\n', 'Line 2'],
    ['a quote that is never closed', 'id_product,ti_final\n1,"1\n', 'Quote Not Closed'],
  ])('refuses a table with %s, and says where', async (_, content, words) => {
    await expect(read(content)).rejects.toMatchObject({
      code: 'PRICE_TABLE_WRONG',
      message: expect.stringContaining(words),
    });
  });

  it('wants to know of which shop each line is where several are meant', async () => {
    await expect(read(PLAIN, [1, 2])).rejects.toMatchObject({ message: expect.stringContaining('id_shop') });
  });

  it('refuses damaged gzip data, a folder and a file that is not there', async () => {
    const cut = gzipSync(PLAIN.repeat(50)).subarray(0, 60);
    await expect(read(cut)).rejects.toMatchObject({ code: 'PRICE_TABLE_UNREADABLE' });
    await expect(openPriceTable(folder, [1])).rejects.toMatchObject({ message: expect.stringContaining('a folder') });
    await expect(openPriceTable(join(folder, 'none.csv'), [1])).rejects.toMatchObject({
      message: expect.stringContaining('no such file'),
    });
  });

  it('has no lines and no columns for an empty file', async () => {
    expect(await read('')).toEqual({ columns: [], unknownColumns: [], rows: [] });
  });
});
