import { defineError } from '../core/errors.js';

const FileRefused = defineError<{ deed: string; path: string; reason: string; fix: string }>(
  'FILE_REFUSED',
  500,
  ({ deed, path, reason, fix }) => `Expected to ${deed} ${path}, got: ${reason}. ${fix}`,
);

const REASONS: Readonly<Record<string, readonly [reason: string, fix: string]>> = {
  EACCES: ['no right to do that (EACCES)', 'Give this user the right, or name another place.'],
  EPERM: ['no right to do that (EPERM)', 'Give this user the right, or name another place.'],
  EROFS: ['the file system is read-only (EROFS)', 'Make it writable, or name another place.'],
  ENOENT: ['there is no such file or folder (ENOENT)', 'Correct the path.'],
  ENOTDIR: ['a part of the path is no folder (ENOTDIR)', 'Correct the path.'],
  EISDIR: ['it is a folder (EISDIR)', 'Name a file.'],
  EEXIST: ['a file is in the way (EEXIST)', 'Remove it, or name another place.'],
  ENOSPC: ['no space is left (ENOSPC)', 'Free some disk space; the work goes on from where it stopped.'],
  EDQUOT: [
    'the quota of this user is used up (EDQUOT)',
    'Free some disk space; the work goes on from where it stopped.',
  ],
  EMFILE: ['too many files are open (EMFILE)', 'Raise the limit of open files (ulimit -n).'],
};

const DEEDS: Readonly<Record<string, string>> = {
  mkdir: 'make the folder',
  read: 'read',
  write: 'write',
  scandir: 'read',
  stat: 'reach',
  access: 'write into',
};

/** What it is about where the system names no path. */
const NAMELESS: Readonly<Record<string, string>> = { read: 'the file that was named', write: 'the result' };

/** The code that the operating system put on an error, or an empty text. */
export function driverCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** Translates what the operating system refused into a sentence that names the file and the cure; other errors come back as they were. */
export function translateFileError(error: unknown): unknown {
  const known = REASONS[driverCode(error)];
  const { path, syscall = '' } = error as { path?: unknown; syscall?: string };
  if (known === undefined || (typeof path !== 'string' && NAMELESS[syscall] === undefined)) return error;
  const [reason, fix] = known;
  const place = typeof path === 'string' ? path : (NAMELESS[syscall] ?? '');
  return new FileRefused({ deed: DEEDS[syscall] ?? 'open', path: place, reason, fix }, { cause: error });
}
