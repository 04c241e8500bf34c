import type BetterSqlite3 from 'better-sqlite3';
import { messageOf } from '../../core/errors.js';
import { driverCode, SqliteMissing, translateDatabaseError } from '../../db/db-errors.js';
import { DemoShopFileBroken } from './demo-shop-errors.js';

export type DemoFileConnection = BetterSqlite3.Database;

/** How long a second process waits while the first one fills the same file. */
const BUSY_TIMEOUT_MS = 10_000;

interface DemoFileUse<T> {
  readonly file: string;
  /** The file must exist and stays as it is. */
  readonly readonly: boolean;
  readonly use: (connection: DemoFileConnection) => T;
}

/**
 * Opens the file of the demo shop by itself, without a pool, for work that must be one step of this process; closes it again.
 *
 * @throws SqliteMissing, DatabaseReadOnly, DiskFull, DemoShopFileBroken
 */
export async function useDemoFile<T>({ file, readonly, use }: DemoFileUse<T>): Promise<T> {
  const Database = await loadSqlite();
  try {
    const connection = new Database(file, { readonly, timeout: BUSY_TIMEOUT_MS });
    try {
      return use(connection);
    } finally {
      connection.close();
    }
  } catch (error) {
    if (driverCode(error) === 'SQLITE_NOTADB' || driverCode(error) === 'SQLITE_CORRUPT')
      throw new DemoShopFileBroken({ file, reason: messageOf(error) }, { cause: error });
    throw translateDatabaseError(error, file);
  }
}

/** better-sqlite3 is optional: only who uses the demo shop or our own SQLite file loads it. */
async function loadSqlite(): Promise<typeof BetterSqlite3> {
  try {
    return (await import('better-sqlite3')).default;
  } catch (error) {
    throw new SqliteMissing({ reason: messageOf(error) }, { cause: error });
  }
}
