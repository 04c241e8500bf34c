import type { Cell, TableRow } from './shop-tables.js';

/** A plain field, or a translated one by language id. */
export type FieldValue = string | ReadonlyMap<number, string>;

/** What belongs to an entry, such as the categories of a product. */
export interface Association {
  readonly element: string;
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/** One product, stock row, … as the Webservice shows it. */
export interface Entry {
  readonly id: number;
  readonly fields: ReadonlyMap<string, FieldValue>;
  readonly associations: ReadonlyMap<string, Association>;
}

export function text(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? '' : String(cell);
}

/** An entry of columns of rows that have the same names as its fields. */
export function entryOf(
  id: Cell | undefined,
  rows: readonly (readonly [TableRow | undefined, readonly string[]])[],
  more: {
    readonly fields?: Readonly<Record<string, FieldValue>>;
    readonly associations?: Readonly<Record<string, Association>>;
  } = {},
): Entry {
  const plain = rows.flatMap(([row, columns]) =>
    columns.map((column): [string, FieldValue] => [column, text(row?.[column])]),
  );
  return {
    id: Number(id),
    fields: new Map<string, FieldValue>([['id', text(id)], ...plain, ...Object.entries(more.fields ?? {})]),
    associations: new Map(Object.entries(more.associations ?? {})),
  };
}

/** Translations of one column in rows of a language table. */
export function translations(rows: readonly TableRow[], column: string): ReadonlyMap<number, string> {
  const sorted = [...rows].sort((a, b) => Number(a.id_lang) - Number(b.id_lang));
  return new Map(sorted.map((row) => [Number(row.id_lang), text(row[column])]));
}

/** An association that holds ids alone. */
export function ids(element: string, values: readonly (Cell | undefined)[]): Association {
  return { element, rows: values.map((id) => ({ id: text(id) })) };
}
