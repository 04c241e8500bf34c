import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dialectOf } from '../../src/db/dialect.js';
import type { Db } from '../../src/db/open-database.js';

/** Every row of every table but those left out, as JSON in a fixed order. */
export async function dumpTables(
  db: Db,
  leftOut: readonly string[] = [],
): Promise<Readonly<Record<string, readonly string[]>>> {
  const dump: Record<string, readonly string[]> = {};
  for (const table of await tableNames(db)) {
    if (leftOut.includes(table)) continue;
    const rows: readonly object[] = await db(table).select('*');
    dump[table] = rows.map((row) => JSON.stringify(row)).toSorted();
  }
  return dump;
}

/** The files of a folder with what they hold, by their path in it; SQLite's own side files are left out. */
export function dumpFiles(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name)).filter((path) => !/-(wal|shm)$/.test(path));
  return new Map(
    paths
      .toSorted()
      .map((path) => [path.slice(folder.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}

async function tableNames(db: Db): Promise<readonly string[]> {
  if (dialectOf(db).name === 'sqlite') {
    const rows = await db('sqlite_master')
      .where({ type: 'table' })
      .whereNot('name', 'like', 'sqlite_%')
      .orderBy('name')
      .pluck('name');
    return rows;
  }
  const [rows] = await db.raw(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1',
  );
  return rows.map((row: { name: string }) => row.name);
}
