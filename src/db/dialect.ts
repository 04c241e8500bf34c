import type { Knex } from 'knex';

/** What the databases do differently, as named capabilities; anything that is not here is written once for all. */
export interface Dialect {
  readonly name: 'sqlite' | 'mariadb' | 'mysql';
  /** SQL for "now" by the database's clock, epoch milliseconds: locks of several machines need one clock. */
  readonly nowMsSql: string;
  /** Rows in one multi-row INSERT: SQLite allows 32,766 bound values in a statement. */
  readonly rowsPerInsert: number;
  /** SQL for the value that an INSERT brought, where it meets a row that is there. */
  readonly insertedSql: (column: string) => string;
  /** SQL for the exclusive-or of texts of 16 hexadecimal digits over many rows, again such a text; null where there is none. */
  readonly exclusiveOrSql: ((column: string) => string) | null;
  /** SQL for the names of the tables that the database has. */
  readonly tableNamesSql: string;
}

const sqlite: Dialect = {
  name: 'sqlite',
  nowMsSql: "CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER)",
  rowsPerInsert: 500,
  insertedSql: (column) => `excluded.${column}`,
  exclusiveOrSql: null,
  tableNamesSql: "SELECT name FROM sqlite_master WHERE type = 'table'",
};

const mariadb: Dialect = {
  name: 'mariadb',
  nowMsSql: 'CAST(ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000) AS SIGNED)',
  rowsPerInsert: 1_000,
  insertedSql: (column) => `VALUES(${column})`,
  exclusiveOrSql: (column) => `LPAD(LOWER(HEX(BIT_XOR(CAST(CONV(${column}, 16, 10) AS UNSIGNED)))), 16, '0')`,
  tableNamesSql: 'SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()',
};

const mysql: Dialect = { ...mariadb, name: 'mysql' };

const dialects = new WeakMap<object, Dialect>();

/** Remembers which database a handle talks to; called once, when it is opened. */
export function registerDialect(client: object, version: string | null): void {
  if (version === null) dialects.set(client, sqlite);
  else dialects.set(client, version.toLowerCase().includes('mariadb') ? mariadb : mysql);
}

/** The capabilities of the database behind a handle or a transaction. */
export function dialectOf(db: Knex): Dialect {
  const driver = db.client.config.client;
  return dialects.get(db.client.config) ?? (driver === 'better-sqlite3' ? sqlite : mariadb);
}
