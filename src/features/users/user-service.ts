import { hash, verify } from '@node-rs/argon2';
import type { Clock } from '../../core/clock.js';
import { defineError } from '../../core/errors.js';
import { isUniqueViolation } from '../../db/db-errors.js';
import type { Db } from '../../db/open-database.js';
import type { Audit } from './audit.js';
import { canonicalPassword, canonicalUserName, checkPassword, checkUserName } from './credential-rules.js';
import { randomToken } from './token-hash.js';
import type { Role, User } from './user.js';

const UserNameTaken = defineError<{ name: string }>(
  'USER_NAME_TAKEN',
  409,
  ({ name }) => `A user named ${JSON.stringify(name)} is there already. Choose another name.`,
);

/**
 * The package's own algorithm is argon2id; the cost is written out so that an update of the package cannot lower it.
 *
 * @source OWASP Password Storage Cheat Sheet (checked 2026-11): 19 MiB, 2 passes, 1 thread
 */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

interface UserTableRow {
  id: number;
  name: string;
  password_hash: string;
  role: Role;
  created_at_ms: number;
}

/** A user to be added; the password is never kept. */
export interface NewUser {
  readonly name: string;
  readonly password: string;
  /** Default admin. */
  readonly role?: Role;
}

/** The people who may log in. */
export class UserService {
  readonly #db: Db;
  readonly #parts: { readonly clock: Clock; readonly audit: Audit };
  #decoy: Promise<string> | null = null;

  constructor(db: Db, parts: { readonly clock: Clock; readonly audit: Audit }) {
    this.#db = db;
    this.#parts = parts;
  }

  /** The same service inside a transaction. */
  on(transaction: Db): UserService {
    return new UserService(transaction, this.#parts);
  }

  /**
   * Adds a user.
   *
   * @param actor whom the audit names
   * @throws InvalidUserName, InvalidPassword, UserNameTaken
   */
  async add(user: NewUser, actor: string): Promise<User> {
    const name = canonicalUserName(user.name);
    const password = canonicalPassword(user.password);
    checkUserName(name);
    checkPassword(password, name);
    const role = user.role ?? 'admin';
    const createdAtMs = this.#parts.clock.nowMs();
    // Hashed before the transaction: it takes tens of milliseconds, and SQLite has one writer.
    const passwordHash = await hash(password, ARGON2ID);
    const id = await this.#db.transaction(async (transaction) => {
      const row = { name, password_hash: passwordHash, role, created_at_ms: createdAtMs };
      const [inserted] = await transaction('user')
        .insert(row)
        .catch((error: unknown) => {
          throw isUniqueViolation(error) ? new UserNameTaken({ name }, { cause: error }) : error;
        });
      await this.#parts.audit.record({ actor, action: 'user-add', subject: name, details: { role } }, transaction);
      return Number(inserted);
    });
    return { id, name, role, createdAtMs };
  }

  /**
   * Checks a login; an unknown name takes as long as a wrong password.
   *
   * @returns the user, or null without saying which of the two was wrong
   */
  async verify(name: string, password: string): Promise<User | null> {
    const decoy = await this.#decoyHash();
    const row = await this.#db<UserTableRow>('user')
      .where({ name: canonicalUserName(name) })
      .first();
    const matches = await verify(row?.password_hash ?? decoy, canonicalPassword(password));
    return row !== undefined && matches ? toUser(row) : null;
  }

  /** By name. */
  async list(): Promise<readonly User[]> {
    return (await this.#db<UserTableRow>('user').orderBy('name')).map(toUser);
  }

  /** The hash of a password that nobody has, made at the same cost as every other. */
  #decoyHash(): Promise<string> {
    this.#decoy ??= hash(randomToken(), ARGON2ID);
    return this.#decoy;
  }
}

function toUser(row: UserTableRow): User {
  return { id: row.id, name: row.name, role: row.role, createdAtMs: row.created_at_ms };
}
