import type { Knex } from 'knex';
import { isSqlite, readRows } from '../../db/read-rows.js';
import { textOf } from './read-cell.js';
import { type ColumnName, hiddenColumn, type ShopColumns, shopColumnsOf } from './shop-columns.js';
import { ShopColumnMissing, ShopPrefixWrong, ShopTableMissing } from './shop-errors.js';
import { SHOP_TABLES } from './shop-tables.js';

// information_schema names only what the account may read, so a missing right looks like a missing column, and is said so.
const SERVER_COLUMNS =
  'SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = DATABASE()';
const SQLITE_COLUMNS =
  "SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'";

const TELLTALE_TABLE = 'product_attribute_shop';

/**
 * Reads the shop's columns, finds the first thing that is missing, and says which of the versioned columns are there.
 *
 * @param prefix of the tables, for example `ps_`
 * @throws ShopPrefixWrong, ShopTableMissing, ShopColumnMissing
 */
export async function checkShopTables(db: Knex, prefix: string): Promise<ShopColumns> {
  const columns = await readColumns(db);
  if (!columns.has(`${prefix}product`) && !columns.has(`${prefix}product_shop`))
    throw new ShopPrefixWrong({ prefix, found: likelyPrefixes([...columns.keys()]) });
  for (const [name, needed] of Object.entries(SHOP_TABLES)) {
    const table = prefix + name;
    const present = columns.get(table);
    if (present === undefined) throw new ShopTableMissing({ table });
    for (const column of needed) if (!present.has(column)) throw new ShopColumnMissing({ table, column });
  }
  const isThere = (name: ColumnName) => {
    const [table = '', column = ''] = name.split('.');
    return columns.get(prefix + table)?.has(column) === true;
  };
  const [table, column] = hiddenColumn(isThere)?.split('.') ?? [];
  if (table !== undefined && column !== undefined) throw new ShopColumnMissing({ table: prefix + table, column });
  return shopColumnsOf(isThere);
}

async function readColumns(db: Knex): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const columns = new Map<string, Set<string>>();
  for (const [table, column] of await readRows(db, isSqlite(db) ? SQLITE_COLUMNS : SERVER_COLUMNS)) {
    const name = textOf(table);
    const present = columns.get(name) ?? new Set<string>();
    columns.set(name, present.add(textOf(column)));
  }
  return columns;
}

function likelyPrefixes(tables: readonly string[]): readonly string[] {
  const telltales = tables.filter((table) => table.endsWith(TELLTALE_TABLE));
  return telltales.map((table) => table.slice(0, -TELLTALE_TABLE.length)).sort();
}
