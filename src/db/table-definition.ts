import { messageOf } from '../core/errors.js';
import { driverCode } from './db-errors.js';
import { dialectOf } from './dialect.js';
import type { Db } from './open-database.js';

/** A column in the few kinds that our tables use; each is NOT NULL unless `nullable`. */
export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly nullable: boolean;
  readonly default?: number | string;
}

type ColumnKind = 'id' | 'integer' | 'key' | 'text' | 'time' | { readonly keyLength: number };

interface ColumnOptions {
  readonly nullable?: boolean;
  readonly default?: number | string;
}

const column =
  (kind: ColumnKind) =>
  (name: string, options: ColumnOptions = {}): Column => ({
    name,
    kind,
    nullable: options.nullable ?? false,
    ...(options.default === undefined ? {} : { default: options.default }),
  });

/** A number that the database counts up: the primary key of its table. */
export const id = column('id');
/** A whole number up to 2^53. */
export const integer = column('integer');
/** Up to 191 characters, compared byte for byte (SKU, codes, hashes, states). */
export const key = column('key');
/** Text of any length, compared byte for byte. */
export const text = column('text');
/** An instant in epoch milliseconds, UTC. */
export const time = column('time');

/** A short key of a fixed greatest length, for columns inside long compound keys. */
export function shortKey(name: string, length: number, options: ColumnOptions = {}): Column {
  return column({ keyLength: length })(name, options);
}

export interface TableDefinition {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Left out when one column is an `id`. */
  readonly primary?: readonly string[];
  readonly unique?: Readonly<Record<string, readonly string[]>>;
  readonly index?: Readonly<Record<string, readonly string[]>>;
}

/**
 * Creates a table with its keys; a second time it changes nothing, so that a migration cut short can be repeated.
 *
 * @param table names of unique keys and indexes are used as given and must be unique in the database
 */
export async function createTable(db: Db, table: TableDefinition): Promise<void> {
  for (const statement of createStatements(table, dialectOf(db).name === 'sqlite')) await db.raw(statement);
}

/** Adds a column at a table's end; a second time it changes nothing. One that is not nullable needs a default, for the rows there are. */
export async function addColumn(db: Db, table: string, column: Column): Promise<void> {
  const type = dialectOf(db).name === 'sqlite' ? sqliteType(column) : mysqlType(column);
  try {
    await db.raw(`ALTER TABLE ${quote(table)} ADD COLUMN ${quote(column.name)} ${type}`);
  } catch (error) {
    if (!isColumnThere(error)) throw error;
  }
}

/** Adds an index to a table; a second time it changes nothing. */
export async function addIndex(
  db: Db,
  table: string,
  { name, columns }: { readonly name: string; readonly columns: readonly string[] },
): Promise<void> {
  if (dialectOf(db).name === 'sqlite') {
    await db.raw(`CREATE INDEX IF NOT EXISTS ${quote(name)} ON ${quote(table)} (${list(columns)})`);
    return;
  }
  try {
    await db.raw(`ALTER TABLE ${quote(table)} ADD INDEX ${quote(name)} (${list(columns)})`);
  } catch (error) {
    // MySQL cannot add one only where there is none.
    if (driverCode(error) !== 'ER_DUP_KEYNAME') throw error;
  }
}

/** Neither SQLite nor MySQL can add a column only where there is none; SQLite has no code of its own for this. */
function isColumnThere(error: unknown): boolean {
  return driverCode(error) === 'ER_DUP_FIELDNAME' || /duplicate column name/.test(messageOf(error));
}

function createStatements(table: TableDefinition, sqlite: boolean): readonly string[] {
  const parts = table.columns.map((one) => `${quote(one.name)} ${sqlite ? sqliteType(one) : mysqlType(one)}`);
  if (table.primary) parts.push(`PRIMARY KEY (${list(table.primary)})`);
  for (const [name, columns] of Object.entries(table.unique ?? {}))
    parts.push(
      sqlite ? `CONSTRAINT ${quote(name)} UNIQUE (${list(columns)})` : `UNIQUE KEY ${quote(name)} (${list(columns)})`,
    );
  const indexes = Object.entries(table.index ?? {});
  if (sqlite) {
    const create = `CREATE TABLE IF NOT EXISTS ${quote(table.name)} (${parts.join(', ')})`;
    return [
      create,
      ...indexes.map(
        ([name, columns]) => `CREATE INDEX IF NOT EXISTS ${quote(name)} ON ${quote(table.name)} (${list(columns)})`,
      ),
    ];
  }
  for (const [name, columns] of indexes) parts.push(`KEY ${quote(name)} (${list(columns)})`);
  return [
    `CREATE TABLE IF NOT EXISTS ${quote(table.name)} (${parts.join(', ')}) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  ];
}

function sqliteType(one: Column): string {
  if (one.kind === 'id') return 'INTEGER PRIMARY KEY AUTOINCREMENT';
  const type = one.kind === 'integer' || one.kind === 'time' ? 'INTEGER' : 'TEXT';
  return type + constraint(one);
}

function mysqlType(one: Column): string {
  if (one.kind === 'id') return 'BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY';
  if (one.kind === 'integer' || one.kind === 'time') return `BIGINT${constraint(one)}`;
  if (one.kind === 'text') return `MEDIUMTEXT${constraint(one)}`;
  const length = one.kind === 'key' ? 191 : one.kind.keyLength;
  return `VARCHAR(${length})${constraint(one)}`;
}

function constraint(one: Column): string {
  const value =
    one.default === undefined ? '' : ` DEFAULT ${typeof one.default === 'number' ? one.default : `'${one.default}'`}`;
  return (one.nullable ? ' NULL' : ' NOT NULL') + value;
}

const quote = (name: string) => `\`${name}\``;
const list = (names: readonly string[]) => names.map(quote).join(', ');
