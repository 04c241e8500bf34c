import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { sharedFile } from '../shared-material.js';

/** PrestaShop's own price, tax included, of one piece: what the computed fields of its Webservice show. */
export type PriceFigures = (wanted: {
  readonly productId: number;
  readonly combinationId: number;
  /** Parameters of price[…]: country, currency, group, decimals … */
  readonly parameters: ReadonlyMap<string, string>;
}) => string;

/** What a shop takes for a parameter that was left out (measured facts, section 10). */
const DEFAULTS = { country: '8', currency: '1', group: '3', decimals: '2', quantity: '1' } as const;

/**
 * Reads the prices that PrestaShop's own engine computed on one of the shared databases.
 *
 * @param file "8.2.1.csv.gz"; it holds groups without a reduction of their own among others, and only those can be asked for
 */
export function readPriceFigures(file: string): PriceFigures {
  const [header = '', ...lines] = gunzipSync(readFileSync(sharedFile('prestashop', 'prices', file)))
    .toString('utf8')
    .trim()
    .split('\n');
  const columns = header.split(',');
  const prices = new Map<string, string>();
  for (const line of lines) {
    const cells = line.split(',');
    const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
    if (cell('id_customer') === '0' && cell('quantity') === '1')
      prices.set(
        ['id_product', 'id_product_attribute', 'id_currency', 'id_country', 'id_group'].map(cell).join('-'),
        cell('ti_final'),
      );
  }
  return ({ productId, combinationId, parameters }) => {
    const value = (name: keyof typeof DEFAULTS) => parameters.get(name) ?? DEFAULTS[name];
    const key = [productId, combinationId, value('currency'), value('country'), value('group')].join('-');
    const price = prices.get(key);
    if (price === undefined || value('group') === '4') throw new Error(`No price of PrestaShop's own for ${key}.`);
    const rounded = Number(Number(price).toFixed(Number(value('decimals'))));
    return rounded.toFixed(6);
  };
}
