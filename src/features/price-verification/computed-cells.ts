import { type ExactPrice, formatMinor, parsePrice, priceFromMinor, roundToMinor } from '../../core/money.js';
import type { AnsweredPrice } from '../../shop/asked-prices/asked-price.js';
import { COMPUTED_COLUMNS, type ComputedColumn } from './price-table-row.js';

export type ComputedCells = Readonly<Record<ComputedColumn, string>>;

/** PrestaShop's price function is asked for so many decimals where the currency's own are not wanted. */
const DECIMALS = 6;

/** PHP writes a number with so many figures: beyond 99,999,999 the sixth decimal is cut. */
const PHP_FIGURES = 14;

/**
 * Writes an answer as PrestaShop's table has it: amounts with 6 decimals, rounded by the shop's mode, without trailing zeros; `ti_final_rounded` with
 * the currency's own, rounded once from the exact amount; the specific price empty when none applies.
 */
export function computedCells({ quote, currency, roundingMode }: AnsweredPrice): ComputedCells {
  const cell = (price: ExactPrice, decimals: number) =>
    shortest(formatMinor(roundToMinor(price, decimals, roundingMode), decimals));
  return {
    te_base: cell(quote.taxExcludedBase, DECIMALS),
    ti_base: cell(quote.taxIncludedBase, DECIMALS),
    te_final: cell(quote.taxExcluded, DECIMALS),
    ti_final: cell(quote.taxIncluded, DECIMALS),
    ti_final_rounded: cell(quote.taxIncluded, currency.decimals),
    id_specific_price: quote.winner === null ? '' : String(quote.winner.id),
  };
}

/** One cell that is not what the table says. */
export interface PriceDifference {
  readonly column: ComputedColumn;
  readonly expected: string;
  readonly computed: string;
}

/** Compares what a table expects with what was computed, column by column that the table has. */
export function differencesBetween(
  expected: Readonly<Partial<Record<ComputedColumn, string>>>,
  computed: ComputedCells,
): readonly PriceDifference[] {
  return COMPUTED_COLUMNS.flatMap((column) => {
    const text = expected[column];
    if (text === undefined || isSame(column, text, computed[column])) return [];
    return [{ column, expected: text, computed: computed[column] }];
  });
}

function isSame(column: ComputedColumn, expected: string, computed: string): boolean {
  if (column === 'id_specific_price') return Number(expected) === Number(computed);
  return expected !== '' && isSameAmount(exactOf(expected), parsePrice(computed));
}

/** Equal to the last decimal; only where PHP had no room left for the sixth one, to the last figure that it writes. */
function isSameAmount(expected: ExactPrice, computed: ExactPrice): boolean {
  if (expected === computed) return true;
  const wholeFigures = (computed / priceFromMinor(1n, 0)).toString().length;
  const written = PHP_FIGURES - wholeFigures;
  if (written >= DECIMALS) return false;
  const apart = expected > computed ? expected - computed : computed - expected;
  return 2n * apart <= priceFromMinor(1n, Math.max(written, 0));
}

/** PHP writes small numbers with an exponent: 5.4E-5. */
function exactOf(text: string): ExactPrice {
  return parsePrice(/e/i.test(text) ? Number(text).toFixed(12) : text);
}

function shortest(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
