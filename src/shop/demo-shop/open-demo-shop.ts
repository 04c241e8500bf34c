import { type Db, openDatabase } from '../../db/open-database.js';
import type { Shop } from '../catalogue.js';
import { openPrestashopDatabase } from '../prestashop-database/prestashop-database.js';
import { DEMO_PREFIX } from './demo-schema.js';
import { DEMO_SHOP_IDS } from './rows/demo-row.js';
import { type SeedDemoShopOptions, seedDemoShop } from './seed-demo-shop.js';

export interface OpenDemoShopOptions extends SeedDemoShopOptions {
  /** Contexts to serve: 1 is the shop, 2 its outlet with a few products. Default only 1. */
  readonly shopIds?: readonly number[];
}

/** The demo shop, read like any PrestaShop database. */
export interface DemoShop extends Shop {
  /** The handle on its file, for edits such as people make in a back office; closed with the shop. */
  readonly database: Db;
}

/**
 * Opens the demo shop, and fills its file first when that was never done.
 *
 * @throws DemoShopFileTaken, DemoShopFileBroken, DemoShopFileUnusable, SqliteMissing, DiskFull
 */
export async function openDemoShop({
  file,
  now,
  shopIds = [DEMO_SHOP_IDS[0]],
}: OpenDemoShopOptions): Promise<DemoShop> {
  await seedDemoShop({ file, now });
  const database = await openDatabase(`sqlite:${file}`);
  const shop = openPrestashopDatabase({ knex: database, prefix: DEMO_PREFIX, shopIds, where: `the demo shop ${file}` });
  return { ...shop, database };
}
