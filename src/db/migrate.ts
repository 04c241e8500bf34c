import type { Knex } from 'knex';
import { pause } from '../core/clock.js';
import { defineError } from '../core/errors.js';
import { processName } from '../core/ids.js';
import { translateDatabaseError } from './db-errors.js';
import { dialectOf } from './dialect.js';
import { type HeldLock, LockStore } from './lock-store.js';
import type { Migration } from './migrations/define-migration.js';
import { lockTable } from './migrations/foundation.js';
import { migrations } from './migrations/index.js';
import type { Db } from './open-database.js';
import { readRows } from './read-rows.js';
import { createTable } from './table-definition.js';

export const MigrationLocked = defineError<{ owner: string }>(
  'MIGRATION_LOCKED',
  503,
  ({ owner }) =>
    `The process ${owner} has been changing the tables for two minutes. Wait until it has ended, then start again.`,
  { retryable: true },
);

export const NewerDatabase = defineError<{ names: string }>(
  'NEWER_DATABASE',
  503,
  ({ names }) =>
    `The database was changed by a newer version of Feedbridge (${names}). Start that version, or restore a backup.`,
);

export const ShopDatabase = defineError<{ table: string }>(
  'SHOP_DATABASE',
  422,
  ({ table }) =>
    `Expected an empty database for Feedbridge's own tables, got one with the table ${table} of a PrestaShop. Make a database of its own and name it in FEEDBRIDGE_DATABASE; the shop's belongs in FEEDBRIDGE_SHOP.`,
);

const LOCK = 'migrate';
const LOCK_TTL_MS = 60_000;
const RENEW_EVERY_MS = 15_000;
const ASK_EVERY_MS = 500;
/** Longer than the lock of a killed process holds. */
const PATIENCE_MS = 120_000;

const source: Knex.MigrationSource<Migration> = {
  getMigrations: () => Promise.resolve([...migrations]),
  getMigrationName: (migration) => migration.name,
  getMigration: (migration) => Promise.resolve({ up: (db) => migration.up(db), down: () => Promise.resolve() }),
};

/**
 * Brings our tables to this version; several processes at once are fine, one works and the others wait.
 *
 * @returns the names of the migrations that ran now, oldest first
 * @throws MigrationLocked after two minutes of waiting; NewerDatabase when a later version was here; ShopDatabase, DatabaseRefused,
 *   DatabaseReadOnly
 */
export async function migrate(db: Db): Promise<readonly string[]> {
  try {
    const pending = await pendingMigrations(db);
    return pending.length === 0 ? [] : await migrateAlone(db);
  } catch (error) {
    throw translateDatabaseError(error, 'of Feedbridge');
  }
}

/**
 * The migrations that this version has and the database lacks, oldest first; nothing is changed.
 *
 * @throws NewerDatabase when the database has some that this version lacks; ShopDatabase when it is a shop's
 */
export async function pendingMigrations(db: Db): Promise<readonly string[]> {
  const ours = migrations.map((one) => one.name);
  if (!(await db.schema.hasTable('knex_migrations'))) {
    await refuseShop(db);
    return ours;
  }
  const done = new Set<string>(await db('knex_migrations').pluck('name'));
  const later = [...done].filter((name) => !ours.includes(name));
  if (later.length > 0) throw new NewerDatabase({ names: later.join(', ') });
  return ours.filter((name) => !done.has(name));
}

/** Our tables among the shop's would be taken for its own by whoever backs it up, moves it or upgrades it. */
async function refuseShop(db: Db): Promise<void> {
  const names = await readRows(db, dialectOf(db).tableNamesSql, []);
  const table = names.map(([name]) => String(name)).find((name) => name.endsWith('_product_shop'));
  if (table !== undefined) throw new ShopDatabase({ table });
}

/**
 * Runs what is pending under a lock of our own.
 *
 * knex lists what is pending before it takes its lock, so that two processes run everything twice; two that make its bookkeeping at
 * once may lock each other out for good, and so does a killed one. Under our lock, which ends by itself, none of that can happen.
 */
async function migrateAlone(db: Db): Promise<readonly string[]> {
  await createTable(db, lockTable);
  const locks = new LockStore(db);
  const lock = await acquireLock(locks);
  // A renewal that fails does no harm: the next one comes long before the lock has ended.
  const renewal = setInterval(() => locks.renew(lock, LOCK_TTL_MS).catch(() => false), RENEW_EVERY_MS);
  try {
    await db.migrate.forceFreeMigrationsLock();
    const config = { migrationSource: source, disableTransactions: true };
    const [, names] = (await db.migrate.latest(config)) as [number, string[]];
    return names;
  } finally {
    clearInterval(renewal);
    await locks.release(lock);
  }
}

async function acquireLock(locks: LockStore): Promise<HeldLock> {
  const owner = processName();
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += ASK_EVERY_MS) {
    const lock = await locks.acquire(LOCK, owner, { ttlMs: LOCK_TTL_MS });
    if (lock !== null) return lock;
    await pause(ASK_EVERY_MS);
  }
  throw new MigrationLocked({ owner: (await locks.holder(LOCK))?.owner ?? 'unknown' });
}
