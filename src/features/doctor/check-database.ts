import { existsSync } from 'node:fs';
import { defineError } from '../../core/errors.js';
import { parseDatabaseUrl } from '../../db/database-url.js';
import { pendingMigrations } from '../../db/migrate.js';
import { describeDatabase, openDatabase } from '../../db/open-database.js';
import { type Check, check } from './check.js';

const DatabaseNotMade = defineError<{ where: string }>(
  'DATABASE_NOT_MADE',
  503,
  ({ where }) => `The database ${where} is not there yet. Run "feedbridge setup", which makes it.`,
);

const MigrationsPending = defineError<{ where: string; names: readonly string[] }>(
  'MIGRATIONS_PENDING',
  503,
  ({ where, names }) =>
    `The tables in ${where} are ${names.length} changes behind (${names[0]} …). Run "feedbridge migrate"; every other command does it too.`,
);

/** Whether our own database answers and its tables are of this version. Nothing is made and nothing is changed. */
export function checkDatabase(url: string): Promise<Check> {
  return check('database', 'Check FEEDBRIDGE_DATABASE.', async () => {
    const address = parseDatabaseUrl(url);
    const where = describeDatabase(address);
    if (address.kind === 'sqlite' && !existsSync(address.file)) throw new DatabaseNotMade({ where });
    const db = await openDatabase(url);
    try {
      const names = await pendingMigrations(db);
      if (names.length > 0) throw new MigrationsPending({ where, names });
      return `${where} answers and its tables are of this version.`;
    } finally {
      await db.destroy();
    }
  });
}
