import type { ShopTable } from './shop-tables.js';

/** A column as "table.column", the table without its prefix. */
export type ColumnName = `${ShopTable}.${string}`;

interface VersionedColumn {
  /** The shop has or minds the column where it has all of these. */
  readonly toldBy: readonly ColumnName[];
  /** The SQL literal that stands for it elsewhere. */
  readonly otherwise: string;
  /** A later column, beside which this one cannot be absent: the account lacks the right to read it. */
  readonly neededWith?: ColumnName;
}

/**
 * What not every PrestaShop from 1.6.1 to 9 has, and what stands for it: readers write `columns.sql('product.mpn')` and stay one statement.
 *
 * Told by the columns that are there, never by a version's name: upgraded shops miss columns and keep others. A column that an old version has but
 * does not mind is told by one that came with the change. A rule that differs is a line here too, as the combination's ecotax is.
 *
 * @source measured facts, sections 4.2 and 7
 */
export const VERSIONED_COLUMNS = {
  // 1.7.0: 0 = left behind by the "new product" page. Before, no product was kept unfinished. Drafts would be sold where it is merely hidden.
  'product.state': { toldBy: ['product.state'], otherwise: '1', neededWith: 'product.mpn' },
  // 1.7.7 brought the manufacturer's part number.
  'product.mpn': { toldBy: ['product.mpn'], otherwise: "''" },
  'product_attribute.mpn': { toldBy: ['product_attribute.mpn'], otherwise: "''" },
  // 1.7.7 rounds to it. 1.7.6 has the column as well, but with 6 in it, and rounds by PS_PRICE_DISPLAY_PRECISION as 1.6 does.
  'currency.precision': { toldBy: ['currency.precision', 'product.mpn'], otherwise: 'NULL' },
  // 1.6 has the column, but its price takes the product's ecotax alone.
  'product_attribute_shop.ecotax': { toldBy: ['product.state'], otherwise: '0' },
} as const satisfies Readonly<Record<ColumnName & string, VersionedColumn>>;

export type VersionedColumnName = keyof typeof VERSIONED_COLUMNS;

/** Which of the versioned columns this shop has; every `ShopReading` carries it. */
export interface ShopColumns {
  /**
   * The column for a SELECT, which must name it with AS, since a literal stands for one that the shop lacks.
   *
   * @param alias of its table in the statement; none when the statement reads one table
   */
  sql(column: VersionedColumnName, alias?: string): string;
  /** Whether the shop has and minds it. */
  has(column: VersionedColumnName): boolean;
  /** Those that the shop lacks or does not mind, for people. */
  readonly absent: readonly VersionedColumnName[];
}

/** The first versioned column that must be there beside another and is not; null when all is well. */
export function hiddenColumn(isThere: (column: ColumnName) => boolean): ColumnName | null {
  for (const [name, { neededWith }] of versionedColumns)
    if (neededWith !== undefined && isThere(neededWith) && !isThere(name)) return name;
  return null;
}

const versionedColumns = Object.entries(VERSIONED_COLUMNS) as readonly (readonly [
  VersionedColumnName,
  VersionedColumn,
])[];

/** Finds out about the versioned columns, given which columns there are. */
export function shopColumnsOf(isThere: (column: ColumnName) => boolean): ShopColumns {
  const present = new Set(versionedColumns.flatMap(([name, { toldBy }]) => (toldBy.every(isThere) ? [name] : [])));
  return {
    sql: (name, alias) => {
      if (!present.has(name)) return VERSIONED_COLUMNS[name].otherwise;
      const column = `\`${name.slice(name.indexOf('.') + 1)}\``;
      return alias === undefined ? column : `${alias}.${column}`;
    },
    has: (name) => present.has(name),
    absent: versionedColumns.flatMap(([name]) => (present.has(name) ? [] : [name])),
  };
}
