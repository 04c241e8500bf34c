import { type ExactPrice, parsePrice } from '../../core/money.js';
import type { Cell } from '../../db/read-rows.js';

/** Up to this size a decimal of six places times a million is a whole number that a double holds exactly. */
const FAST_LIMIT = 1_000_000_000;
const FAST_LENGTH = 16;
const MICRO = 1_000_000;
const MICRO_UNIT = 1_000_000n;

/** A text column; NULL and a missing cell are empty. */
export function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'string' ? cell : String(cell);
}

/** An integer column; NULL, a missing cell and what is no number are 0. */
export function integerOf(cell: Cell | undefined): number {
  if (typeof cell === 'number') return cell;
  return cell === null || cell === undefined ? 0 : Number.parseInt(cell, 10) || 0;
}

/** A 0/1 column. */
export function flagOf(cell: Cell | undefined): boolean {
  return integerOf(cell) !== 0;
}

/**
 * A decimal column, exactly.
 *
 * @throws InvalidDecimal when a text is no decimal number
 */
export function decimalOf(cell: Cell | undefined): ExactPrice {
  if (cell === null || cell === undefined || cell === '0.000000') return 0n;
  if (typeof cell === 'number') return parsePrice(cell.toFixed(6));
  if (cell.length <= FAST_LENGTH && cell.charCodeAt(cell.length - 7) === DOT) {
    const value = Number(cell);
    if (value < FAST_LIMIT && value > -FAST_LIMIT) return BigInt(Math.round(value * MICRO)) * MICRO_UNIT;
  }
  return parsePrice(cell);
}

const DOT = '.'.charCodeAt(0);

/** A date or time column; the zero date, which means none, and NULL are null. */
export function dateOf(cell: Cell | undefined): string | null {
  return typeof cell === 'string' && cell !== '' && !cell.startsWith('0000') ? cell : null;
}
