import mysql, { type Connection } from 'mysql2/promise';
import { openOutbox } from '../../src/shop/prestashop-database/outbox/open-outbox.js';
import { SHOP_TABLES } from '../../src/shop/prestashop-database/shop-tables.js';
import { shopAddress } from '../../src/shop/prestashop-database/shop-url.js';
import type { ShopOutbox, TriggerScript } from '../../src/shop/shop-outbox.js';
import { everyTableOf, makeDatabaseUser, removeDatabaseUser } from './database-users.js';
import { loadPrestashopDump, type PrestashopDatabase, type PrestashopDump } from './prestashop-database.js';

/** A real shop with two accounts: its own, which may do what PrestaShop does, and the bridge's, which may read what offers are made of. */
export interface TriggerShop {
  readonly database: PrestashopDatabase;
  /** As FEEDBRIDGE_SHOP takes it, with the bridge's account. */
  readonly url: string;
  readonly outbox: ShopOutbox;
  /** The server's administrator. */
  readonly root: Connection;
  readonly shopUser: string;
  readonly bridgeUser: string;
  /** A new connection of the shop's account. */
  shop(): Promise<Connection>;
  /** Runs a script as the shop's account, and gives the right as the administrator. */
  run(script: TriggerScript): Promise<void>;
  close(): Promise<void>;
}

const SHOP_RIGHTS = 'SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX, LOCK TABLES, TRIGGER';

export async function openTriggerShop(dump: PrestashopDump): Promise<TriggerShop> {
  const database = await loadPrestashopDump(dump);
  const { name, connection } = database;
  const root = await mysql.createConnection({ ...connection });
  const [own, bridge] = [await makeDatabaseUser(root), await makeDatabaseUser(root)];
  const [shopUser, bridgeUser] = [own.user, bridge.user];
  await root.query(`GRANT ${SHOP_RIGHTS} ON ${everyTableOf(name)} TO '${shopUser}'@'%'`);
  for (const table of Object.keys(SHOP_TABLES))
    await root.query(`GRANT SELECT ON \`${name}\`.\`ps_${table}\` TO '${bridgeUser}'@'%'`);
  const url = new URL(database.url);
  [url.username, url.password] = [bridgeUser, bridge.password];
  const outbox = openOutbox(shopAddress(url.href));
  const connections: Connection[] = [root];
  const shop = async () => {
    const one = await mysql.createConnection({ ...connection, ...own });
    connections.push(one);
    return one;
  };
  const run = async ({ statements, grant }: TriggerScript) => {
    const runner = await shop();
    for (const statement of statements) await runner.query(statement);
    if (grant !== null) await root.query(grant);
  };
  const close = async () => {
    await outbox.close();
    for (const user of [own, bridge]) await removeDatabaseUser(root, user);
    for (const one of connections) one.destroy();
    await database.drop();
  };
  return { database, url: url.href, outbox, root, shopUser, bridgeUser, shop, run, close };
}
