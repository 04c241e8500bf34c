import { type ExactPrice, formatMinor, PRICE_SCALE, parsePrice } from '../../core/money.js';

/** Nine digits before the point keep every product of two amounts far inside what a price can be. */
const AMOUNT = /^\d{1,9}(?:\.\d{1,12})?$/;

/**
 * Reads an amount as people write it in settings.
 *
 * @param text "12", "12.50": no sign, a point, up to nine digits before it
 * @returns null when it is anything else
 */
export function readAmount(text: string): ExactPrice | null {
  return AMOUNT.test(text) ? parsePrice(text) : null;
}

/** The shortest text of an exact amount: "12.5", "10", "-0.001". */
export function printAmount(amount: ExactPrice): string {
  return formatMinor(amount, PRICE_SCALE).replace(/\.?0+$/, '');
}
