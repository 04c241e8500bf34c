import knex, { type Knex } from 'knex';
import { VERSIONED_COLUMNS } from '../../src/shop/prestashop-database/shop-columns.js';
import { SHOP_TABLES } from '../../src/shop/prestashop-database/shop-tables.js';

const ROWS_PER_INSERT = 50;

/** Copies the tables that the adapter reads into an SQLite database in memory, decimals and dates as text. */
export async function copyShopToSqlite(from: Knex, prefix = 'ps_'): Promise<Knex> {
  const copy = knex({
    client: 'better-sqlite3',
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  for (const [name, needed] of Object.entries(SHOP_TABLES)) {
    const table = prefix + name;
    const columns = new Set<string>([...needed, ...(await versionedColumnsOf(from, name, table))]);
    await copy.raw(`CREATE TABLE \`${table}\` (${[...columns].map((column) => `\`${column}\``).join(', ')})`);
    const rows: readonly object[] = await from(table).select([...columns]);
    for (let i = 0; i < rows.length; i += ROWS_PER_INSERT) await copy(table).insert(rows.slice(i, i + ROWS_PER_INSERT));
  }
  return copy;
}

async function versionedColumnsOf(from: Knex, name: string, table: string): Promise<readonly string[]> {
  const wanted = Object.keys(VERSIONED_COLUMNS).map((column) => column.split('.'));
  const present = await from(table).columnInfo();
  return wanted.flatMap(([owner, column = '']) => (owner === name && column in present ? [column] : []));
}
