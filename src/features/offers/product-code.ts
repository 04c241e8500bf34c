import type { OfferIdentity } from './offer.js';

/** Which code identifies an item, or what is wrong with the one it has. */
export type ProductCode =
  | { readonly status: 'valid'; readonly identity: OfferIdentity }
  | { readonly status: 'none' }
  | { readonly status: 'faulty'; readonly fault: ProductCodeFault; readonly code: string };

export type ProductCodeFault = 'code-length' | 'code-check-digit' | 'code-private';

const ZEROS_ONLY = /^0*$/;
const DIGITS_ONLY = /^\d+$/;
const NONE: ProductCode = { status: 'none' };

const typesByLength: Readonly<Record<number, OfferIdentity['type']>> = { 8: 'EAN', 12: 'UPC', 13: 'EAN', 14: 'GTIN' };

// Numbers that GS1 gives to nobody, as 13 digits: 020–029, 040–049 and 200–299; and of the short ones 0 and 2.
const RESTRICTED_13 = /^(2|02|04)/;
const RESTRICTED_8 = /^[02]/;

/**
 * Which EAN, UPC or GTIN identifies an item; the kind is told by its length, since shops type a UPC into the EAN field too.
 *
 * @param codes as the shop keeps them: an empty text or zeros only mean none
 * @returns the first valid one; when none is, the fault of the first
 * @source GS1 General Specifications, GS1 Prefixes and check digit; PrestaShop's Validate for what the fields may hold
 */
export function productCodeOf(codes: { readonly ean13: string; readonly upc: string }): ProductCode {
  const ean = readProductCode(codes.ean13);
  if (ean.status === 'valid') return ean;
  const upc = readProductCode(codes.upc);
  return upc.status === 'valid' || ean.status === 'none' ? upc : ean;
}

/** Reads one code by itself; spaces around it are ignored. */
export function readProductCode(text: string): ProductCode {
  const code = text.trim();
  if (ZEROS_ONLY.test(code)) return NONE;
  const type = typesByLength[code.length];
  if (type === undefined || !DIGITS_ONLY.test(code)) return { status: 'faulty', fault: 'code-length', code };
  if (checkDigitOf(code.slice(0, -1)) !== Number(code.at(-1)))
    return { status: 'faulty', fault: 'code-check-digit', code };
  if (isPrivate(code)) return { status: 'faulty', fault: 'code-private', code };
  return { status: 'valid', identity: { type, value: code } };
}

/**
 * The check digit that belongs behind the digits of a GTIN of any length.
 *
 * @param digits without the check digit
 */
export function checkDigitOf(digits: string): number {
  let sum = 0;
  for (let place = 1; place <= digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - place) - 48;
    sum += place % 2 === 1 ? 3 * digit : digit;
  }
  return (10 - (sum % 10)) % 10;
}

function isPrivate(code: string): boolean {
  if (code.length === 8) return RESTRICTED_8.test(code);
  const thirteen = code.length === 12 ? `0${code}` : code.slice(-13);
  return RESTRICTED_13.test(thirteen);
}
