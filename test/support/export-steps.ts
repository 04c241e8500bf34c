import type { Db } from '../../src/db/open-database.js';

/** Every moment at which a program turns to its database: before each statement of its own, and before each transaction. */
export class DatabaseSteps {
  /** What came at each step: its statement, or those of its transaction. */
  readonly statements: string[][] = [];
  readonly #db: Db;
  readonly #acquire: (...given: readonly unknown[]) => Promise<unknown>;
  #before: (step: number) => Promise<void> = () => Promise.resolve();
  #steps = 0;
  #isBusy = false;

  /** @param db the program's own handle */
  constructor(db: Db) {
    this.#db = db;
    const client = db.client;
    this.#acquire = client.acquireConnection.bind(client);
    client.acquireConnection = async (...given: readonly unknown[]) => {
      await this.#pass();
      return this.#acquire(...given);
    };
    db.on('query', ({ sql }: { sql: string }) => {
      const step = this.#steps - 1;
      this.statements[step] = [...(this.statements[step] ?? []), sql.replaceAll('`', '')];
    });
  }

  get count(): number {
    return this.#steps;
  }

  /** The last step at which a statement like this came; -1 when none did. */
  lastOf(statement: RegExp): number {
    return this.statements.findLastIndex((one) => one?.some((sql) => statement.test(sql)));
  }

  /** Counts from 0 again, and calls back before each step; what that does at the database counts as no step. */
  restart(before: (step: number) => Promise<void> = () => Promise.resolve()): void {
    this.statements.length = 0;
    this.#steps = 0;
    this.#before = before;
  }

  end(): void {
    this.#db.client.acquireConnection = this.#acquire;
  }

  async #pass(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      await this.#before(this.#steps);
    } finally {
      this.#isBusy = false;
      this.#steps += 1;
    }
  }
}
