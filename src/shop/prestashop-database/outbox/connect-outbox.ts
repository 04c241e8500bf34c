import knex, { type Knex } from 'knex';
import { prepareSession } from '../../../db/server-session.js';
import type { ShopAddress } from '../shop-url.js';

const CONNECT_TIMEOUT_MS = 10_000;

/** knex would print failed connections to the console; they are thrown as well, and that is where we say them. */
const SILENT = { warn: () => undefined, error: () => undefined, deprecate: () => undefined, debug: () => undefined };

/**
 * The outbox never waits for a lock: what the shop is writing is looked at a second later.
 *
 * 0 is MariaDB's, from 10.3 on; the least that MySQL takes is a second.
 *
 * @source https://mariadb.com/kb/en/innodb-system-variables/#innodb_lock_wait_timeout
 */
const WAIT_FOR_NO_LOCK = 'SET SESSION innodb_lock_wait_timeout = 1 /*M!100300 - 1 */';

/**
 * Makes the one connection that takes rows out of the outbox; nothing is connected yet. The pool that reads the shop stays read-only.
 */
export function connectOutbox(address: ShopAddress): Knex {
  const { host, port, user, password, database } = address;
  return knex({
    client: 'mysql2',
    compileSqlOnError: false,
    connection: {
      ...{ host, port, user, password, database },
      charset: 'utf8mb4',
      dateStrings: true,
      multipleStatements: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
    },
    pool: { min: 0, max: 1, afterCreate: prepareSession([WAIT_FOR_NO_LOCK]) },
    acquireConnectionTimeout: CONNECT_TIMEOUT_MS + 5_000,
    log: SILENT,
  });
}
