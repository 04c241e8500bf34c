import knex, { type Knex } from 'knex';
import { LISTS_ARE_RANGES, prepareSession } from '../../db/server-session.js';
import type { ShopAddress } from './shop-url.js';

const CONNECT_TIMEOUT_MS = 10_000;

/** knex would print failed connections to the console; they are thrown as well, and that is where we say them. */
const SILENT = {
  warn: () => undefined,
  error: () => undefined,
  deprecate: () => undefined,
  debug: () => undefined,
};

const READ_ONLY = 'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY';

/**
 * Makes the pool to a shop's database; nothing is connected yet.
 *
 * Dates come as text, since shops are full of zero dates, and decimals as text. Every session reads only: one snapshot per
 * transaction, and a write, by mistake or smuggled in, would be refused by the server.
 */
export function connectShop(address: ShopAddress): Knex {
  const { host, port, user, password, database } = address;
  return knex({
    client: 'mysql2',
    connection: {
      ...{ host, port, user, password, database },
      charset: 'utf8mb4',
      dateStrings: true,
      multipleStatements: true,
      decimalNumbers: false,
      connectTimeout: CONNECT_TIMEOUT_MS,
    },
    pool: { min: 0, max: 4, afterCreate: prepareSession([READ_ONLY, LISTS_ARE_RANGES]) },
    acquireConnectionTimeout: CONNECT_TIMEOUT_MS + 5_000,
    log: SILENT,
  });
}

/** The database in words a person knows, without user or password. */
export function describeShopAddress(address: ShopAddress): string {
  return `${address.database} at ${address.host}:${address.port}`;
}
