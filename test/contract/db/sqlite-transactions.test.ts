import SqliteFile from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../support/test-databases.js';

describe('A transaction on SQLite', () => {
  let database: TestDatabase;
  let other: SqliteFile.Database;
  beforeAll(async () => {
    database = await openTestDatabase('SQLite');
    // Another process, as far as the file is concerned; it asks once and does not wait.
    other = new SqliteFile(database.url.slice('sqlite:'.length), { timeout: 0 });
  });
  afterAll(async () => {
    other.close();
    await database.drop();
  });

  const writeElsewhere = (name: string): string => {
    try {
      other.prepare('INSERT INTO sequence (name, value) VALUES (?, 1)').run(name);
      return 'written';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it('that reads before it writes is not thrown out by another process, which waits for its end', async () => {
    await database.db.transaction(async (transaction) => {
      await transaction('sequence').where({ name: 'x' }).first();
      expect(writeElsewhere('meanwhile')).toBe('SQLITE_BUSY');
      await transaction('sequence').insert({ name: 'x', value: 1 });
    });
    expect(writeElsewhere('afterwards')).toBe('written');
    expect(await database.db('sequence').pluck('name').orderBy('name')).toEqual(['afterwards', 'x']);
  });

  it('inside another one can fail by itself', async () => {
    await database.db.transaction(async (outer) => {
      await outer('sequence').insert({ name: 'outer', value: 1 });
      const inner = outer.transaction(async (transaction) => {
        await transaction('sequence').insert({ name: 'inner', value: 1 });
        throw new Error('the inner one failed');
      });
      await expect(inner).rejects.toThrow('the inner one failed');
    });
    expect(await database.db('sequence').whereIn('name', ['outer', 'inner']).pluck('name')).toEqual(['outer']);
  });

  it('leaves readers alone', async () => {
    await database.db.transaction(async (transaction) => {
      await transaction('sequence').insert({ name: 'unseen', value: 1 });
      expect(other.prepare("SELECT count(*) AS count FROM sequence WHERE name = 'unseen'").get()).toEqual({ count: 0 });
    });
  });
});
