import { describe, expect, test } from 'vitest';
import {
  ListingsReportUnreadable,
  type MerchantListing,
  type MerchantListingsOptions,
  readMerchantListings,
} from '../../../../feeds/reports/merchant-listings.js';

async function read(text: string | Iterable<string>, options?: MerchantListingsOptions): Promise<MerchantListing[]> {
  const rows: MerchantListing[] = [];
  const pieces = typeof text === 'string' ? [text] : text;
  for await (const row of readMerchantListings(pieces, options)) rows.push(row);
  return rows;
}

const table = (...rows: string[][]) => rows.map((row) => row.join('\t')).join('\n');

const FULL = table(
  [
    'item-name',
    'item-description',
    'listing-id',
    'seller-sku',
    'price',
    'quantity',
    'open-date',
    'product-id-type',
    'item-condition',
    'asin1',
    'product-id',
    'fulfillment-channel',
    'merchant-shipping-group',
    'status',
    'Minimum order quantity',
    'brand-new-column',
  ],
  [
    'Pull "Été"',
    'warm',
    '1109',
    'PS-1-7',
    '29.90',
    '12',
    '21/11/2026 10:14:22 GMT',
    '4',
    '11',
    'B000EXAMPL',
    '4006381333931',
    'DEFAULT',
    'Default Template',
    'Active',
    '',
    'x',
  ],
  ['Pen', '', '1110', '007', '1.234,5', '', '', '1', '', '', 'B000EXAMP2', 'AMAZON_EU', '', 'Inactive', '', ''],
);

describe('readMerchantListings', () => {
  test('reads each row by the names of the header, quotes as they are', async () => {
    expect(await read(FULL)).toEqual([
      {
        sku: 'PS-1-7',
        asin: 'B000EXAMPL',
        price: '29.90',
        quantity: 12,
        status: 'Active',
        fulfillmentChannel: 'DEFAULT',
        itemName: 'Pull "Été"',
        productId: '4006381333931',
        productIdType: '4',
        condition: '11',
        shippingGroup: 'Default Template',
        openDate: '21/11/2026 10:14:22 GMT',
      },
      {
        sku: '007',
        asin: null,
        price: '1234.5',
        quantity: null,
        status: 'Inactive',
        fulfillmentChannel: 'AMAZON_EU',
        itemName: 'Pen',
        productId: 'B000EXAMP2',
        productIdType: '1',
        condition: null,
        shippingGroup: null,
        openDate: null,
      },
    ]);
  });

  test('takes the British spelling, any order, Windows line ends, a byte order mark and short rows', async () => {
    const text = '\ufefffulfilment-channel\tSELLER-SKU\tstatus\r\nAMAZON_EU\tA\tActive\r\n\r\nDEFAULT\tB\r\n';
    expect(await read(text)).toMatchObject([
      { sku: 'A', fulfillmentChannel: 'AMAZON_EU', status: 'Active' },
      { sku: 'B', fulfillmentChannel: 'DEFAULT', status: null, price: null },
    ]);
  });

  test('keeps a SKU exactly: zeros, spaces and quotes', async () => {
    const skus = ['007', ' A', 'A ', '"B"', '1e3', 'é'];
    expect(
      (await read(table(['seller-sku', 'price'], ...skus.map((sku) => [sku, '1'])))).map((row) => row.sku),
    ).toEqual(skus);
  });

  test.each([
    ['29.90', '29.90'],
    ['29,90', '29.90'],
    ['1.234,56', '1234.56'],
    ['1,234.56', '1234.56'],
    ['1 234,56', '1234.56'],
    ['1.234.567,5', '1234567.5'],
    ['131', '131'],
    ['29,', '29'],
    ['', null],
    ['n/a', null],
    ['-1', null],
  ])('a price of %j is read as %j', async (cell, price) => {
    expect(await read(table(['seller-sku', 'price'], ['A', cell]))).toMatchObject([{ price }]);
  });

  test.each([
    ['0', 0],
    ['12', 12],
    ['', null],
    ['1.5', null],
    ['many', null],
  ])('a quantity of %j is read as %j', async (cell, quantity) => {
    expect(await read(table(['seller-sku', 'quantity'], ['A', cell]))).toMatchObject([{ quantity }]);
  });

  test('passes over a line without a SKU and tells which one', async () => {
    const lines: number[] = [];
    const rows = await read(table(['seller-sku', 'price'], ['A', '1'], ['', '2'], ['C', '3']), {
      onLineWithoutSku: (line) => lines.push(line),
    });
    expect(rows.map((row) => row.sku)).toEqual(['A', 'C']);
    expect(lines).toEqual([3]);
  });

  test('a report without seller-sku is refused, naming the columns found', async () => {
    await expect(read('sku\tasin\tprice\nA\tB\t1\n')).rejects.toThrow(ListingsReportUnreadable);
    await expect(read('sku\tasin\tprice\nA\tB\t1\n')).rejects.toThrow('found "sku", "asin", "price"');
    await expect(read('<!DOCTYPE html><html>\n')).rejects.toThrow('found "<!DOCTYPE html><html>"');
    await expect(read('')).rejects.toThrow('got an empty file');
  });

  test('a report with a header only has no listings', async () => {
    expect(await read('seller-sku\tprice\n')).toEqual([]);
  });

  test('reads piece by piece, however the pieces fall', async () => {
    expect(await read([...FULL])).toEqual(await read(FULL));
  });

  test('the failure of its source is thrown, not swallowed', async () => {
    function* source() {
      yield 'seller-sku\tprice\nA\t1\n';
      throw new Error('connection lost');
    }
    await expect(read(source())).rejects.toThrow('connection lost');
  });

  test('a caller may stop early', async () => {
    let produced = 0;
    function* source() {
      yield 'seller-sku\n';
      for (; produced < 1_000_000; produced += 1) yield `PS-${produced}\n`;
    }
    for await (const listing of readMerchantListings(source())) if (listing.sku === 'PS-10') break;
    expect(produced).toBeLessThan(100_000);
  });
});
