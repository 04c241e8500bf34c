import type { Clock } from '../../core/clock.js';
import type { Db } from '../../db/open-database.js';
import { hashToken, randomToken, sameSecret } from './token-hash.js';
import type { Role } from './user.js';

/** How long a login holds, whatever is done with it. */
const SESSION_MS = 12 * 60 * 60 * 1_000;

/** The name under which the automatic local login acts; no user can be called so. */
const LOCAL_USER = 'local';

/** A login as the server sees it. */
export interface Session {
  /** Null for the automatic local login: valid only while the configuration still allows that one. */
  readonly userId: number | null;
  readonly userName: string;
  readonly role: Role;
  /** Every write of this session must carry it. */
  readonly csrfToken: string;
  readonly expiresAtMs: number;
}

/** A session just begun. The token goes into the cookie and exists nowhere else. */
export interface StartedSession {
  readonly token: string;
  readonly csrfToken: string;
  /** How long it lasts from now on, in milliseconds. */
  readonly lifetimeMs: number;
}

interface SessionRow {
  user_id: number;
  csrf_token: string;
  expires_at_ms: number;
  name: string | null;
  role: Role | null;
}

/** The column holds no null: user 0 is the automatic local login. */
const NO_USER = 0;

/** The table `session`: logins, known by the hash of their cookie. */
export class SessionService {
  readonly #db: Db;
  readonly #clock: Clock;

  constructor(db: Db, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** The same service inside a transaction. */
  on(transaction: Db): SessionService {
    return new SessionService(transaction, this.#clock);
  }

  /**
   * Begins a session with a new token: an older cookie of the same browser never becomes a login.
   *
   * @param userId null for the automatic local login
   */
  async start(userId: number | null): Promise<StartedSession> {
    const token = randomToken();
    const csrfToken = randomToken();
    const createdAtMs = this.#clock.nowMs();
    await this.#db('session').insert({
      token_hash: hashToken(token),
      user_id: userId ?? NO_USER,
      csrf_token: csrfToken,
      created_at_ms: createdAtMs,
      expires_at_ms: createdAtMs + SESSION_MS,
    });
    return { token, csrfToken, lifetimeMs: SESSION_MS };
  }

  /** The session of a cookie, or null when it is unknown, has ended, or its user is gone. */
  async find(token: string): Promise<Session | null> {
    const row: SessionRow | undefined = await this.#db('session')
      .leftJoin('user', 'user.id', 'session.user_id')
      .where('session.token_hash', hashToken(token))
      .andWhere('session.expires_at_ms', '>', this.#clock.nowMs())
      .first('session.user_id', 'session.csrf_token', 'session.expires_at_ms', 'user.name', 'user.role');
    if (row === undefined) return null;
    const { csrf_token: csrfToken, expires_at_ms: expiresAtMs } = row;
    if (row.user_id === NO_USER) return { userId: null, userName: LOCAL_USER, role: 'admin', csrfToken, expiresAtMs };
    if (row.name === null || row.role === null) return null;
    return { userId: row.user_id, userName: row.name, role: row.role, csrfToken, expiresAtMs };
  }

  /** Ends the session of a cookie; an unknown one is ended already. */
  async revoke(token: string): Promise<void> {
    await this.#db('session')
      .where({ token_hash: hashToken(token) })
      .delete();
  }

  /** @returns how many rows of ended sessions were deleted */
  async purgeExpired(): Promise<number> {
    return this.#db('session').where('expires_at_ms', '<=', this.#clock.nowMs()).delete();
  }
}

/** Tells whether a write carries its session's own token, in constant time. */
export function hasCsrfToken(session: Pick<Session, 'csrfToken'>, received: string): boolean {
  return sameSecret(session.csrfToken, received);
}
