import { dirname } from 'node:path';
import knex, { type Knex } from 'knex';
import { makeFolder } from '../core/make-folder.js';
import { type DatabaseAddress, parseDatabaseUrl } from './database-url.js';
import { translateDatabaseError } from './db-errors.js';
import { registerDialect } from './dialect.js';
import { LISTS_ARE_RANGES, prepareSession } from './server-session.js';

/** A handle to our own tables: the pool itself, or a transaction on it. */
export type Db = Knex;

/** knex prints advice of its own (a missing addon, an unreachable server) to standard output; ours is one sentence with the fix. */
const QUIET = { warn: () => undefined, error: () => undefined, deprecate: () => undefined, debug: () => undefined };

/** How long a statement waits for another process that writes the same SQLite file. */
const SQLITE_BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens our own database and proves that it answers.
 *
 * @param url `sqlite:FILE` (folders are made) or `mysql://user:password@host:port/database`
 * @returns a handle whose times and numbers come as plain numbers, decimals as text
 * @throws InvalidDatabaseUrl, DatabaseUnreachable, DatabaseRefused, DatabaseReadOnly, DatabaseMisplaced, DatabaseDamaged, SqliteMissing
 */
export async function openDatabase(url: string): Promise<Db> {
  const address = parseDatabaseUrl(url);
  const db = await connect(address);
  try {
    if (address.kind === 'sqlite') registerDialect(db.client.config, null);
    else registerDialect(db.client.config, await serverVersion(db));
    return db;
  } catch (error) {
    await db.destroy();
    throw translateDatabaseError(error, describeDatabase(address));
  }
}

/** The database in words a person knows, without user or password. */
export function describeDatabase(address: DatabaseAddress): string {
  return address.kind === 'sqlite' ? address.file : `${address.database} at ${address.host}:${address.port}`;
}

function connect(address: DatabaseAddress): Promise<Db> {
  return address.kind === 'mysql' ? Promise.resolve(connectMysql(address)) : connectSqlite(address.file);
}

async function connectSqlite(file: string): Promise<Db> {
  let db: Db | null = null;
  try {
    makeFolder(dirname(file));
    db = knex({
      client: 'better-sqlite3',
      connection: { filename: file },
      useNullAsDefault: true,
      compileSqlOnError: false,
      log: QUIET,
      // One connection: SQLite has one writer, and an event loop must never wait for itself.
      pool: { min: 1, max: 1, afterCreate: prepareSqlite, idleTimeoutMillis: 2 ** 31 - 1 },
    });
    await db.raw('SELECT 1');
    return db;
  } catch (error) {
    await db?.destroy();
    throw translateDatabaseError(error, file);
  }
}

interface SqliteConnection {
  pragma(text: string): unknown;
  prepare(sql: string): unknown;
}

function prepareSqlite(
  connection: SqliteConnection,
  done: (error: Error | null, connection: SqliteConnection) => void,
): void {
  try {
    connection.pragma(`busy_timeout = ${SQLITE_BUSY_TIMEOUT_MS}`);
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    beginWithTheWriteLock(connection);
    done(null, connection);
  } catch (error) {
    done(error as Error, connection);
  }
}

/**
 * Makes transactions take the write lock at their begin.
 *
 * A transaction that reads first and writes later fails at once (SQLITE_BUSY_SNAPSHOT, no timeout helps) when another process wrote in
 * between; at its begin it waits for the other one instead. To be removed when knex lets SQLite begin so by itself (3.3 does not).
 */
function beginWithTheWriteLock(connection: SqliteConnection): void {
  const prepare = connection.prepare.bind(connection);
  connection.prepare = (sql) => prepare(sql === 'BEGIN;' ? 'BEGIN IMMEDIATE;' : sql);
}

function connectMysql(address: Extract<DatabaseAddress, { kind: 'mysql' }>): Db {
  return knex({
    client: 'mysql2',
    // The message of a failed query would hold its values, and among them may be secrets.
    compileSqlOnError: false,
    connection: {
      host: address.host,
      port: address.port,
      user: address.user,
      password: address.password,
      database: address.database,
      charset: 'utf8mb4',
      timezone: 'Z',
      dateStrings: true,
      decimalNumbers: false,
    },
    log: QUIET,
    pool: { min: 0, max: 10, afterCreate: prepareSession([LISTS_ARE_RANGES]) },
    acquireConnectionTimeout: 15_000,
  });
}

async function serverVersion(db: Db): Promise<string> {
  const [rows] = await db.raw('SELECT VERSION() AS version');
  return String((rows as { version: string }[])[0]?.version ?? '');
}
