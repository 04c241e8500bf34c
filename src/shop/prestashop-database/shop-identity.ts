import type { Knex } from 'knex';
import { readRows } from '../../db/read-rows.js';
import { flagOf, integerOf, textOf } from './read-cell.js';
import type { ShopColumns } from './shop-columns.js';
import { ShopContextUnknown, ShopSettingMissing } from './shop-errors.js';
import type { TableNaming } from './shop-tables.js';

/** How the tables are reached: a handle or a transaction on it, the naming with the shop's prefix, and what this version of the shop has. */
export interface ShopReading {
  readonly db: Knex;
  readonly table: TableNaming;
  readonly columns: ShopColumns;
}

/** What makes one shop context itself. */
export interface ShopIdentity {
  readonly shopId: number;
  readonly shopGroupId: number;
  readonly name: string;
  /** Stock rows of this shop are those of its group. */
  readonly sharesStock: boolean;
  /** Host and path without scheme, with a trailing slash; the host is another one under TLS. */
  readonly plainAddress: string;
  readonly secureAddress: string;
  /** Where files lie: without the shop's virtual path. */
  readonly physicalPath: string;
}

/**
 * Reads one shop context.
 *
 * @throws ShopContextUnknown when there is no such shop, ShopSettingMissing when it has no main address
 */
export async function readShopIdentity({ db, table }: ShopReading, shopId: number): Promise<ShopIdentity> {
  const shops = await readRows(
    db,
    `SELECT s.id_shop AS shop, s.id_shop_group AS shop_group, s.name AS name, g.share_stock AS share_stock
     FROM ${table('shop')} s JOIN ${table('shop_group')} g ON g.id_shop_group = s.id_shop_group
     WHERE s.deleted = 0 ORDER BY s.id_shop`,
  );
  const shop = shops.find((row) => row[0] === shopId);
  if (shop === undefined) throw new ShopContextUnknown({ shopId, known: shops.map((row) => integerOf(row[0])) });
  const [address] = await readRows(
    db,
    `SELECT domain, domain_ssl, physical_uri, virtual_uri FROM ${table('shop_url')}
     WHERE id_shop = ${shopId} AND main = 1 ORDER BY active DESC LIMIT 1`,
  );
  if (address === undefined) throw new ShopSettingMissing({ shopId, setting: 'main shop URL' });
  const [domain, secureDomain, physicalUri, virtualUri] = address.map(textOf);
  const physicalPath = physicalUri ?? '/';
  const path = physicalPath + (virtualUri ?? '');
  return {
    ...{ shopId, shopGroupId: integerOf(shop[1]), name: textOf(shop[2]), sharesStock: flagOf(shop[3]) },
    ...{ plainAddress: `${domain}${path}`, secureAddress: `${secureDomain || domain}${path}`, physicalPath },
  };
}
