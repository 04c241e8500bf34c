import type { Connection } from 'mysql2/promise';
import { shopGroundTables } from './shop-ground-tables.js';
import { shopProductTables } from './shop-product-tables.js';

export const MANUFACTURERS = 40;

const SETTINGS: readonly (readonly [name: string, value: string])[] = [
  ['PS_COUNTRY_DEFAULT', '8'],
  ['PS_CURRENCY_DEFAULT', '1'],
  ['PS_ECOTAX_TAX_RULES_GROUP_ID', '0'],
  ['PS_GROUP_FEATURE_ACTIVE', '1'],
  ['PS_LANG_DEFAULT', '1'],
  ['PS_ORDER_OUT_OF_STOCK', '0'],
  ['PS_PACK_STOCK_TYPE', '0'],
  ['PS_PRICE_ROUND_MODE', '2'],
  ['PS_REWRITING_SETTINGS', '1'],
  ['PS_SPECIFIC_PRICE_FEATURE_ACTIVE', '1'],
  ['PS_SPECIFIC_PRICE_PRIORITIES', 'id_shop;id_currency;id_country;id_group'],
  ['PS_SSL_ENABLED', '1'],
  ['PS_STOCK_MANAGEMENT', '1'],
  ['PS_TAX', '1'],
  ['PS_TIMEZONE', 'Europe/Paris'],
  ['PS_UNIDENTIFIED_GROUP', '1'],
];

/** The country's id, its code and its standard rate in percent; the reduced rate is 10 everywhere. */
const COUNTRIES: readonly (readonly [id: number, iso: string, rate: number])[] = [
  [1, 'DE', 19],
  [6, 'ES', 21],
  [8, 'FR', 20],
  [10, 'IT', 22],
  [17, 'GB', 20],
];

const REDUCED_TAX = 100;

/** Makes the tables of a shop and everything in it but its products: one context in euro, with taxes in five countries. */
export async function fillShopGround(connection: Connection): Promise<void> {
  for (const statement of [...shopGroundTables, ...shopProductTables])
    await connection.query(`${statement} ENGINE=InnoDB`);
  const insert = (table: string, rows: readonly (readonly (string | number | null)[])[]) =>
    connection.query(`INSERT INTO ${table} VALUES ?`, [rows]);
  await insert('ps_shop_group', [[1, 'Default', 0]]);
  await insert('ps_shop', [[1, 1, 'Bench', 1, 0]]);
  await insert('ps_shop_url', [[1, 1, 'bench.example', 'bench.example', '/', '', 1, 1]]);
  await insert('ps_lang', [[1, 'fr', 1]]);
  await insert('ps_lang_shop', [[1, 1]]);
  await insert('ps_currency', [[1, 'EUR', 2, 1, 0]]);
  await insert('ps_currency_shop', [[1, 1, 1]]);
  await insert('ps_group', [
    [1, 0],
    [2, 0],
    [3, 0],
  ]);
  await insert(
    'ps_configuration',
    SETTINGS.map(([name, value]) => [null, null, null, name, value]),
  );
  await insertTaxes(insert);
  await connection.query(
    `INSERT INTO ps_manufacturer SELECT seq, CONCAT('Brand ', seq) FROM seq_1_to_${MANUFACTURERS}`,
  );
}

/** Tax rules group 1 is the standard rate of each country, group 2 the reduced one. */
async function insertTaxes(
  insert: (table: string, rows: readonly (readonly (string | number)[])[]) => Promise<unknown>,
): Promise<void> {
  await insert(
    'ps_country',
    COUNTRIES.map(([id, iso]) => [id, iso, 1]),
  );
  await insert('ps_tax', [[REDUCED_TAX, 10], ...COUNTRIES.map(([id, , rate]) => [id, rate])]);
  await insert('ps_tax_rules_group', [
    [1, 1],
    [2, 1],
  ]);
  const rules = COUNTRIES.flatMap(([id]) => [
    [1, id, id],
    [2, id, REDUCED_TAX],
  ]);
  await insert(
    'ps_tax_rule',
    rules.map(([group = 0, country = 0, tax = 0], index) => [index + 1, group, country, 0, '0', '0', tax, 0]),
  );
}
