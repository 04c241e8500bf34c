/** A code as 14 digits with its check digit verified; UPC, EAN and GTIN of one article become equal. */
export type Gtin14 = string;

const LENGTHS: Readonly<Record<string, readonly number[]>> = {
  EAN: [8, 13],
  UPC: [12],
  GTIN: [14],
  ISBN: [13],
};

/**
 * Reads a StandardProductID that is not an ASIN.
 *
 * @param type EAN, UPC, GTIN or ISBN (13 digits)
 * @returns 14 digits, or null when type, length, characters or check digit are wrong
 * @source GS1 General Specifications 7.9: weights 3 and 1 from the right
 */
export function readProductCode(type: string, value: string): Gtin14 | null {
  const lengths = LENGTHS[type];
  if (!lengths?.includes(value.length) || !/^\d+$/.test(value)) return null;
  return hasCheckDigit(value) ? value.padStart(14, '0') : null;
}

/** The code of a shop's item, whatever its length: 14 digits, or an empty text when it is none. */
export function gtin14OrEmpty(code: string | null): Gtin14 | '' {
  if (code === null || !/^(\d{8}|\d{12,14})$/.test(code)) return '';
  return hasCheckDigit(code) ? code.padStart(14, '0') : '';
}

function hasCheckDigit(digits: string): boolean {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
