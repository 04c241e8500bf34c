import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, type Info, parse } from 'csv-parse';
import { messageOf } from '../../core/errors.js';
import { PriceTableUnreadable, PriceTableWrong } from './price-table-errors.js';
import {
  ASKED_COLUMNS,
  COMPUTED_COLUMNS,
  FURTHER_COLUMNS,
  type PriceTableCells,
  type PriceTableColumn,
  type PriceTableRow,
  readPriceTableRow,
} from './price-table-row.js';

const KNOWN_COLUMNS: ReadonlySet<string> = new Set([...ASKED_COLUMNS, ...FURTHER_COLUMNS, ...COMPUTED_COLUMNS]);
/** A quote that is never closed must not take the whole file into memory. */
const LONGEST_LINE = 100_000;

/** What a table is about. */
export interface PriceTable {
  /** Columns of the header that are ours, in the table's order; empty for an empty file. */
  readonly columns: readonly PriceTableColumn[];
  /** Columns that are passed over. */
  readonly unknownColumns: readonly string[];
  /** The lines, once. */
  readonly rows: AsyncIterable<PriceTableRow>;
}

/**
 * Opens a table of prices that PrestaShop computed and reads its header; the lines follow one by one, in constant memory.
 *
 * @param path of a CSV file with commas and a header, plain or gzipped whatever its name; quotes, CRLF and a byte order mark are fine
 * @param shopIds the shops that are meant: where the table does not say of which shop it is, there must be one
 * @throws PriceTableUnreadable, PriceTableWrong; also while rows are read
 */
export async function openPriceTable(path: string, shopIds: readonly number[]): Promise<PriceTable> {
  const lines = linesOf(path);
  const header = await lines.next();
  if (header.done === true) return { columns: [], unknownColumns: [], rows: noRows() };
  const names = header.value.cells.map((name) => name.trim().toLowerCase());
  try {
    const shopId = shopOf(names, shopIds);
    assertUsable(names);
    const columns = names.filter(isKnown);
    const unknownColumns = names.filter((name) => !isKnown(name));
    return { columns, unknownColumns, rows: rowsOf(lines, { names, shopId }) };
  } catch (error) {
    await lines.return();
    throw error;
  }
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

async function* noRows(): AsyncGenerator<PriceTableRow, void> {}

async function* rowsOf(
  lines: AsyncGenerator<Line, void>,
  { names, shopId }: { readonly names: readonly string[]; readonly shopId: number },
): AsyncGenerator<PriceTableRow, void> {
  for await (const { line, cells } of lines) {
    const texts: PriceTableCells = Object.fromEntries(
      names.flatMap((name, index) => (isKnown(name) ? [[name, cells[index] ?? '']] : [])),
    );
    yield readPriceTableRow(line, texts, shopId);
  }
}

function isKnown(name: string): name is PriceTableColumn {
  return KNOWN_COLUMNS.has(name);
}

/** The shop of lines that do not say it: the only one there is, else none of them may be silent. */
function shopOf(names: readonly string[], shopIds: readonly number[]): number {
  const [only] = shopIds;
  if (only !== undefined && (shopIds.length === 1 || names.includes('id_shop'))) return only;
  throw new PriceTableWrong({
    line: 1,
    expected: `a column id_shop, since several shops are meant (${shopIds.join(', ')})`,
    received: 'none',
  });
}

function assertUsable(names: readonly string[]): void {
  const twice = names.find((name, index) => isKnown(name) && names.indexOf(name) !== index);
  const received = JSON.stringify(names.join(',').slice(0, 200));
  if (twice !== undefined) throw new PriceTableWrong({ line: 1, expected: `the column ${twice} once`, received });
  if (!names.includes('id_product'))
    throw new PriceTableWrong({ line: 1, expected: 'a header with a column id_product', received });
  if (!COMPUTED_COLUMNS.some((column) => names.includes(column)))
    throw new PriceTableWrong({ line: 1, expected: `one of the columns ${COMPUTED_COLUMNS.join(', ')}`, received });
}

/** The lines of the file, the header among them; the file is closed when the caller stops. */
async function* linesOf(path: string): AsyncGenerator<Line, void> {
  const file = createReadStream(path);
  const parser = parse({ bom: true, info: true, trim: true, skip_empty_lines: true, max_record_size: LONGEST_LINE });
  try {
    const steps = (await isGzipped(file)) ? [file, createGunzip(), parser] : [file, parser];
    // What goes wrong on the way comes out of the parser, from which all is read.
    pipeline(steps, () => undefined);
    for await (const { info, record } of parser as AsyncIterable<{ info: Info; record: string[] }>)
      yield { line: info.lines, cells: record };
  } catch (error) {
    throw translate(error, path);
  } finally {
    file.destroy();
    parser.destroy();
  }
}

/** Looks at the first bytes and puts them back. */
async function isGzipped(file: Readable): Promise<boolean> {
  await once(file, 'readable');
  const start: Buffer | null = file.read();
  if (start === null) return false;
  file.unshift(start);
  return start[0] === 0x1f && start[1] === 0x8b;
}

function translate(error: unknown, path: string): unknown {
  if (error instanceof CsvError) {
    const line = typeof error.lines === 'number' ? error.lines : 0;
    return new PriceTableWrong(
      { line, expected: 'a CSV line like the header', received: error.message },
      { cause: error },
    );
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return new PriceTableUnreadable({ path, reason: REASONS[code] ?? messageOf(error) }, { cause: error });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'no right to read it',
  Z_DATA_ERROR: 'its gzip data is damaged',
  Z_BUF_ERROR: 'its gzip data ends too early',
};
