/**
 * The check digit of a GTIN: the last digit of an EAN-13 or of a UPC-A.
 *
 * @param digits all digits before it (12 for EAN-13, 11 for UPC-A)
 * @source GS1 General Specifications, section 7.9: weights 3 and 1 from the right
 */
export function gtinCheckDigit(digits: string): string {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

/** GS1 keeps prefix 952 for demonstrations: no product of anybody carries it, and it is no private range. */
const EAN_START = '9520417';
const UPC_START = '619990';
/** Private use inside one shop: never allowed at Amazon. */
const PRIVATE_START = '2990417';

/** A five-digit number that no other item of the demo shop has. */
function serial(productNumber: number, combinationNumber: number): string {
  return String(productNumber * 100 + combinationNumber).padStart(5, '0');
}

function withCheckDigit(digits: string): string {
  return digits + gtinCheckDigit(digits);
}

/** A valid EAN-13; `combinationNumber` counts from 1, 0 for the product itself. At most 999 products of 99 combinations. */
export function demoEan13(productNumber: number, combinationNumber: number): string {
  return withCheckDigit(EAN_START + serial(productNumber, combinationNumber));
}

/** A valid UPC-A (12 digits). */
export function demoUpc(productNumber: number, combinationNumber: number): string {
  return withCheckDigit(UPC_START + serial(productNumber, combinationNumber));
}

/** An EAN-13 from the private range 20–29, with the right check digit. */
export function privateEan13(productNumber: number): string {
  return withCheckDigit(PRIVATE_START + serial(productNumber, 0));
}

/** The same code with a last digit that is wrong by one. */
export function withWrongCheckDigit(code: string): string {
  return code.slice(0, -1) + String((Number(code.slice(-1)) + 1) % 10);
}
