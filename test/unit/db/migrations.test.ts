import { describe, expect, it } from 'vitest';
import { migrations } from '../../../src/db/migrations/index.js';
import type { Db } from '../../../src/db/open-database.js';

/** A handle that only writes down the statements that it is given. */
function recorder(client: 'better-sqlite3' | 'mysql2'): { db: Db; statements: string[] } {
  const statements: string[] = [];
  const raw = (sql: string) => Promise.resolve(statements.push(sql));
  return { db: { client: { config: { client } }, raw } as unknown as Db, statements };
}

describe('The migrations', () => {
  it('are numbered in their order, no number twice', () => {
    const numbers = migrations.map(
      ({ name }) => /^(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*$/.exec(name)?.[1] ?? `wrong: ${name}`,
    );
    expect(numbers).toEqual([...new Set(numbers)].sort());
  });

  it.each(['better-sqlite3', 'mysql2'] as const)('can each be repeated on %s', async (client) => {
    const { db, statements } = recorder(client);
    for (const migration of migrations) await migration.up(db);
    expect(
      statements.filter(
        (sql) => !/^(CREATE (TABLE|INDEX) IF NOT EXISTS|ALTER TABLE `\w+` ADD (COLUMN|INDEX)) /.test(sql),
      ),
    ).toEqual([]);
    expect(statements.length).toBeGreaterThanOrEqual(migrations.length);
  });

  it('give no two indexes of SQLite one name, since the second would silently not be made', async () => {
    const { db, statements } = recorder('better-sqlite3');
    for (const migration of migrations) await migration.up(db);
    const names = statements.flatMap((sql) => /^CREATE INDEX IF NOT EXISTS `(\w+)`/.exec(sql)?.[1] ?? []);
    expect(names.length).toBeGreaterThan(10);
    expect(names).toEqual([...new Set(names)]);
  });

  it('each change one table only', async () => {
    for (const migration of migrations) {
      const { db, statements } = recorder('mysql2');
      await migration.up(db);
      expect([migration.name, statements.length]).toEqual([migration.name, 1]);
    }
  });
});
