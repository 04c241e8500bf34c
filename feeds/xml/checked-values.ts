import { InvalidFeedInput } from './invalid-feed-input.js';
import { HANDLING_DAYS, SKU_MAX_LENGTH } from './limits.js';
import { codePointLength, oneLine } from './plain-text.js';
import { removeForbiddenCharacters } from './xml-characters.js';

const PLAIN_ASCII = /^[\x20-\x7E]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this expression is about
const CONTROLS_OR_LINE_ENDS = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/;
const AMOUNT = /^\d{1,16}(?:\.\d{1,4})?$/;
const DATE = /^[1-9]\d{3}-\d{2}-\d{2}$/;
const DATE_TIME =
  /^[1-9]\d{3}-\d{2}-\d{2}T(?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)$/;

/**
 * Lets a SKU through exactly as it is.
 *
 * @param field the element it is for, for example "SKU" or "ParentSKU"
 * @throws InvalidFeedInput when it is empty, longer than 40 characters, has outer spaces, or characters that XML would change
 */
export function checkedSku(field: string, sku: string): string {
  if (isExactKey(sku)) return sku;
  const expected = `1 to ${SKU_MAX_LENGTH} characters without outer spaces or control characters`;
  throw new InvalidFeedInput({ sku: null, field, expected, received: sku });
}

function isExactKey(sku: string): boolean {
  if (PLAIN_ASCII.test(sku)) return sku.length <= SKU_MAX_LENGTH && !sku.startsWith(' ') && !sku.endsWith(' ');
  if (sku === '' || codePointLength(sku) > SKU_MAX_LENGTH || CONTROLS_OR_LINE_ENDS.test(sku)) return false;
  return sku.trim() === sku && removeForbiddenCharacters(sku) === sku;
}

/**
 * Lets an amount of money through.
 *
 * @param amount decimal text, not negative: "29.90"; a comma, a currency or a fifth decimal is refused, never repaired
 * @throws InvalidFeedInput
 */
export function checkedAmount(sku: string, field: string, amount: string): string {
  if (AMOUNT.test(amount)) return amount;
  throw new InvalidFeedInput({
    sku,
    field,
    expected: 'a decimal such as "29.90" with at most 4 decimals',
    received: amount,
  });
}

/**
 * Writes a count as text.
 *
 * @param count a whole number of at least `min`
 * @throws InvalidFeedInput
 */
export function checkedCount(where: { sku: string; field: string; min: 0 | 1 }, count: number): string {
  if (Number.isSafeInteger(count) && count >= where.min) return String(count);
  throw new InvalidFeedInput({ ...where, expected: `a whole number of at least ${where.min}`, received: count });
}

/**
 * Writes a handling time as text.
 *
 * @param days business days, 1 to 30
 * @throws InvalidFeedInput
 */
export function checkedHandlingDays(sku: string, days: number): string {
  const { min, max } = HANDLING_DAYS;
  if (Number.isInteger(days) && days >= min && days <= max) return String(days);
  throw new InvalidFeedInput({
    sku,
    field: 'FulfillmentLatency',
    expected: `${min} to ${max} business days`,
    received: days,
  });
}

/**
 * Lets a calendar day through.
 *
 * @param date "2026-12-24", a day that exists
 * @throws InvalidFeedInput
 */
export function checkedDate(sku: string, field: string, date: string): string {
  if (DATE.test(date) && dayExists(date)) return date;
  throw new InvalidFeedInput({ sku, field, expected: 'a day such as "2026-12-24"', received: date });
}

/**
 * Lets an instant through that says its own zone, because Amazon would otherwise choose one.
 *
 * @param dateTime "2026-11-21T00:00:00+01:00" or with "Z"
 * @throws InvalidFeedInput
 */
export function checkedDateTime(sku: string, field: string, dateTime: string): string {
  if (DATE_TIME.test(dateTime) && dayExists(dateTime.slice(0, 10))) return dateTime;
  throw new InvalidFeedInput({
    sku,
    field,
    expected: 'an instant such as "2026-11-21T00:00:00+01:00"',
    received: dateTime,
  });
}

/** JavaScript turns 30 February into 2 March; comparing with what it made of the day finds that. */
function dayExists(date: string): boolean {
  const midnightMs = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(midnightMs) && new Date(midnightMs).toISOString().slice(0, 10) === date;
}

/**
 * Lets a name or code through that Amazon compares as it is, and that therefore must not be cut.
 *
 * @param maxLength characters
 * @throws InvalidFeedInput when it is empty, too long, or not one clean line
 */
export function checkedName(where: { sku: string; field: string; maxLength: number }, name: string): string {
  const clean = oneLine(name);
  if (clean !== '' && codePointLength(clean) <= where.maxLength) return clean;
  throw new InvalidFeedInput({ ...where, expected: `1 to ${where.maxLength} characters`, received: name });
}
