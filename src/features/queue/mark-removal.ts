import type { Db } from '../../db/open-database.js';
import type { Audit } from '../users/audit.js';
import type { QueueService } from './queue-service.js';

export interface MarkRemovalParts {
  readonly db: Db;
  readonly queue: QueueService;
  readonly audit: Audit;
}

/** SQLite binds 32,766 values in one statement, and a short statement keeps other writers waiting less. */
const MARKS_PER_STATEMENT = 1_000;

/** Takes marks out of the queue for people. */
export class MarkRemoval {
  readonly #on: MarkRemovalParts;

  constructor(parts: MarkRemovalParts) {
    this.#on = parts;
  }

  /**
   * Removes marks that wait; those in flight stay, since their answer is still to come.
   *
   * @param actor whom the audit names
   * @returns how many are gone
   */
  async remove(ids: readonly number[], actor: string): Promise<number> {
    if (ids.length === 0) return 0;
    return this.#on.db.transaction(async (transaction) => {
      const queue = this.#on.queue.on(transaction);
      let removed = 0;
      for (let start = 0; start < ids.length; start += MARKS_PER_STATEMENT)
        removed += await queue.remove(ids.slice(start, start + MARKS_PER_STATEMENT));
      const details = { asked: ids.length, removed };
      await this.#on.audit.record({ actor, action: 'queue-remove', subject: 'queue', details }, transaction);
      return removed;
    });
  }
}
