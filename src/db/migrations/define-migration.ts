import type { Db } from '../open-database.js';
import { addColumn, addIndex, type Column, createTable, type TableDefinition } from '../table-definition.js';

/** One numbered, immutable change of the tables; safe to repeat, since MariaDB commits each DDL statement at once. */
export interface Migration {
  /** For example "0007-part"; the order of names is the order of running. */
  readonly name: string;
  up(db: Db): Promise<void>;
}

/** A migration that creates one table: the one DDL change a migration may hold. */
export function tableMigration(name: string, table: TableDefinition): Migration {
  return { name, up: (db) => createTable(db, table) };
}

/** A migration that adds one column to a table. */
export function columnMigration(name: string, table: string, column: Column): Migration {
  return { name, up: (db) => addColumn(db, table, column) };
}

/** A migration that adds one index to a table. */
export function indexMigration(
  name: string,
  table: string,
  index: { readonly name: string; readonly columns: readonly string[] },
): Migration {
  return { name, up: (db) => addIndex(db, table, index) };
}
