import { CsvError, parse } from 'csv-parse/sync';
import type { ItemCodes, ItemKey } from '../../shop/shop-writer.js';
import { readProductCode } from '../offers/product-code.js';
import { ReferencesFaulty } from './shop-write-errors.js';

/** One line of the file: an item and the codes that it is to have; one that is not named is left as it is. */
export interface ReferenceLine extends ItemKey {
  /** In the file, from 1. */
  readonly line: number;
  readonly codes: Partial<ItemCodes>;
}

const COLUMNS: Readonly<Record<string, 'productId' | 'combinationId' | keyof ItemCodes>> = {
  id_product: 'productId',
  id_product_attribute: 'combinationId',
  reference: 'reference',
  ean: 'ean13',
  ean13: 'ean13',
  upc: 'upc',
};

/** Amazon's own limit for a SKU, which a reference becomes. */
const LONGEST_REFERENCE = 40;

/**
 * Reads a file of references: CSV with a heading id_product, id_product_attribute, reference, EAN, UPC in any order, separated by
 * comma, semicolon or tab. An empty cell leaves what the shop has. The apostrophe before = + - @ that keeps spreadsheets from
 * computing a cell is taken off.
 *
 * @throws ReferencesFaulty naming every line that cannot be written: ids, lengths, check digits, one item or code twice
 */
export function readReferencesFile(text: string): readonly ReferenceLine[] {
  const faults: string[] = [];
  const lines = readRows(text).map(({ cells, line }) => lineOf(cells, line, faults));
  for (const lineFaults of [
    twice(lines, itemOf),
    twice(lines, ({ codes }) => codes.reference),
    twice(lines, ({ codes }) => codes.ean13),
    twice(lines, ({ codes }) => codes.upc),
  ])
    faults.push(...lineFaults);
  if (faults.length > 0) throw new ReferencesFaulty({ faults });
  return lines;
}

interface FileRow {
  readonly cells: ReadonlyMap<string, string>;
  readonly line: number;
}

function readRows(text: string): readonly FileRow[] {
  const records = parseCsv(text);
  const [header, ...rows] = records;
  const names = (header?.record ?? []).map((cell) => COLUMNS[cell.trim().toLowerCase()]);
  if (!names.includes('productId') || names.includes(undefined) || new Set(names).size !== names.length)
    throw new ReferencesFaulty({
      faults: [
        'Line 1: expected the columns id_product, id_product_attribute, reference, EAN, UPC (at least id_product), each once.',
      ],
    });
  return rows.map(({ record, info }) => ({
    cells: new Map(names.map((name, index) => [name ?? '', withoutGuard(record[index] ?? '')])),
    line: info.lines,
  }));
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function parseCsv(text: string): readonly CsvRecord[] {
  try {
    return parse(text, {
      bom: true,
      delimiter: [',', ';', '\t'],
      info: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as readonly CsvRecord[];
  } catch (error) {
    if (error instanceof CsvError) throw new ReferencesFaulty({ faults: [`${error.message}.`] }, { cause: error });
    throw error;
  }
}

/** Takes off what was put before a cell so that no spreadsheet computes it. */
function withoutGuard(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

function lineOf(cells: FileRow['cells'], line: number, faults: string[]): ReferenceLine {
  const cell = (name: string) => cells.get(name) ?? '';
  const fault = (words: string) => faults.push(`Line ${line}: expected ${words}.`);
  const id = (name: string, expected: RegExp, words: string) => {
    const text = cell(name).trim();
    if (!expected.test(text)) fault(`${words}, got ${JSON.stringify(text)}`);
    return Number(text) || 0;
  };
  const codes = codesOf(cell, fault);
  return {
    line,
    productId: id('productId', /^[1-9]\d{0,9}$/, 'the number of a product as id_product'),
    combinationId: id(
      'combinationId',
      /^\d{0,10}$/,
      'the number of a combination, 0 or nothing as id_product_attribute',
    ),
    codes,
  };
}

function codesOf(cell: (name: string) => string, fault: (words: string) => void): Partial<ItemCodes> {
  const reference = cell('reference');
  const [ean13, upc] = [cell('ean13').trim(), cell('upc').trim()];
  if (reference.trim() !== reference || reference.length > LONGEST_REFERENCE)
    fault(
      `a reference of at most ${LONGEST_REFERENCE} characters without spaces around it, got ${JSON.stringify(reference)}`,
    );
  if (ean13 !== '' && !isCode(ean13, [8, 13]))
    fault(`an EAN of 8 or 13 digits with a right check digit, got ${JSON.stringify(ean13)}`);
  if (upc !== '' && !isCode(upc, [12]))
    fault(`a UPC of 12 digits with a right check digit, got ${JSON.stringify(upc)}`);
  return {
    ...(reference === '' ? {} : { reference }),
    ...(ean13 === '' ? {} : { ean13 }),
    ...(upc === '' ? {} : { upc }),
  };
}

function isCode(text: string, lengths: readonly number[]): boolean {
  return lengths.includes(text.length) && readProductCode(text).status === 'valid';
}

function itemOf({ productId, combinationId }: ReferenceLine): string {
  return `${productId}-${combinationId}`;
}

/** Lines of which a later one says the same as an earlier one. */
function twice(lines: readonly ReferenceLine[], keyOf: (line: ReferenceLine) => string | undefined): readonly string[] {
  const first = new Map<string, number>();
  return lines.flatMap((line) => {
    const key = keyOf(line);
    if (key === undefined) return [];
    const before = first.get(key);
    first.set(key, before ?? line.line);
    return before === undefined ? [] : [`Line ${line.line}: ${JSON.stringify(key)} stands on line ${before} already.`];
  });
}
