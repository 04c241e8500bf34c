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
  const user = `u${database.name.slice(-12)}`;
  const password = 'secret-nobody-may-see';
  try {
    await database.knex.raw(`CREATE USER '${user}'@'%' IDENTIFIED BY '${password}'`);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ER_SPECIFIC_ACCESS_DENIED_ERROR') throw error;
    return { ...loginOf(database.url), remove: () => Promise.resolve() };
  }
  await database.knex.raw(`GRANT SELECT ON \`${database.name}\`.* TO '${user}'@'%'`);
  const remove = async () => {
    await database.knex.raw(`DROP USER IF EXISTS '${user}'@'%'`);
  };
  return { user, password, remove };
}

function loginOf(url: string): { user: string; password: string } {
  const { username, password } = new URL(url);
  return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
}
