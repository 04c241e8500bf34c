import type { Clock } from '../../core/clock.js';
import { defineError } from '../../core/errors.js';
import { isUniqueViolation } from '../../db/db-errors.js';
import type { Db } from '../../db/open-database.js';
import type { Audit } from './audit.js';
import { hashToken, randomToken } from './token-hash.js';

const InvalidTokenName = defineError<{ name: string }>(
  'INVALID_TOKEN_NAME',
  422,
  ({ name }) =>
    `Expected a token name of 1 to 60 letters, digits, dots, hyphens or underscores, got ${JSON.stringify(name)}. Name it after the program that will use it.`,
);

const TokenNameTaken = defineError<{ name: string }>(
  'TOKEN_NAME_TAKEN',
  409,
  ({ name }) =>
    `A token named ${JSON.stringify(name)} is there already. Choose another name, or revoke that one first.`,
);

const TokenUnknown = defineError<{ name: string; names: readonly string[] }>(
  'TOKEN_UNKNOWN',
  400,
  ({ name, names }) =>
    `Expected a token (${names.join(', ') || 'there is none'}), got ${JSON.stringify(name)}. Name one of these.`,
);

/** Lets scanners for leaked secrets know whose token it is. */
const PREFIX = 'fb_';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/;

/** Writing "last used" at every call would make each reading request a write. */
const LAST_USED_STEP_MS = 60_000;

/** A program that may use the API. */
export interface ApiToken {
  readonly id: number;
  readonly name: string;
  readonly createdAtMs: number;
  /** To the minute; null = never. */
  readonly lastUsedAtMs: number | null;
}

interface ApiTokenTableRow {
  id: number;
  name: string;
  token_hash: string;
  created_at_ms: number;
  last_used_at_ms: number | null;
}

/** The table `api_token`: programs that may use the API, known by the hash of their token. */
export class ApiTokenService {
  readonly #db: Db;
  readonly #parts: { readonly clock: Clock; readonly audit: Audit };

  constructor(db: Db, parts: { readonly clock: Clock; readonly audit: Audit }) {
    this.#db = db;
    this.#parts = parts;
  }

  /** The same service inside a transaction. */
  on(transaction: Db): ApiTokenService {
    return new ApiTokenService(transaction, this.#parts);
  }

  /**
   * Makes a token.
   *
   * @param actor whom the audit names
   * @returns the token itself, which can never be shown again
   * @throws InvalidTokenName, TokenNameTaken
   */
  async add(name: string, actor: string): Promise<string> {
    if (!NAME.test(name)) throw new InvalidTokenName({ name });
    const token = PREFIX + randomToken();
    const row = {
      name,
      token_hash: hashToken(token),
      created_at_ms: this.#parts.clock.nowMs(),
      last_used_at_ms: null,
    };
    await this.#db.transaction(async (transaction) => {
      await transaction('api_token')
        .insert(row)
        .catch((error: unknown) => {
          throw isUniqueViolation(error) ? new TokenNameTaken({ name }, { cause: error }) : error;
        });
      await this.#parts.audit.record({ actor, action: 'token-add', subject: name, details: {} }, transaction);
    });
    return token;
  }

  /** Whose token it is, or null; notes the use. */
  async verify(token: string): Promise<ApiToken | null> {
    if (!token.startsWith(PREFIX)) return null;
    const row = await this.#db<ApiTokenTableRow>('api_token')
      .where({ token_hash: hashToken(token) })
      .first();
    if (row === undefined) return null;
    const nowMs = this.#parts.clock.nowMs();
    if (row.last_used_at_ms !== null && nowMs - row.last_used_at_ms < LAST_USED_STEP_MS) return toToken(row);
    await this.#db('api_token').where({ id: row.id }).update({ last_used_at_ms: nowMs });
    return { ...toToken(row), lastUsedAtMs: nowMs };
  }

  /** By name. */
  async list(): Promise<readonly ApiToken[]> {
    return (await this.#db<ApiTokenTableRow>('api_token').orderBy('name')).map(toToken);
  }

  /**
   * Takes a token back at once.
   *
   * @throws TokenUnknown naming the tokens there are
   */
  async revoke(name: string, actor: string): Promise<void> {
    await this.#db.transaction(async (transaction) => {
      const revoked = await transaction('api_token').where({ name }).delete();
      if (revoked === 0) {
        const names = (await this.on(transaction).list()).map((token) => token.name);
        throw new TokenUnknown({ name, names });
      }
      await this.#parts.audit.record({ actor, action: 'token-revoke', subject: name, details: {} }, transaction);
    });
  }
}

function toToken(row: ApiTokenTableRow): ApiToken {
  return { id: row.id, name: row.name, createdAtMs: row.created_at_ms, lastUsedAtMs: row.last_used_at_ms };
}
