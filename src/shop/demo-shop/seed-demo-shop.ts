import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../../core/make-folder.js';
import { buildDemoTables } from './build-demo-tables.js';
import { type DemoFileConnection, translateDemoFileError, useDemoFile } from './demo-file.js';
import { DEMO_PREFIX, demoSchema } from './demo-schema.js';
import { DemoShopFileTaken } from './demo-shop-errors.js';
import type { DemoRow } from './rows/demo-row.js';
import { SEEDED_MARK } from './rows/shop-rows.js';

export interface SeedDemoShopOptions {
  /** The SQLite file; its folder is made. */
  readonly file: string;
  /** Its day in the shop's zone is the day on which sales hang. Used only when the file is not filled yet. */
  readonly now: Date;
}

/**
 * Fills the demo shop's file once: tables, rows and the mark "filled" in one transaction, so that a process that is killed leaves nothing
 * behind and the next one starts over. Two processes at once: the second waits, then finds the mark.
 *
 * @returns "already seeded" when the file was full before; then nothing in it is touched
 * @throws DemoShopFileTaken when the file holds other tables; DemoShopFileBroken, DemoShopFileUnusable, SqliteMissing, DiskFull
 */
export async function seedDemoShop({ file, now }: SeedDemoShopOptions): Promise<'seeded' | 'already seeded'> {
  makeItsFolder(file);
  return useDemoFile({
    file,
    readonly: false,
    use: (connection) => {
      // WAL lets the service read while somebody edits the shop; it is a lasting property of the file.
      connection.pragma('journal_mode = WAL');
      // The whole work is synchronous: no other task of this process can meet it half done, nor wait for it in vain.
      return connection
        .transaction(() => (isMarked(connection) ? 'already seeded' : fill(connection, now)))
        .immediate();
    },
  });
}

/**
 * Tells whether a file holds the whole demo shop.
 *
 * @returns false for a file that does not exist, is empty, or holds something else
 * @throws DemoShopFileBroken, DemoShopFileUnusable, SqliteMissing
 */
export async function isDemoSeeded(file: string): Promise<boolean> {
  if (!existsSync(file)) return false;
  return useDemoFile({ file, readonly: true, use: isMarked });
}

function makeItsFolder(file: string): void {
  try {
    makeFolder(dirname(file));
  } catch (error) {
    throw translateDemoFileError(error, file);
  }
}

function fill(connection: DemoFileConnection, now: Date): 'seeded' {
  const { name: file } = connection;
  const tables = tableNames(connection);
  if (tables.length > 0) throw new DemoShopFileTaken({ file, tables: tables.slice(0, 5) });
  for (const statement of demoSchema) connection.exec(statement);
  for (const [table, rows] of Object.entries(buildDemoTables(now))) insertRows(connection, table, rows);
  return 'seeded';
}

function insertRows(connection: DemoFileConnection, table: string, rows: readonly DemoRow[]): void {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return;
  const names = columns.map((column) => `"${column}"`).join(', ');
  const values = columns.map((column) => `@${column}`).join(', ');
  const insert = connection.prepare(`INSERT INTO "${DEMO_PREFIX}${table}" (${names}) VALUES (${values})`);
  for (const row of rows) insert.run(row);
}

function isMarked(connection: DemoFileConnection): boolean {
  const table = `${DEMO_PREFIX}configuration`;
  if (!tableNames(connection).includes(table)) return false;
  return connection.prepare(`SELECT 1 FROM "${table}" WHERE name = ?`).get(SEEDED_MARK) !== undefined;
}

function tableNames(connection: DemoFileConnection): readonly string[] {
  const names = connection
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
  return names.map(String);
}
