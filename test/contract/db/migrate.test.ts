import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dialectOf } from '../../../src/db/dialect.js';
import { migrate, pendingMigrations } from '../../../src/db/migrate.js';
import { migrations } from '../../../src/db/migrations/index.js';
import { type Db, openDatabase } from '../../../src/db/open-database.js';
import { makeServerDatabase } from '../../support/server-database.js';
import { type DatabaseName, describeEachDatabase } from '../../support/test-databases.js';

const PROCESS = fileURLToPath(new URL('./migrating-process.ts', import.meta.url));
const names = migrations.map((migration) => migration.name);

interface EmptyDatabase {
  readonly url: string;
  remove(): Promise<void>;
}

async function makeEmpty(name: DatabaseName): Promise<EmptyDatabase> {
  if (name === 'MariaDB') return makeServerDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'feedbridge-migrate-'));
  return {
    url: `sqlite:${join(folder, 'feedbridge.sqlite')}`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

describeEachDatabase('A migration', (name) => {
  let made: EmptyDatabase;
  let db: Db;
  beforeEach(async () => {
    made = await makeEmpty(name);
    db = await openDatabase(made.url);
  });
  afterEach(async () => {
    await db.destroy();
    await made.remove();
  });

  const recorded = (): Promise<string[]> => db('knex_migrations').orderBy('id').pluck('name');

  it('of an empty database makes every table, and the next one nothing', async () => {
    expect(await pendingMigrations(db)).toEqual(names);
    expect(await migrate(db)).toEqual(names);
    expect(await pendingMigrations(db)).toEqual([]);
    const schema = await describeSchema(db);
    expect(await migrate(db)).toEqual([]);
    expect(await describeSchema(db)).toEqual(schema);
  });

  it('is not begun by asking what is pending', async () => {
    await pendingMigrations(db);
    expect(await describeSchema(db)).toEqual([]);
  });

  it('is refused in the database of a shop, which stays as it is', async () => {
    await db.schema.createTable('ps_product_shop', (table) => void table.integer('id_product'));
    await expect(migrate(db)).rejects.toThrow(/ps_product_shop of a PrestaShop/);
    await expect(pendingMigrations(db)).rejects.toThrow(/FEEDBRIDGE_SHOP/);
    expect(await db.schema.hasTable('lock')).toBe(false);
  });

  it('that was cut short after its statements and before its record is repeated without harm', async () => {
    await migrate(db);
    const schema = await describeSchema(db);
    await db('sequence').insert({ name: 'kept', value: 41 });
    const lost = names.filter((_, index) => index % 3 === 0);
    await db('knex_migrations').whereIn('name', lost).delete();
    expect(await pendingMigrations(db)).toEqual(lost);
    expect(await migrate(db)).toEqual(lost);
    expect(await describeSchema(db)).toEqual(schema);
    expect(await db('sequence').where({ name: 'kept' }).first('value')).toEqual({ value: 41 });
  });

  it('that was cut short in the middle of all goes on where it stopped', async () => {
    await migrate(db);
    const schema = await describeSchema(db);
    const done = names.slice(0, 5);
    await db.schema.dropTable('feed_issue');
    await db('knex_migrations').whereNotIn('name', done).delete();
    expect(await migrate(db)).toEqual(names.slice(5));
    expect(await describeSchema(db)).toEqual(schema);
  });

  it('by several processes at once runs each change once, and all of them end well', async () => {
    const ran = await Promise.all([1, 2, 3].map(() => migrateElsewhere(made.url)));
    expect(ran.flat().toSorted()).toEqual(names.toSorted());
    expect(await recorded()).toEqual(names);
  });

  it('goes on after one that was killed, once its lock has expired', async () => {
    await migrate(db);
    await db('knex_migrations_lock').update({ is_locked: 1 });
    await db('lock')
      .insert({ name: 'migrate', owner: 'killed', fence: 9, expires_at_ms: 1, note: '' })
      .onConflict('name')
      .merge();
    await db('knex_migrations')
      .where({ name: names.at(-1) })
      .delete();
    expect(await migrate(db)).toEqual(names.slice(-1));
  });

  it('refuses a database that a newer version has changed, naming the change', async () => {
    await migrate(db);
    const last = Number((await db('knex_migrations').max({ id: 'id' }).first())?.id);
    await db('knex_migrations').insert({ id: last + 1, name: '9999-later', batch: 2, migration_time: db.fn.now() });
    const schema = await describeSchema(db);
    await expect(migrate(db)).rejects.toMatchObject({
      code: 'NEWER_DATABASE',
      message: expect.stringContaining('9999-later'),
    });
    await expect(pendingMigrations(db)).rejects.toMatchObject({ code: 'NEWER_DATABASE' });
    expect(await describeSchema(db)).toEqual(schema);
  });
});

async function migrateElsewhere(url: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', PROCESS, url]);
  return JSON.parse(stdout) as string[];
}

/** Every column and every index, in an order that does not depend on when they were made. */
async function describeSchema(db: Db): Promise<readonly string[]> {
  const sqlite = dialectOf(db).name === 'sqlite';
  const [rows] = sqlite ? [await db.raw(SQLITE_SCHEMA)] : await db.raw(SERVER_SCHEMA);
  return (rows as { line: string }[]).map((row) => row.line).sort();
}

const SQLITE_SCHEMA = `
  SELECT m.tbl_name || ' ' || m.type || ' ' || m.name || ' ' || coalesce(m.sql, '') AS line
  FROM sqlite_master m WHERE m.tbl_name NOT LIKE 'sqlite%' AND m.tbl_name NOT LIKE 'knex%'`;

const SERVER_SCHEMA = `
  SELECT CONCAT_WS(' ', table_name, column_name, column_type, is_nullable, column_default, collation_name, extra) AS line
  FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name NOT LIKE 'knex%'
  UNION ALL
  SELECT CONCAT_WS(' ', table_name, index_name, non_unique, seq_in_index, column_name)
  FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name NOT LIKE 'knex%'`;
