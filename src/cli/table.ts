import { figure } from './plain-words.js';
import { printable } from './printable.js';

/** One column of a table: its heading, and a row's text in it. */
export interface Column<Row> {
  readonly heading: string;
  readonly text: (row: Row) => string | number | null;
  /** Figures stand right. */
  readonly right?: boolean;
}

/** Lines of an aligned table with its headings; a cell without a value shows a dash. */
export function tableLines<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): readonly string[] {
  const cells = [
    columns.map((column) => column.heading.toUpperCase()),
    ...rows.map((row) => columns.map((column) => cellText(column.text(row)))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => widthOf(line[index] ?? ''))));
  return cells.map((line) =>
    line
      .map((cell, index) => padded(cell, widths[index] ?? 0, columns[index]?.right === true))
      .join('  ')
      .trimEnd(),
  );
}

/** Lines "name: value" with the values under each other; those without a value are left out. */
export function factLines(
  facts: readonly (readonly [name: string, value: string | number | null])[],
): readonly string[] {
  const given = facts.filter(([, value]) => value !== null && value !== '');
  const width = Math.max(0, ...given.map(([name]) => widthOf(name)));
  return given.map(([name, value]) => `${padded(`${name}:`, width + 1, false)} ${printable(String(value))}`);
}

function cellText(value: string | number | null): string {
  if (value === null || value === '') return '-';
  return typeof value === 'number' ? figure(value) : printable(value);
}

function widthOf(text: string): number {
  return [...text].length;
}

/** Fills a text with spaces up to a width. */
export function padded(text: string, width: number, right = false): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? space + text : text + space;
}
