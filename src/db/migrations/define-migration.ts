import type { Migration } from '../migrate.js';
import { createTable, type TableDefinition } from '../table-definition.js';

/** A migration that creates one table: the one DDL change a migration may hold. */
export function tableMigration(name: string, table: TableDefinition): Migration {
  return { name, up: (db) => createTable(db, table) };
}
