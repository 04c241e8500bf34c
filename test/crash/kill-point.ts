import { subscribe } from 'node:diagnostics_channel';
import type { Db } from '../../src/db/open-database.js';

const WRITE = /^\s*(insert|update|delete|replace|commit)/i;

/**
 * Counts the writes at the database and the calls over HTTP, before and after each, and kills the process at one of them.
 *
 * After a call = its answer has come and the program has not seen it yet; after a write = it is done and the program does not know.
 */
export class KillPoint {
  #steps = 0;
  #killAt = Number.POSITIVE_INFINITY;

  /** @param db the program's own handle */
  constructor(db: Db) {
    const write = ({ sql }: { sql: string }) => {
      if (WRITE.test(sql)) this.#pass();
    };
    db.on('query', write);
    db.on('query-response', (_response: unknown, query: { sql: string }) => write(query));
    subscribe('http.client.request.start', () => this.#pass());
    subscribe('http.client.response.finish', () => this.#pass());
  }

  /** How many steps there were since the last `arm`. */
  get steps(): number {
    return this.#steps;
  }

  /** From now on counts from 0, and kills at this step; without one it only counts. */
  arm(killAt = Number.POSITIVE_INFINITY): void {
    this.#steps = 0;
    this.#killAt = killAt;
  }

  #pass(): void {
    this.#steps += 1;
    if (this.#steps >= this.#killAt) process.kill(process.pid, 'SIGKILL');
  }
}
