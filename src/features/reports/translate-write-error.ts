import { defineError } from '../../core/errors.js';
import { DiskFull, driverCode } from '../../db/db-errors.js';

export const DataFolderNotWritable = defineError<{ path: string; reason: string }>(
  'DATA_FOLDER_NOT_WRITABLE',
  503,
  ({ path, reason }) =>
    `Expected to write ${path}, got ${reason}. Give this user the right to write there, or name another folder in FEEDBRIDGE_DATA.`,
);

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no right to (EACCES)',
  EPERM: 'no right to (EPERM)',
  EROFS: 'a read-only file system (EROFS)',
};

/**
 * Names the file of the data folder that a full disk or a missing right kept from being written; other errors name theirs by themselves
 * and come back as they were.
 *
 * @param path as a person finds it on this machine
 */
export function translateWriteError(error: unknown, path: string): unknown {
  const reason = REASONS[driverCode(error)];
  return reason === undefined
    ? nameDiskFull(error, path)
    : new DataFolderNotWritable({ path, reason }, { cause: error });
}

/** Names the file of which a full disk kept the rest; other errors come back as they were. */
export function nameDiskFull(error: unknown, path: string): unknown {
  const code = driverCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT' ? new DiskFull({ where: path }, { cause: error }) : error;
}
