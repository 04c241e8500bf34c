import type { Knex } from 'knex';

/** What a column can hold when it is read: MariaDB gives decimals and dates as text, SQLite what was stored. */
export type Cell = string | number | null;

/** The columns of one row in the order of the SELECT. */
export type Row = readonly Cell[];

/**
 * Runs one SELECT and gives its rows as arrays, which is what makes a million rows cheap.
 *
 * @param db the handle or transaction
 * @param sql identifiers in backticks; every column of the result has a name of its own
 * @param bindings values for `?`
 */
export async function readRows(db: Knex, sql: string, bindings: readonly Cell[] = []): Promise<readonly Row[]> {
  if (isSqlite(db)) {
    const rows: readonly Record<string, Cell>[] = await db.raw(sql, [...bindings]);
    return rows.map((row) => Object.values(row));
  }
  const [rows]: [readonly Row[]] = await db.raw(sql, [...bindings]).options({ rowsAsArray: true });
  return rows;
}

/** Whether a handle talks to SQLite; the few differences are decided by this alone. */
export function isSqlite(db: Knex): boolean {
  return db.client.config.client === 'better-sqlite3';
}
