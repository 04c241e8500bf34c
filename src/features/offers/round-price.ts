import { type ExactPrice, formatMinor, type RoundingMode, roundToMinor } from '../../core/money.js';

/** Exact amounts below 2^53 (9,007 units of a currency) are exact as plain numbers too. */
const EXACT_NUMBER_LIMIT = 2n ** 53n;
/** By decimals from -3 (thousands) to 6; a table, since a power takes longer than the rounding. */
const LEAST_DECIMALS = -3;
const units = Array.from({ length: 10 }, (_, index) => 10 ** (12 - LEAST_DECIMALS - index));
const cents = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

/**
 * Rounds an exact amount: `roundToMinor` without its big divisions, which are most of the time of a million prices.
 *
 * A property test holds both to the same answer at every size, tie and mode.
 *
 * @param decimals to keep; -2 rounds to hundreds
 * @returns units of 10^-decimals
 */
export function roundPrice(price: ExactPrice, decimals: number, mode: RoundingMode): bigint {
  const unit = units[decimals - LEAST_DECIMALS];
  if (unit === undefined || price < 0n || price >= EXACT_NUMBER_LIMIT) return roundToMinor(price, decimals, mode);
  return BigInt(roundNumber(Number(price), unit, mode));
}

/** Rounds an exact amount and writes it: `formatMinor(roundToMinor(…))`, nearly always without big integers. */
export function priceText(price: ExactPrice, decimals: number, mode: RoundingMode): string {
  const unit = units[decimals - LEAST_DECIMALS];
  if (unit === undefined || price < 0n || price >= EXACT_NUMBER_LIMIT || (decimals !== 2 && decimals !== 0))
    return formatMinor(roundToMinor(price, decimals, mode), decimals);
  const minor = roundNumber(Number(price), unit, mode);
  if (decimals === 0) return String(minor);
  const fraction = minor % 100;
  return `${(minor - fraction) / 100}.${cents[fraction]}`;
}

function roundNumber(size: number, unit: number, mode: RoundingMode): number {
  const rest = size % unit;
  const whole = (size - rest) / unit;
  if (rest === 0 || mode === 'down') return whole;
  if (mode === 'up') return whole + 1;
  const twice = rest * 2;
  if (twice !== unit) return twice > unit ? whole + 1 : whole;
  if (mode === 'half-up') return whole + 1;
  if (mode === 'half-down') return whole;
  return (whole % 2 === 1) === (mode === 'half-even') ? whole + 1 : whole;
}
