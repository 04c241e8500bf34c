import mysql from 'mysql2/promise';
import { everyTableOf, makeDatabaseUser, removeDatabaseUser, whyNoDatabaseUsers } from './database-users.js';
import type { PrestashopDatabase } from './prestashop-database.js';

/** A login for a shop's database that may only read, as the README advises. */
export interface ShopReader {
  readonly user: string;
  readonly password: string;
  remove(): Promise<void>;
}

/**
 * Finds a login that may only read: the one of TEST_MYSQL_READER_URL, else one made for this database where the test user may make
 * users, else the test user itself, whose sessions the adapter opens read-only in any case.
 */
export async function shopReader(database: PrestashopDatabase): Promise<ShopReader> {
  const given = process.env.TEST_MYSQL_READER_URL;
  if (given) return { ...loginOf(given), remove: () => Promise.resolve() };
  if ((await whyNoDatabaseUsers()) !== null) return { ...loginOf(database.url), remove: () => Promise.resolve() };
  const client = await mysql.createConnection({ ...database.connection });
  const made = await makeDatabaseUser(client);
  await client.query(`GRANT SELECT ON ${everyTableOf(database.name)} TO '${made.user}'@'%'`);
  const remove = async () => {
    await removeDatabaseUser(client, made);
    await client.end();
  };
  return { ...made, remove };
}

function loginOf(url: string): { user: string; password: string } {
  const { username, password } = new URL(url);
  return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
}
