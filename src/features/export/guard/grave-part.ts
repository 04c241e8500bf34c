import { type ExactPrice, parsePrice } from '../../../core/money.js';
import type { PartMemory } from '../../listings/listing.js';
import { ERASED_OFFER } from '../../listings/listing-service.js';
import { hasSale, type PartValue, parsePriceValue, unitsOfValue } from '../../offers/part-values.js';
import { settledValue } from '../plan/plan-part.js';
import type { PlannedPart } from '../plan/plan-sku.js';
import type { PlannedSku } from '../plan/planned-sku.js';
import type { GraveKind } from './hold.js';

/** A planned value that would harm much if it were a mistake. */
export interface Gravity {
  readonly kind: GraveKind;
  /** What Amazon has, as far as is known. */
  readonly before: string | null;
}

type GraveSubject = Pick<PlannedSku, 'memory' | 'prepared'>;

/** A price that differs by more than this jumps. */
const JUMP_PERCENT = 30n;

/**
 * Tells whether a planned value is grave: it takes the last stock away, makes a price jump, or takes a listing off Amazon.
 *
 * A price counts for a sold-out listing too: it would be sold at it as soon as stock is back, and nobody looks at the price again then.
 *
 * Of what Amazon has nothing is known = not grave. An item that is barred on one marketplace and sold on another is not erased.
 *
 * @param today the marketplace's day, for prices: a sale that has ended by then is none
 */
export function gravityOf(part: PlannedPart, subject: GraveSubject, today: string): Gravity | null {
  const { memory, prepared } = subject;
  switch (part.part) {
    case 'offer':
      return part.value === ERASED_OFFER && prepared === null ? { kind: 'erased', before: part.before } : null;
    case 'quantity':
      return zeroing(part, memory?.quantity ?? null);
    case 'price':
      return jump(part, subject, today);
    default:
      return null;
  }
}

function zeroing({ value }: PlannedPart, known: PartMemory | null): Gravity | null {
  if (known === null || unitsOfValue(value) > 0) return null;
  const before = settledValue(known);
  return before !== null && unitsOfValue(before) > 0 ? { kind: 'zeroed', before } : null;
}

function jump(part: PlannedPart, { memory }: GraveSubject, today: string): Gravity | null {
  const listing = memory?.marketplaces.get(part.marketplaceId);
  const known = listing?.parts.price;
  // Where Amazon has no listing, nobody was asked the price that is remembered.
  const before = known && listing.atAmazon !== false ? settledValue(known) : null;
  return before !== null && jumps(before, part.value, today) ? { kind: 'price', before } : null;
}

/** Whether the standard price or the lowest one, standard or a sale that has not ended, is another by more than 30 %. */
function jumps(before: PartValue, after: PartValue, today: string): boolean {
  if (currencyOf(before) !== currencyOf(after)) return true;
  const from = amountsOf(before, today);
  const to = amountsOf(after, today);
  return isFar(from.standard, to.standard) || isFar(from.lowest, to.lowest);
}

function isFar(from: ExactPrice, to: ExactPrice): boolean {
  const distance = to > from ? to - from : from - to;
  return distance * 100n > from * JUMP_PERCENT;
}

/**
 * Tells whether a value of a line that a person released may go: it is no graver than the one that was seen.
 *
 * @param seen the value that was released
 * @param before what Amazon has now
 * @returns for prices: whether every amount lies where the seen one is, or on the way there
 */
export function isNoGraver(
  value: string,
  { kind, seen, before, today }: { kind: GraveKind; seen: string; before: string | null; today: string },
): boolean {
  if (kind !== 'price' || value === seen) return true;
  if (before === null || currencyOf(before) !== currencyOf(value) || currencyOf(seen) !== currencyOf(value))
    return false;
  const [from, to, end] = [before, value, seen].map((one) => amountsOf(one, today));
  if (!from || !to || !end) return false;
  return isBetween(from.standard, to.standard, end.standard) && isBetween(from.lowest, to.lowest, end.lowest);
}

function isBetween(from: ExactPrice, amount: ExactPrice, to: ExactPrice): boolean {
  return from <= to ? from <= amount && amount <= to : to <= amount && amount <= from;
}

function currencyOf(value: PartValue): string {
  return parsePriceValue(value).currency;
}

function amountsOf(value: PartValue, today: string): { readonly standard: ExactPrice; readonly lowest: ExactPrice } {
  const { standard: text, sale } = parsePriceValue(value);
  const standard = parsePrice(text);
  if (sale === null || !hasSale(value, today)) return { standard, lowest: standard };
  const reduced = parsePrice(sale.price);
  return { standard, lowest: reduced < standard ? reduced : standard };
}
