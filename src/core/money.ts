import { defineError } from './errors.js';

/** Decimals that exact prices carry inside: 1 = 10^-12 of a currency unit. */
export const PRICE_SCALE = 12;

const ONE = 10n ** BigInt(PRICE_SCALE);

/** An exact amount: a bigint counting 10^-12 of the currency unit. */
export type ExactPrice = bigint;

export type RoundingMode = 'up' | 'down' | 'half-up' | 'half-down' | 'half-even' | 'half-odd';

export const InvalidDecimal = defineError<{ text: string }>(
  'INVALID_DECIMAL',
  422,
  ({ text }) => `Expected a decimal number such as "12.50", got ${JSON.stringify(text)}.`,
);

/**
 * Reads a decimal text exactly.
 *
 * @param text digits with an optional sign and a decimal point, as databases and forms give it
 * @returns the amount in 10^-12 units; digits beyond the twelfth decimal are rounded half up
 * @throws InvalidDecimal when the text is not a plain decimal number
 */
export function parsePrice(text: string): ExactPrice {
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?\s*$/.exec(text);
  if (!match || (match[2] === '' && (match[3] ?? '') === '')) throw new InvalidDecimal({ text });
  const fraction = (match[3] ?? '').padEnd(PRICE_SCALE + 1, '0');
  const kept = BigInt((match[2] || '0') + fraction.slice(0, PRICE_SCALE));
  const rounded = Number(fraction[PRICE_SCALE]) >= 5 ? kept + 1n : kept;
  return match[1] === '-' ? -rounded : rounded;
}

/**
 * Rounds an exact amount once, at the end of a computation.
 *
 * @param price in 10^-12 units
 * @param decimals of the currency (EUR 2, JPY 0), 0–6
 * @returns the amount in minor units of that many decimals
 * @source PrestaShop PS_PRICE_ROUND_MODE 0–5 (measured facts, section 4.2.9); `up` and `down` go away from and toward zero
 */
export function roundToMinor(price: ExactPrice, decimals: number, mode: RoundingMode): bigint {
  const unit = 10n ** BigInt(PRICE_SCALE - decimals);
  const sign = price < 0n ? -1n : 1n;
  const size = price < 0n ? -price : price;
  const whole = size / unit;
  const twice = (size % unit) * 2n;
  return sign * (roundsUp(mode, twice, unit, whole) ? whole + 1n : whole);
}

function roundsUp(mode: RoundingMode, twice: bigint, unit: bigint, whole: bigint): boolean {
  if (twice === 0n) return false;
  if (mode === 'up') return true;
  if (mode === 'down') return false;
  if (twice !== unit) return twice > unit;
  if (mode === 'half-up') return true;
  if (mode === 'half-down') return false;
  const odd = whole % 2n === 1n;
  return mode === 'half-even' ? odd : !odd;
}

/**
 * Writes minor units as a decimal text.
 *
 * @param minor the amount in units of 10^-decimals
 * @returns for example `formatMinor(1250n, 2)` = "12.50", `formatMinor(3981n, 0)` = "3981"
 */
export function formatMinor(minor: bigint, decimals: number): string {
  const sign = minor < 0n ? '-' : '';
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Minor units of that many decimals as an exact amount. */
export function priceFromMinor(minor: bigint, decimals: number): ExactPrice {
  return minor * 10n ** BigInt(PRICE_SCALE - decimals);
}

/** The product of two exact amounts, one of them a plain factor, rounded half up to the twelfth decimal. */
export function multiplyPrice(price: ExactPrice, factor: ExactPrice): ExactPrice {
  const product = price * factor;
  const half = ONE / 2n;
  return product < 0n ? -((-product + half) / ONE) : (product + half) / ONE;
}
