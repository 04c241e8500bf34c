import type { Knex } from 'knex';
import { readRows } from '../../../db/read-rows.js';
import { textOf } from '../read-cell.js';
import { ShopTableMissing } from '../shop-errors.js';
import type { TriggerTarget } from './trigger-statements.js';
import { triggerNames } from './trigger-statements.js';
import { WATCHED_TABLES } from './watched-tables.js';

/** Triggers of ours in this database, by their names; of other prefixes too. */
export interface InstalledTriggers {
  readonly own: readonly string[];
  readonly missing: readonly string[];
  readonly foreign: readonly string[];
}

/** Reads the names of our triggers; a login sees those of tables on which it has the right TRIGGER. */
export async function readTriggers(db: Knex, prefix: string): Promise<InstalledTriggers> {
  const rows = await readRows(
    db,
    'SELECT trigger_name AS name FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY 1',
  );
  const expected = triggerNames(prefix);
  const endings = triggerNames('');
  const ours = rows.map((row) => textOf(row[0])).filter((name) => endings.some((ending) => name.endsWith(ending)));
  const own = ours.filter((name) => expected.includes(name));
  return {
    own,
    missing: expected.filter((name) => !own.includes(name)),
    foreign: ours.filter((name) => !expected.includes(name)),
  };
}

/**
 * Reads which columns the watched tables have.
 *
 * @throws ShopTableMissing when one of them is not there, or our login may not see it
 */
export async function readTriggerTarget(db: Knex, prefix: string): Promise<TriggerTarget> {
  const rows = await readRows(
    db,
    'SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = DATABASE()',
  );
  const columns = new Set(rows.map(([table, column]) => `${textOf(table)}.${textOf(column)}`));
  const hasColumn = (table: string, column: string) => columns.has(`${prefix}${table}.${column}`);
  for (const { table } of WATCHED_TABLES)
    if (!hasColumn(table, 'id_product')) throw new ShopTableMissing({ table: prefix + table });
  return { prefix, hasColumn };
}
