import { FeedbridgeError } from '../../core/errors.js';
import { ShopDatabaseMissing, ShopLoginRefused, ShopReadRefused, ShopUnreachable } from './shop-errors.js';

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
]);
const LOGIN_REFUSED = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_HOST_NOT_PRIVILEGED',
  'ER_NOT_SUPPORTED_AUTH_MODE',
]);
const LACKING = new Set(['ER_BAD_FIELD_ERROR', 'ER_NO_SUCH_TABLE']);
const READ_REFUSED = new Set(['ER_TABLEACCESS_DENIED_ERROR', 'ER_COLUMNACCESS_DENIED_ERROR', 'SQLITE_CANTOPEN']);

/**
 * Translates what the driver threw while the shop was read, once, at the adapter's edge.
 *
 * @param where the database in words a person knows, without user or password
 * @returns an error of ours; an unknown one comes back as it was
 */
export function translateShopError(error: unknown, where: string): unknown {
  if (error instanceof FeedbridgeError) return error;
  const code = codeOf(error);
  if (UNREACHABLE.has(code)) return new ShopUnreachable({ where, reason: code }, { cause: error });
  if (LOGIN_REFUSED.has(code)) return new ShopLoginRefused({ where }, { cause: error });
  if (code === 'ER_BAD_DB_ERROR') return new ShopDatabaseMissing({ where }, { cause: error });
  if (READ_REFUSED.has(code)) return new ShopReadRefused({ where, reason: code }, { cause: error });
  return error;
}

/** Whether a statement named a table or column that the database does not have (any more). */
export function lacksColumn(error: unknown): boolean {
  return LACKING.has(codeOf(error));
}

function codeOf(error: unknown): string {
  if (error instanceof Error && error.name === 'KnexTimeoutError') return 'ETIMEDOUT';
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
