import { FeedbridgeError } from '../core/errors.js';
import type { ExitCode } from './answer.js';

/** The HTTP statuses of errors by which the caller is told that the request itself is wrong. */
const WRONG_REQUEST: ReadonlySet<number> = new Set([400, 422]);

/** Errors with another status whose cure is to call the command, or set it up, otherwise. */
const WRONG_USE: ReadonlySet<string> = new Set([
  'RUN_UNKNOWN',
  'FEED_UNKNOWN',
  'LISTING_UNKNOWN',
  'NOTHING_HELD',
  'CANNOT_LISTEN',
  'SQLITE_MISSING',
]);

/** Errors by which the caller is told that something is held until a person decides. */
const HELD: ReadonlySet<string> = new Set(['FIRST_SEND_HELD']);

/** The exit code of an error: 2 for wrong use, wrong settings and unknown names, 3 for what is held, 1 for everything that failed. */
export function exitCodeOf(error: unknown): Exclude<ExitCode, 0> {
  if (!(error instanceof FeedbridgeError)) return 1;
  if (HELD.has(error.code)) return 3;
  return WRONG_REQUEST.has(error.status) || WRONG_USE.has(error.code) ? 2 : 1;
}
