import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { sharedFile } from './shared-material.js';

/** One price that PrestaShop's own engine computed; ids as in the database, amounts as text. */
export interface OraclePrice {
  readonly id_product: string;
  readonly id_product_attribute: string;
  readonly currency: string;
  readonly id_country: string;
  readonly id_group: string;
  readonly id_currency: string;
  readonly id_customer: string;
  readonly quantity: string;
  readonly te_base: string;
  readonly ti_base: string;
  readonly te_final: string;
  readonly ti_final: string;
  readonly ti_final_rounded: string;
}

/** Reads the prices of one database, for example `8.2.1` or `multistore-shop1`. */
export function readOraclePrices(name: string): readonly OraclePrice[] {
  const text = gunzipSync(readFileSync(sharedFile('prestashop', 'prices', `${name}.csv.gz`)));
  return parse(text, { columns: true });
}
