import { describe, expect, it } from 'vitest';
import { isRetryable } from '../../../src/core/errors.js';
import { driverCode, isUniqueViolation, translateDatabaseError } from '../../../src/db/db-errors.js';

const driverError = (code: string, message = 'driver text') => Object.assign(new Error(message), { code });
const translated = (code: string, message?: string) =>
  translateDatabaseError(driverError(code, message), 'feedbridge at db:3306');

describe('A driver’s error', () => {
  it.each([
    ['ECONNREFUSED', 'DATABASE_UNREACHABLE'],
    ['PROTOCOL_CONNECTION_LOST', 'DATABASE_UNREACHABLE'],
    ['ER_ACCESS_DENIED_ERROR', 'DATABASE_REFUSED'],
    ['ER_BAD_DB_ERROR', 'DATABASE_MISSING'],
    ['SQLITE_READONLY', 'DATABASE_READ_ONLY'],
    ['SQLITE_READONLY_DIRECTORY', 'DATABASE_READ_ONLY'],
    ['SQLITE_CANTOPEN', 'DATABASE_READ_ONLY'],
    ['EROFS', 'DATABASE_READ_ONLY'],
    ['SQLITE_CANTOPEN_ISDIR', 'DATABASE_MISPLACED'],
    ['ENOTDIR', 'DATABASE_MISPLACED'],
    ['SQLITE_FULL', 'DISK_FULL'],
    ['ENOSPC', 'DISK_FULL'],
    ['ER_RECORD_FILE_FULL', 'DISK_FULL'],
    ['SQLITE_NOTADB', 'DATABASE_DAMAGED'],
    ['SQLITE_CORRUPT_VTAB', 'DATABASE_DAMAGED'],
    ['SQLITE_BUSY', 'DATABASE_BUSY'],
    ['SQLITE_BUSY_SNAPSHOT', 'DATABASE_BUSY'],
    ['ER_LOCK_DEADLOCK', 'DATABASE_BUSY'],
    ['MODULE_NOT_FOUND', 'SQLITE_MISSING'],
  ])('%s becomes %s and names the database', (code, expected) => {
    const error = translated(code);
    expect(error).toMatchObject({ code: expected, cause: expect.objectContaining({ code }) });
    if (expected !== 'SQLITE_MISSING') expect(String(error)).toContain('feedbridge at db:3306');
  });

  it('of a full disk is a whole sentence, also where the database is only said to be ours', () => {
    expect(String(translateDatabaseError(driverError('SQLITE_FULL'), 'of Feedbridge'))).toContain(
      'No space is left for the database of Feedbridge.',
    );
  });

  it('of an addon that cannot be loaded becomes the sentence with the way to build it', () => {
    const texts = [
      'Could not locate the bindings file. Tried:\n → /x\n → /y',
      "The module 'better_sqlite3.node'\nwas compiled against a different Node.js version using\nNODE_MODULE_VERSION 108.",
      'Knex: run\n$ npm install better-sqlite3',
    ];
    for (const text of texts) {
      const error = translateDatabaseError(new Error(text), 'x');
      expect(error).toMatchObject({ code: 'SQLITE_MISSING', message: expect.stringContaining('"npm ci"') });
      expect(String(error)).not.toContain('\n');
    }
  });

  it('that passes by itself says so', () => {
    expect(isRetryable(translated('ECONNREFUSED'))).toBe(true);
    expect(isRetryable(translated('ER_LOCK_DEADLOCK'))).toBe(true);
    expect(isRetryable(translated('ENOSPC'))).toBe(true);
    expect(isRetryable(translated('ER_ACCESS_DENIED_ERROR'))).toBe(false);
    expect(isRetryable(translated('SQLITE_CORRUPT'))).toBe(false);
  });

  it('that nobody knows comes back as it was', () => {
    for (const error of [driverError('ER_NO_SUCH_TABLE'), driverError('SQLITE_CONSTRAINT_UNIQUE'), 'a text', null])
      expect(translateDatabaseError(error, 'x')).toBe(error);
  });

  it('of a violated unique key is told from other violations', () => {
    expect(isUniqueViolation(driverError('ER_DUP_ENTRY'))).toBe(true);
    expect(isUniqueViolation(driverError('SQLITE_CONSTRAINT_PRIMARYKEY'))).toBe(true);
    expect(isUniqueViolation(driverError('SQLITE_CONSTRAINT_NOTNULL'))).toBe(false);
    expect(isUniqueViolation(undefined)).toBe(false);
    expect(driverCode(Object.assign(new Error('x'), { code: 7 }))).toBe('');
  });
});
