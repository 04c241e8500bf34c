import { realpath } from 'node:fs/promises';
import type { AnsweredPrice, PriceAnswer, PriceSource } from '../../shop/asked-prices/asked-price.js';
import type { SpecificPrice } from '../../shop/price-engine/specific-price.js';
import { type ComputedCells, computedCells, differencesBetween, type PriceDifference } from './computed-cells.js';
import { PriceTableUnreadable } from './price-table-errors.js';
import type { PriceTableRow } from './price-table-row.js';
import { PriceTableWriter } from './price-table-writer.js';
import { openPriceTable } from './read-price-table.js';

/** One line of the table that the engine does not confirm. */
export interface PriceMismatch {
  readonly row: PriceTableRow;
  /** What the shop lacks of what the line asks for, as a sentence; null when it was priced. */
  readonly lacks: string | null;
  /** Empty when it was not priced. */
  readonly differences: readonly PriceDifference[];
  /** The specific price that the engine applied; null for none. */
  readonly winner: SpecificPrice | null;
}

/** How a verification ended. */
export interface PriceVerification {
  readonly checked: number;
  readonly mismatches: number;
  /** The first ten. */
  readonly first: readonly PriceMismatch[];
  /** Columns of the table that nothing was compared with. */
  readonly unknownColumns: readonly string[];
}

export interface VerifyPricesOptions {
  /** The table with PrestaShop's prices; see `openPriceTable`. */
  readonly csv: string;
  /** Where the computed prices are written; null = nowhere. */
  readonly out: string | null;
  /** The most lines that are checked; null = all. */
  readonly limit: number | null;
  /** The shops that are meant. */
  readonly shopIds: readonly number[];
  readonly signal: AbortSignal;
}

const LINES_AT_ONCE = 2_000;
const MOST_SHOWN = 10;

/**
 * Computes every line of a table of prices by the export's own engine and compares, in constant memory.
 *
 * @throws PriceTableUnreadable, PriceTableWrong, the errors of the shop, and the signal's reason when it is aborted
 */
export async function verifyPrices(source: PriceSource, options: VerifyPricesOptions): Promise<PriceVerification> {
  const { csv, out, shopIds, signal } = options;
  if (out !== null && (await isSameFile(csv, out)))
    throw new PriceTableUnreadable({ path: csv, reason: 'the file into which the computed prices shall be written' });
  const table = await openPriceTable(csv, shopIds);
  const writer = out === null ? null : await PriceTableWriter.create(out, table.columns);
  const tally = new Tally();
  try {
    for await (const rows of batchesOf(table.rows, options.limit ?? Number.POSITIVE_INFINITY)) {
      signal.throwIfAborted();
      const lines = tally.add(rows, await source.answer(rows.map((row) => row.asked)));
      await writer?.write(lines);
    }
  } finally {
    await writer?.close();
  }
  return { ...tally.result, unknownColumns: table.unknownColumns };
}

interface PricedLine {
  readonly row: PriceTableRow;
  readonly answer: AnsweredPrice;
  readonly computed: ComputedCells;
}

/** Counts what was checked and keeps the first mismatches. */
class Tally {
  #checked = 0;
  #mismatches = 0;
  readonly #first: PriceMismatch[] = [];

  get result() {
    return { checked: this.#checked, mismatches: this.#mismatches, first: this.#first };
  }

  /** @returns the lines that have a price */
  add(rows: readonly PriceTableRow[], answers: readonly PriceAnswer[]): readonly PricedLine[] {
    return rows.flatMap((row, index) => {
      const answer = answers[index] ?? { lacks: 'The shop gave no answer.' };
      this.#checked += 1;
      if ('lacks' in answer) {
        this.#miss({ row, lacks: answer.lacks, differences: [], winner: null });
        return [];
      }
      const computed = computedCells(answer);
      const differences = differencesBetween(row.expected, computed);
      if (differences.length > 0) this.#miss({ row, lacks: null, differences, winner: answer.quote.winner });
      return [{ row, answer, computed }];
    });
  }

  #miss(mismatch: PriceMismatch): void {
    this.#mismatches += 1;
    if (this.#first.length < MOST_SHOWN) this.#first.push(mismatch);
  }
}

async function* batchesOf(
  rows: AsyncIterable<PriceTableRow>,
  limit: number,
): AsyncGenerator<readonly PriceTableRow[], void> {
  let batch: PriceTableRow[] = [];
  let taken = 0;
  for await (const row of rows) {
    batch.push(row);
    taken += 1;
    if (taken === limit) break;
    if (batch.length < LINES_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function isSameFile(csv: string, out: string): Promise<boolean> {
  const [from, to] = await Promise.allSettled([realpath(csv), realpath(out)]);
  return from.status === 'fulfilled' && to.status === 'fulfilled' && from.value === to.value;
}
