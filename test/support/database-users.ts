import { randomBytes } from 'node:crypto';
import mysql, { type Connection } from 'mysql2/promise';
import { whyNoPrestashopDatabase } from './prestashop-database.js';

/** A login of the test server that exists for one test file only. */
export interface DatabaseUser {
  readonly user: string;
  readonly password: string;
}

const MAY_NOT = new Set(['ER_SPECIFIC_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', 'ER_ACCESS_DENIED_ERROR']);

/**
 * Why tests that make logins of their own for a PrestaShop database cannot run here, with the line that would run them; null when they can.
 *
 * Tried out, as a server tells its rights in many forms: a login is made, given a right and removed.
 */
export async function whyNoDatabaseUsers(): Promise<string | null> {
  const without = whyNoPrestashopDatabase();
  if (without !== null) return without;
  const connection = await mysql.createConnection(process.env.TEST_MYSQL_URL ?? '');
  try {
    const made = await makeDatabaseUser(connection);
    try {
      const name = `feedbridge_test_${randomBytes(6).toString('hex')}`;
      await connection.query(`GRANT SELECT ON ${everyTableOf(name)} TO '${made.user}'@'%'`);
    } finally {
      await removeDatabaseUser(connection, made);
    }
    return null;
  } catch (error) {
    if (!MAY_NOT.has(String((error as { code?: unknown }).code))) throw error;
    return 'runs with TEST_MYSQL_URL=mysql://root:password@127.0.0.1:3306/ npm test, or any user that may make users and give rights';
  } finally {
    await connection.end();
  }
}

/** Makes a login without any right. */
export async function makeDatabaseUser(by: Pick<Connection, 'query'>): Promise<DatabaseUser> {
  const user = `feedbridge_test_${randomBytes(6).toString('hex')}`;
  const password = `secret-${randomBytes(9).toString('hex')}`;
  await by.query(`CREATE USER '${user}'@'%' IDENTIFIED BY '${password}'`);
  return { user, password };
}

/** Removes a login; one that is gone already is no failure. */
export async function removeDatabaseUser(by: Pick<Connection, 'query'>, { user }: DatabaseUser): Promise<void> {
  await by.query(`DROP USER IF EXISTS '${user}'@'%'`);
}

/** A database as GRANT and REVOKE take it: an underscore that is not escaped stands for any character, which is more than a test user may give. */
export function everyTableOf(database: string): string {
  return `\`${database.replaceAll('_', '\\_')}\`.*`;
}
