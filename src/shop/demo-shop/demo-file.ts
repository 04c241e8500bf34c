import type BetterSqlite3 from 'better-sqlite3';
import { messageOf } from '../../core/errors.js';
import {
  DatabaseDamaged,
  DatabaseMisplaced,
  DatabaseReadOnly,
  SqliteMissing,
  translateDatabaseError,
} from '../../db/db-errors.js';
import { DemoShopFileBroken, DemoShopFileUnusable } from './demo-shop-errors.js';

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
 * @throws SqliteMissing, DiskFull, DemoShopFileBroken, DemoShopFileUnusable
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
    throw translateDemoFileError(error, file);
  }
}

/** Translates the driver's and the system's errors as `translateDatabaseError` does, but names the setting that places this file. */
export function translateDemoFileError(error: unknown, file: string): unknown {
  const translated = translateDatabaseError(error, file);
  const details = { file, reason: messageOf(error) };
  if (translated instanceof DatabaseDamaged) return new DemoShopFileBroken(details, { cause: error });
  if (translated instanceof DatabaseReadOnly || translated instanceof DatabaseMisplaced)
    return new DemoShopFileUnusable(details, { cause: error });
  return translated;
}

/** better-sqlite3 is optional: only who uses the demo shop or our own SQLite file loads it. */
async function loadSqlite(): Promise<typeof BetterSqlite3> {
  try {
    return (await import('better-sqlite3')).default;
  } catch (error) {
    throw new SqliteMissing({ reason: messageOf(error) }, { cause: error });
  }
}
