import { defineError } from '../core/errors.js';

export const DatabaseUnreachable = defineError<{ where: string; reason: string }>(
  'DATABASE_UNREACHABLE',
  503,
  ({ where, reason }) =>
    `Expected the database ${where} to answer, got: ${reason}. Check FEEDBRIDGE_DATABASE, and that the server runs.`,
  { retryable: true },
);

export const DatabaseRefused = defineError<{ where: string; reason: string }>(
  'DATABASE_REFUSED',
  503,
  ({ where, reason }) =>
    `The database ${where} refused the login: ${reason}. Check user, password and rights in FEEDBRIDGE_DATABASE.`,
);

export const DatabaseReadOnly = defineError<{ where: string; reason: string }>(
  'DATABASE_READ_ONLY',
  503,
  ({ where, reason }) =>
    `The database ${where} cannot be written: ${reason}. Give this user write access to the file and its folder.`,
);

export const DatabaseMisplaced = defineError<{ where: string; reason: string }>(
  'DATABASE_MISPLACED',
  503,
  ({ where, reason }) =>
    `Expected a file for the database at ${where}, got: ${reason}. Name another place in FEEDBRIDGE_DATABASE.`,
);

export const DatabaseDamaged = defineError<{ where: string; reason: string }>(
  'DATABASE_DAMAGED',
  503,
  ({ where, reason }) =>
    `Expected an SQLite database in ${where}, got: ${reason}. Restore a backup, or name another file in FEEDBRIDGE_DATABASE.`,
);

export const DatabaseBusy = defineError<{ where: string; reason: string }>(
  'DATABASE_BUSY',
  503,
  ({ where, reason }) =>
    `The database ${where} is busy: ${reason}. Nothing was changed; try again when the other work has ended.`,
  { retryable: true },
);

export const DiskFull = defineError<{ where: string }>(
  'DISK_FULL',
  507,
  ({ where }) => `No space is left for ${where}. Free some disk space; the work goes on from where it stopped.`,
  { retryable: true },
);

export const SqliteMissing = defineError<{ reason: string }>(
  'SQLITE_MISSING',
  503,
  ({ reason }) =>
    `The SQLite addon better-sqlite3 cannot be loaded (${reason}): install python3, make and g++ and run "npm ci" again ` +
    '(it needs the headers of Node: from the network, or from npm_config_nodedir=/usr where Node came with them), or set FEEDBRIDGE_DATABASE=mysql://… to use a server.',
);

const DatabaseMissing = defineError<{ where: string }>(
  'DATABASE_MISSING',
  503,
  ({ where }) =>
    `There is no database ${where}. Make it (CREATE DATABASE … CHARACTER SET utf8mb4) and give the user in FEEDBRIDGE_DATABASE all rights on it, or correct the name.`,
);

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ECONNRESET',
  'PROTOCOL_CONNECTION_LOST',
  'EAI_AGAIN',
  'EPIPE',
  'ER_SERVER_SHUTDOWN',
]);
const REFUSED = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
]);
const READ_ONLY = new Set([
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
  'EROFS',
  'EACCES',
  'EPERM',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
]);
const MISPLACED = new Set(['ENOTDIR', 'EEXIST', 'EISDIR', 'SQLITE_CANTOPEN_ISDIR']);
const DAMAGED = new Set(['SQLITE_NOTADB', 'SQLITE_CORRUPT']);
const FULL = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT', 'ER_DISK_FULL', 'ER_RECORD_FILE_FULL']);
const BUSY = new Set([
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CON_COUNT_ERROR',
]);
const UNIQUE = new Set(['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);

/** The code that a database driver put on an error, or an empty text. */
export function driverCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** Tells a violated unique key: the outcome by which reservations are refused. */
export function isUniqueViolation(error: unknown): boolean {
  return UNIQUE.has(driverCode(error));
}

/**
 * Translates a driver's error once into one of ours; what it does not know comes back as it was.
 *
 * @param where the database in words a person knows, without the password
 */
export function translateDatabaseError(error: unknown, where: string): unknown {
  const code = driverCode(error);
  const message = error instanceof Error ? error.message : String(error);
  const reason = firstLine(message);
  const details = { where, reason };
  const options = { cause: error };
  // mysql2 gives no code for a connection that broke while nobody used it.
  if (/connection is in closed state/.test(message)) return new DatabaseUnreachable({ where, reason }, options);
  if (isOf(UNREACHABLE, code)) return new DatabaseUnreachable({ where, reason: code }, options);
  if (code === 'ER_BAD_DB_ERROR') return new DatabaseMissing({ where }, options);
  if (isOf(REFUSED, code)) return new DatabaseRefused(details, options);
  if (isOf(MISPLACED, code)) return new DatabaseMisplaced(details, options);
  if (isOf(READ_ONLY, code)) return new DatabaseReadOnly(details, options);
  if (isOf(FULL, code)) return new DiskFull({ where: `the database ${where}` }, options);
  if (isOf(DAMAGED, code)) return new DatabaseDamaged(details, options);
  if (isOf(BUSY, code)) return new DatabaseBusy(details, options);
  if (isAddonMissing(code, message)) return new SqliteMissing({ reason: addonReason(code, message) }, options);
  return error;
}

/** knex turns a missing package into "Knex: run npm install better-sqlite3"; a broken or foreign build fails in dlopen. */
function isAddonMissing(code: string, message: string): boolean {
  if (code === 'MODULE_NOT_FOUND' || code === 'ERR_DLOPEN_FAILED') return true;
  return /bindings file|NODE_MODULE_VERSION|knex: run/i.test(message);
}

function addonReason(code: string, message: string): string {
  if (code === 'MODULE_NOT_FOUND' || /knex: run/i.test(message)) return 'it is not installed';
  if (/NODE_MODULE_VERSION/.test(message)) return 'it was built for another version of Node';
  return firstLine(message);
}

/** SQLite refines its codes with endings: SQLITE_READONLY_DBMOVED is a kind of SQLITE_READONLY. */
function isOf(codes: ReadonlySet<string>, code: string): boolean {
  if (codes.has(code)) return true;
  return code.startsWith('SQLITE_') && codes.has(code.split('_').slice(0, 2).join('_'));
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
