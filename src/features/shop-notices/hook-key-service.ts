import type { Clock } from '../../core/clock.js';
import { defineError } from '../../core/errors.js';
import { randomId } from '../../core/ids.js';
import type { Sealer } from '../../core/sealed-text.js';
import { isUniqueViolation } from '../../db/db-errors.js';
import type { Db } from '../../db/open-database.js';
import type { Audit } from '../users/audit.js';
import { randomToken } from '../users/token-hash.js';

const InvalidHookKeyName = defineError<{ name: string }>(
  'INVALID_HOOK_KEY_NAME',
  422,
  ({ name }) =>
    `Expected a key name of 1 to 60 letters, digits, dots, hyphens or underscores, got ${JSON.stringify(name)}. Name it after the shop that will use it.`,
);

const HookKeyNameTaken = defineError<{ name: string }>(
  'HOOK_KEY_NAME_TAKEN',
  409,
  ({ name }) =>
    `A hook key named ${JSON.stringify(name)} is there already. Choose another name; the old one can be removed once the shop uses the new one.`,
);

const HookKeyUnknown = defineError<{ name: string; names: readonly string[] }>(
  'HOOK_KEY_UNKNOWN',
  400,
  ({ name, names }) =>
    `Expected a hook key (${names.join(', ') || 'there is none'}), got ${JSON.stringify(name)}. Name one of these.`,
);

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/;

/** Lets people and scanners tell an id from a secret. */
const ID_PREFIX = 'fbhk_';
const SECRET_PREFIX = 'fbhs_';

/** Writing "last used" at every notice would make two writes of one. */
const LAST_USED_STEP_MS = 60_000;

/** A key that a shop signs its notices with, without its secret. */
export interface HookKey {
  readonly id: number;
  /** Public: the shop sends it with each batch. */
  readonly keyId: string;
  readonly name: string;
  readonly createdAtMs: number;
  /** To the minute; null = never. */
  readonly lastUsedAtMs: number | null;
}

/** A key and what signatures are made with. */
export interface SigningKey extends HookKey {
  readonly secret: string;
}

interface HookKeyTableRow {
  id: number;
  key_id: string;
  name: string;
  sealed_secret: string;
  created_at_ms: number;
  last_used_at_ms: number | null;
}

export interface HookKeyServiceParts {
  readonly clock: Clock;
  readonly audit: Audit;
  readonly sealer: Pick<Sealer, 'seal' | 'open'>;
}

/** The table `hook_key`: what shops sign their notices with. Several at once, so that one can be put in the place of another without a gap. */
export class HookKeyService {
  readonly #db: Db;
  readonly #parts: HookKeyServiceParts;

  constructor(db: Db, parts: HookKeyServiceParts) {
    this.#db = db;
    this.#parts = parts;
  }

  /**
   * Makes a key.
   *
   * @param actor whom the audit names
   * @returns its id and its secret; the secret can never be shown again
   * @throws InvalidHookKeyName, HookKeyNameTaken
   */
  async create(name: string, actor: string): Promise<{ readonly keyId: string; readonly secret: string }> {
    if (!NAME.test(name)) throw new InvalidHookKeyName({ name });
    const { clock, audit, sealer } = this.#parts;
    const keyId = ID_PREFIX + randomId();
    const secret = SECRET_PREFIX + randomToken();
    const row = {
      key_id: keyId,
      name,
      sealed_secret: sealer.seal(secret),
      created_at_ms: clock.nowMs(),
      last_used_at_ms: null,
    };
    await this.#db.transaction(async (transaction) => {
      await transaction('hook_key')
        .insert(row)
        .catch((error: unknown) => {
          throw isUniqueViolation(error) ? new HookKeyNameTaken({ name }, { cause: error }) : error;
        });
      await audit.record({ actor, action: 'hook-key-create', subject: name, details: { keyId } }, transaction);
    });
    return { keyId, secret };
  }

  /** By name. */
  async list(): Promise<readonly HookKey[]> {
    return (await this.#db<HookKeyTableRow>('hook_key').orderBy('name')).map(toHookKey);
  }

  /** The key of an id with its secret, or null. */
  async find(keyId: string): Promise<SigningKey | null> {
    const row = await this.#db<HookKeyTableRow>('hook_key').where({ key_id: keyId }).first();
    return row === undefined ? null : { ...toHookKey(row), secret: this.#parts.sealer.open(row.sealed_secret) };
  }

  /** Notes that a batch signed with it was taken. */
  async noteUse({ id, lastUsedAtMs }: HookKey): Promise<void> {
    const nowMs = this.#parts.clock.nowMs();
    if (lastUsedAtMs !== null && nowMs - lastUsedAtMs < LAST_USED_STEP_MS) return;
    await this.#db('hook_key').where({ id }).update({ last_used_at_ms: nowMs });
  }

  /**
   * Removes a key: what is signed with it is refused at once, what was taken before stays taken.
   *
   * @throws HookKeyUnknown naming the keys there are
   */
  async remove(name: string, actor: string): Promise<void> {
    await this.#db.transaction(async (transaction) => {
      const removed = await transaction('hook_key').where({ name }).delete();
      if (removed === 0) {
        const names: string[] = await transaction('hook_key').orderBy('name').pluck('name');
        throw new HookKeyUnknown({ name, names });
      }
      const entry = { actor, action: 'hook-key-remove', subject: name, details: {} };
      await this.#parts.audit.record(entry, transaction);
    });
  }
}

function toHookKey(row: HookKeyTableRow): HookKey {
  return {
    id: Number(row.id),
    keyId: row.key_id,
    name: row.name,
    createdAtMs: Number(row.created_at_ms),
    lastUsedAtMs: row.last_used_at_ms === null ? null : Number(row.last_used_at_ms),
  };
}
