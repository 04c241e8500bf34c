import { defineError } from '../core/errors.js';
import { dialectOf } from './dialect.js';
import type { Db } from './open-database.js';

/** A lock that this process holds: the fence is higher than any taken before, so a late owner can be told from the present one. */
export interface HeldLock {
  readonly name: string;
  readonly owner: string;
  readonly fence: number;
}

/** Who holds a lock, by the database's clock. */
export interface LockState {
  readonly owner: string;
  readonly fence: number;
  readonly expiresAtMs: number;
  readonly note: string;
}

export const LockLost = defineError<{ name: string; owner: string }>(
  'LOCK_LOST',
  409,
  ({ name, owner }) =>
    `The lock "${name}" of ${owner} has expired and may be held by another process. Stop this work; the other one goes on.`,
);

/**
 * Locks as rows with owner, fence and expiry by the database's clock: two runs of one task never overlap, on one machine or on many.
 *
 * Expiry is the database's time, so the clocks of several machines need not agree.
 */
export class LockStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * Takes a lock that is free or has expired.
   *
   * @param options ttlMs how long it holds without renewal (default 60,000); note what others may read of it
   * @returns the held lock, or null when another owner has it
   */
  async acquire(
    name: string,
    owner: string,
    options: { ttlMs?: number; note?: string } = {},
  ): Promise<HeldLock | null> {
    const { ttlMs = 60_000, note = '' } = options;
    const nowMs = dialectOf(this.#db).nowMsSql;
    await this.#db('lock')
      .insert({ name, owner: '', fence: 0, expires_at_ms: 0, note: '' })
      .onConflict('name')
      .ignore();
    const taken = await this.#db('lock')
      .where({ name })
      .andWhereRaw(`(owner = '' OR expires_at_ms <= ${nowMs})`)
      .update({ owner, note, fence: this.#db.raw('fence + 1'), expires_at_ms: this.#db.raw(`${nowMs} + ?`, [ttlMs]) });
    if (taken === 0) return null;
    const row = await this.#db('lock').where({ name, owner }).first('fence');
    return row === undefined ? null : { name, owner, fence: Number(row.fence) };
  }

  /** Prolongs a held lock by its full time; false when it was lost meanwhile, and then all work under it must stop. */
  async renew(lock: HeldLock, ttlMs = 60_000): Promise<boolean> {
    const nowMs = dialectOf(this.#db).nowMsSql;
    const renewed = await this.#db('lock')
      .where({ name: lock.name, owner: lock.owner, fence: lock.fence })
      .andWhereRaw(`expires_at_ms > ${nowMs}`)
      .update({ expires_at_ms: this.#db.raw(`${nowMs} + ?`, [ttlMs]) });
    return renewed > 0;
  }

  /** Gives a lock back; one that was lost meanwhile is left to its new owner. */
  async release(lock: HeldLock): Promise<void> {
    await this.#db('lock')
      .where({ name: lock.name, owner: lock.owner, fence: lock.fence })
      .update({ owner: '', expires_at_ms: 0, note: '' });
  }

  /** Frees every lock of a process, for whoever knows that it has ended; each would hold until it expired. */
  async releaseOf(owner: string): Promise<void> {
    await this.#db('lock').where({ owner }).update({ owner: '', expires_at_ms: 0, note: '' });
  }

  /** Who holds a lock now, or null when nobody does. */
  async holder(name: string): Promise<LockState | null> {
    const row = await this.#db('lock')
      .where({ name })
      .andWhere('owner', '<>', '')
      .andWhereRaw(`expires_at_ms > ${dialectOf(this.#db).nowMsSql}`)
      .first();
    if (row === undefined) return null;
    return { owner: row.owner, fence: Number(row.fence), expiresAtMs: Number(row.expires_at_ms), note: row.note };
  }

  /**
   * Repeats the fence inside a transaction that writes an intent, so that a run which woke up late writes nothing.
   *
   * @throws LockLost when the lock expired or has another owner
   */
  async confirm(lock: HeldLock, transaction: Db): Promise<void> {
    const row = await transaction('lock')
      .where({ name: lock.name, owner: lock.owner, fence: lock.fence })
      .andWhereRaw(`expires_at_ms > ${dialectOf(transaction).nowMsSql}`)
      .modify((query) => (dialectOf(transaction).name === 'sqlite' ? query : query.forUpdate()))
      .first('fence');
    if (row === undefined) throw new LockLost({ name: lock.name, owner: lock.owner });
  }
}
