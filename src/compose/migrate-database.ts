import { migrate } from '../db/migrate.js';
import { openDatabase } from '../db/open-database.js';

/**
 * Brings the tables of a database to this version, and does nothing else.
 *
 * @param url as `openDatabase` takes it
 * @returns the names of the changes that were made now, oldest first
 * @throws what opening and migrating throw
 */
export async function migrateDatabase(url: string): Promise<readonly string[]> {
  const db = await openDatabase(url);
  try {
    return await migrate(db);
  } finally {
    await db.destroy();
  }
}
