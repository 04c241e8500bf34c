import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isUniqueViolation } from '../../../src/db/db-errors.js';
import { dialectOf } from '../../../src/db/dialect.js';
import { openDatabase } from '../../../src/db/open-database.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

describeEachDatabase('An open database', (name, open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.drop());

  it('knows which dialect it speaks, in transactions too', async () => {
    const expected = name === 'SQLite' ? 'sqlite' : 'mariadb';
    expect(dialectOf(database.db).name).toBe(expected);
    await database.db.transaction((transaction) => {
      expect(dialectOf(transaction).name).toBe(expected);
      return Promise.resolve();
    });
  });

  it('tells the present time as epoch milliseconds', async () => {
    const before = Date.now();
    const now = await nowOf(database);
    expect(Math.abs(now - before)).toBeLessThan(5_000);
  });

  it('takes as many rows in one statement as its dialect says', async () => {
    const { rowsPerInsert } = dialectOf(database.db);
    const rows = Array.from({ length: rowsPerInsert }, (_, index) => ({ name: `row-${index}`, value: index }));
    await database.db('sequence').insert(rows);
    expect(await database.db('sequence').where('name', 'like', 'row-%').count({ count: '*' })).toEqual([
      { count: rowsPerInsert },
    ]);
  });

  it('gives whole numbers up to 2^53 back as numbers and texts byte for byte', async () => {
    await database.db('setting').insert({
      name: 'Ünïcode 😀',
      scope: 'global',
      scope_id: Number.MAX_SAFE_INTEGER,
      value: 'a\tb\n"c" \u00e9 e\u0301',
      changed_at_ms: 0,
    });
    expect(await database.db('setting').where({ name: 'Ünïcode 😀' }).first()).toEqual({
      name: 'Ünïcode 😀',
      scope: 'global',
      scope_id: Number.MAX_SAFE_INTEGER,
      value: 'a\tb\n"c" \u00e9 e\u0301',
      changed_at_ms: 0,
    });
  });

  it('tells keys apart by letter case and accents', async () => {
    await database.db('sequence').insert(['abc', 'ABC', 'äbc'].map((key) => ({ name: key, value: 0 })));
    const again = database.db('sequence').insert({ name: 'abc', value: 1 });
    await expect(again).rejects.toSatisfy(isUniqueViolation);
  });
});

async function nowOf({ db }: TestDatabase): Promise<number> {
  const row = await db.select(db.raw(`${dialectOf(db).nowMsSql} AS now`)).first();
  return Number(row.now);
}

describe('A database that cannot be opened', () => {
  let folder = '';
  let server: Server;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'feedbridge-open-'));
    server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const refusal = (url: string) =>
    openDatabase(url).then(
      async (db) => {
        await db.destroy();
        return 'opened';
      },
      (error: Error) => `${error.name}: ${error.message}`,
    );

  it('is said to be no database when the file holds something else', async () => {
    const file = join(folder, 'notes.txt');
    writeFileSync(file, 'dear diary, '.repeat(500));
    expect(await refusal(`sqlite:${file}`)).toMatch(/^DATABASE_DAMAGED: .*notes\.txt/);
  });

  it('is said to be misplaced when its folder is a file, or itself a folder', async () => {
    writeFileSync(join(folder, 'plain'), '');
    mkdirSync(join(folder, 'nest'));
    expect(await refusal(`sqlite:${join(folder, 'plain', 'x.sqlite')}`)).toMatch(/^DATABASE_MISPLACED: .*plain/);
    expect(await refusal(`sqlite:${join(folder, 'nest')}`)).toMatch(/^DATABASE_(MISPLACED|READ_ONLY): .*nest/);
  });

  it('is named without its password when nobody answers there', async () => {
    const { port } = server.address() as { port: number };
    server.close();
    const text = await refusal(`mysql://feed:s3cret@127.0.0.1:${port}/bridge`);
    expect(text).toMatch(new RegExp(`^DATABASE_UNREACHABLE: .*bridge at 127\\.0\\.0\\.1:${port}`));
    expect(text).not.toMatch(/s3cret/);
  });

  it('is made with its folders when only these are missing', async () => {
    expect(await refusal(`sqlite:${join(folder, 'a', 'b', 'new.sqlite')}`)).toBe('opened');
  });
});
