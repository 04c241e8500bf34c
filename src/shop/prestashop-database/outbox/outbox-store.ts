import type { Knex } from 'knex';
import { driverCode } from '../../../db/db-errors.js';
import { type Cell, type Row, readRows } from '../../../db/read-rows.js';
import type { OutboxRow, OutboxState } from '../../shop-outbox.js';
import { integerOf, textOf } from '../read-cell.js';
import { OUTBOX } from './outbox-table.js';

const ROWS_PER_PAGE = 1_000;
/** Some milliseconds of the server, in one journey. */
const REMOVED_AT_ONCE = 100;

/** One row by its key and its version. */
const THIS_ROW =
  '(id_product = ? AND source = ? AND id_product_attribute = ? AND part = ? AND version = ? AND first_at = ?)';

/** A login without any right on a table is told that it may not, whether or not there is one. */
const ABSENT = new Set(['ER_NO_SUCH_TABLE', 'ER_TABLEACCESS_DENIED_ERROR']);
const LOCKED = new Set(['ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_DEADLOCK']);
const KEY_SEPARATOR = '/';

/** The table `feedbridge_outbox` in the shop's database. */
export class OutboxStore {
  readonly #db: Knex;
  readonly #table: string;
  #waitsForLocks: boolean | null = null;

  /** @param db its sessions wait for no lock, see `connectOutbox` */
  constructor(db: Knex, prefix: string) {
    this.#db = db;
    this.#table = `\`${prefix}${OUTBOX}\``;
  }

  async state(): Promise<OutboxState> {
    try {
      await readRows(this.#db, `SELECT 1 AS one FROM ${this.#table} LIMIT 1`);
    } catch (error) {
      if (ABSENT.has(driverCode(error))) return 'absent';
      throw error;
    }
    try {
      // Asks for the right and touches no row.
      await this.#db.raw(`DELETE FROM ${this.#table} WHERE FALSE`);
      return 'ready';
    } catch (error) {
      if (driverCode(error) === 'ER_TABLEACCESS_DENIED_ERROR') return 'refused';
      throw error;
    }
  }

  /** The next rows in the order of the key, so that those of one product come together. */
  async page(after: OutboxRow | null): Promise<readonly OutboxRow[]> {
    // Written out: the servers find no range for (a, b, c, d) > (…).
    const where =
      after === null
        ? 'TRUE'
        : `id_product > ? OR (id_product = ? AND source > ?) OR (id_product = ? AND source = ? AND id_product_attribute > ?)
           OR (id_product = ? AND source = ? AND id_product_attribute = ? AND part > ?)`;
    const [product = '', source = '', combination = '', part = ''] = after?.key.split(KEY_SEPARATOR) ?? [];
    const bindings: Cell[] = [
      ...[product, product, source, product, source, combination],
      ...[product, source, combination, part],
    ];
    const rows = await readRows(
      this.#db,
      `SELECT id_product, source, id_product_attribute, part, version, first_at FROM ${this.#table}
       WHERE ${where} ORDER BY id_product, source, id_product_attribute, part LIMIT ${ROWS_PER_PAGE}`,
      after === null ? [] : bindings,
    );
    return rows.map(toOutboxRow);
  }

  async oldestMs(): Promise<number | null> {
    const [row] = await readRows(this.#db, `SELECT MIN(first_at) AS oldest FROM ${this.#table}`);
    const oldest = textOf(row?.[0]);
    return oldest === '' ? null : instantOf(oldest);
  }

  async remove(rows: readonly OutboxRow[]): Promise<readonly OutboxRow[]> {
    const left: OutboxRow[] = [];
    for (let start = 0; start < rows.length; start += REMOVED_AT_ONCE) {
      const some = rows.slice(start, start + REMOVED_AT_ONCE);
      if (!(await this.#tryRemove(some))) left.push(...(await this.#removeOneByOne(some)));
    }
    return left;
  }

  /** Those behind the first one that is locked stay as well: on a server that cannot refuse at once, each would be waited for. */
  async #removeOneByOne(rows: readonly OutboxRow[]): Promise<readonly OutboxRow[]> {
    for (const [index, row] of rows.entries()) if (!(await this.#tryRemove([row]))) return rows.slice(index);
    return [];
  }

  /**
   * Several rows go in one transaction only where the server refuses a lock at once: a transaction that holds locks and waits for another could be
   * one side of a deadlock, of which the shop may be the victim. Elsewhere each row is a transaction of its own.
   *
   * 50,000 rows took 106 s one by one, on a server that was busy besides; a hundred at once spare it ninety-nine commits (2026-11).
   *
   * @returns false when a row was locked; then some of the others may be gone
   */
  async #tryRemove(rows: readonly OutboxRow[]): Promise<boolean> {
    this.#waitsForLocks ??= await this.#readWaiting();
    const sql = this.#waitsForLocks
      ? rows.map(() => `DELETE FROM ${this.#table} WHERE ${THIS_ROW}`).join(';\n')
      : `DELETE FROM ${this.#table} WHERE ${rows.map(() => THIS_ROW).join(' OR ')}`;
    const bindings = rows.flatMap(({ key, version }) => [...key.split(KEY_SEPARATOR), ...version.split(KEY_SEPARATOR)]);
    try {
      await this.#db.raw(sql, bindings);
      return true;
    } catch (error) {
      if (LOCKED.has(driverCode(error))) return false;
      throw error;
    }
  }

  async #readWaiting(): Promise<boolean> {
    const [row] = await readRows(this.#db, 'SELECT @@SESSION.innodb_lock_wait_timeout AS seconds');
    return integerOf(row?.[0]) > 0;
  }
}

/** A row that was removed and written again counts from 1 as before; the time it was made tells the two apart. */
function toOutboxRow([product, source, combination, part, version, firstAt]: Row): OutboxRow {
  const made = textOf(firstAt);
  return {
    productId: integerOf(product),
    seenAtMs: instantOf(made),
    key: [product, source, combination, part].map(textOf).join(KEY_SEPARATOR),
    version: [textOf(version), made].join(KEY_SEPARATOR),
  };
}

/** "2026-11-22 00:30:00.123" in UTC, as the triggers write it. */
function instantOf(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}
