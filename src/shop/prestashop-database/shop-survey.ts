import { formatMinor, PRICE_SCALE } from '../../core/money.js';
import { isSqlite, readRows } from '../../db/read-rows.js';
import type { ShopDetails, ShopRights, ShopSurvey } from '../catalogue.js';
import { flagOf, integerOf, textOf } from './read-cell.js';
import { readShopGround } from './shop-ground.js';
import type { ShopIdentity, ShopReading } from './shop-identity.js';
import { shopRights } from './shop-rights.js';
import { stockRowRule } from './stock-reader.js';

export interface SurveyRequest {
  readonly shopIds: readonly number[];
  readonly prefix: string;
  /** The database in words, without user or password. */
  readonly where: string;
}

/**
 * Looks at the installation: what it is, what our login may do there, and its shop contexts.
 *
 * @throws what reading a context's ground throws
 */
export async function readShopSurvey(reading: ShopReading, request: SurveyRequest): Promise<ShopSurvey> {
  const { db, table } = reading;
  const [version] = await readRows(db, `SELECT value FROM ${table('configuration')} WHERE name = 'PS_VERSION_DB'`);
  const contexts = await readRows(
    db,
    `SELECT id_shop, name, active FROM ${table('shop')} WHERE deleted = 0 ORDER BY id_shop`,
  );
  const details: ShopDetails[] = [];
  for (const shopId of request.shopIds) details.push(await readDetails(reading, shopId));
  return {
    connection: request.where,
    version: textOf(version?.[0]),
    absent: reading.columns.absent,
    rights: await readRights(reading, request.prefix),
    contexts: contexts.map(([id, name, active]) => ({
      shopId: integerOf(id),
      name: textOf(name),
      active: flagOf(active),
    })),
    details,
  };
}

async function readDetails(reading: ShopReading, shopId: number): Promise<ShopDetails> {
  const { identity, configuration, currencies } = await readShopGround(reading, shopId);
  const rows = await readRows(
    reading.db,
    `SELECT id_country, iso_code, active FROM ${reading.table('country')} ORDER BY iso_code`,
  );
  const own = rows.find(([id]) => integerOf(id) === configuration.integer('PS_COUNTRY_DEFAULT', 0));
  return {
    shopId,
    countries: rows.filter(([, , active]) => flagOf(active)).map(([, iso]) => textOf(iso).toUpperCase()),
    defaultCountry: textOf(own?.[1]).toUpperCase(),
    rates: new Map(currencies.map(({ iso, rate }) => [iso, plainDecimal(rate)])),
    withoutStock: await readWithoutStock(reading, identity),
  };
}

const EXAMPLES = 5;

/** Finds the items of one shop context that have no stock row of the form that counts. */
async function readWithoutStock({ db, table }: ShopReading, shop: ShopIdentity) {
  const missing = `FROM ${table('product_shop')} p
    LEFT JOIN ${table('product_attribute_shop')} c ON c.id_product = p.id_product AND c.id_shop = p.id_shop
    LEFT JOIN ${table('stock_available')} s ON s.id_product = p.id_product
      AND s.id_product_attribute = COALESCE(c.id_product_attribute, 0) AND ${stockRowRule(shop, 's')}
    WHERE p.id_shop = ${shop.shopId} AND s.id_stock_available IS NULL`;
  const [count] = await readRows(db, `SELECT COUNT(*) AS items ${missing}`);
  const examples = await readRows(
    db,
    `SELECT p.id_product AS product, COALESCE(c.id_product_attribute, 0) AS combination ${missing}
     ORDER BY 1, 2 LIMIT ${EXAMPLES}`,
  );
  return {
    items: integerOf(count?.[0]),
    examples: examples.map(([product, combination]) => ({
      productId: integerOf(product),
      combinationId: integerOf(combination),
    })),
  };
}

/** A file has no rights but those of the system. */
async function readRights({ db }: ShopReading, prefix: string): Promise<ShopRights> {
  if (isSqlite(db)) return { excess: [], notes: [] };
  const [database] = await readRows(db, 'SELECT DATABASE() AS name');
  const grants = await readRows(db, 'SHOW GRANTS FOR CURRENT_USER');
  return shopRights(
    grants.map((row) => textOf(row[0])),
    { database: textOf(database?.[0]), prefix },
  );
}

/** "1.0825" of an exact figure. */
function plainDecimal(exact: bigint): string {
  return formatMinor(exact, PRICE_SCALE).replace(/\.?0+$/, '');
}
