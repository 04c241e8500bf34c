import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { migrate } from '../../src/db/migrate.js';
import { type Db, openDatabase } from '../../src/db/open-database.js';
import { makeServerDatabase } from './server-database.js';

/** A database that exists for one test file only. */
export interface TestDatabase {
  readonly db: Db;
  /** As FEEDBRIDGE_DATABASE takes it. */
  readonly url: string;
  /** Closes the handle and removes the database. */
  drop(): Promise<void>;
}

export type DatabaseName = 'SQLite' | 'MariaDB';

/**
 * Runs the same tests on SQLite and on MariaDB; without TEST_MYSQL_URL the MariaDB half is skipped by name.
 *
 * @param define gets the database's name and a function that makes an empty, migrated database of its own
 */
export function describeEachDatabase(
  title: string,
  define: (name: DatabaseName, open: () => Promise<TestDatabase>) => void,
): void {
  describe(`${title} on SQLite`, () => define('SQLite', () => openTestDatabase('SQLite')));
  const onMariaDb = `${title} on MariaDB`;
  if (process.env.TEST_MYSQL_URL) {
    describe(onMariaDb, () => define('MariaDB', () => openTestDatabase('MariaDB')));
    return;
  }
  describe.skip(onMariaDb, () => {
    it('runs with TEST_MYSQL_URL=mysql://user:password@127.0.0.1:3306/ npm test', () => undefined);
  });
}

/** Makes an empty, migrated database: a file in a folder of its own, or a server database named feedbridge_test_…. */
export async function openTestDatabase(name: DatabaseName): Promise<TestDatabase> {
  const made = name === 'SQLite' ? await makeSqliteFile() : await makeServerDatabase();
  const db = await openDatabase(made.url);
  await migrate(db);
  const drop = async () => {
    await db.destroy();
    await made.remove();
  };
  return { db, url: made.url, drop };
}

async function makeSqliteFile(): Promise<{ url: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'feedbridge-test-'));
  const remove = () => Promise.resolve(rmSync(folder, { recursive: true, force: true }));
  return { url: `sqlite:${join(folder, 'feedbridge.sqlite')}`, remove };
}
