import { hash } from 'node:crypto';
import { defineError } from '../../core/errors.js';
import type { OfferIdentity, OfferMetadata, OfferPrice, PoolQuantity } from './offer.js';
import type { AmazonCondition } from './offer-settings.js';

/**
 * The values of the parts as canonical texts of at most 191 characters: equal values are equal texts and the other way round.
 *
 * price "29.90|EUR" or "29.90|EUR|24.90|2026-11-21|2026-12-01" · quantity "12", "12|2" (handling days), "12||2026-12-24" (restock) ·
 * offer "EAN:4006381333931|New" · metadata and images "sha256:…".
 */
export type PartValue = string;

export const InvalidPartValue = defineError<{ part: string; value: string }>(
  'INVALID_PART_VALUE',
  500,
  ({ part, value }) => `Expected the stored value of a ${part}, got ${JSON.stringify(value)}. Read the listings again.`,
);

const DIGITS_ONLY = /^\d+$/;

/** What a new offer is made of. */
export interface OfferStart {
  readonly identity: OfferIdentity;
  readonly condition: AmazonCondition;
}

/** The value of a price with its sale: "29.90|EUR" or "29.90|EUR|24.90|2026-11-21|2026-12-01". */
export function writePriceValue(price: OfferPrice): PartValue {
  const { standard, currency, sale } = price;
  if (sale === null) return `${standard}|${currency}`;
  return `${standard}|${currency}|${sale.price}|${sale.startDay}|${sale.endDay}`;
}

/**
 * The price that a value stands for.
 *
 * @throws InvalidPartValue
 */
export function parsePriceValue(value: PartValue): OfferPrice {
  const separator = value.indexOf('|');
  if (separator > 0 && separator < value.length - 1 && !value.includes('|', separator + 1))
    return { standard: value.slice(0, separator), currency: value.slice(separator + 1), sale: null };
  const fields = value.split('|');
  const [standard, currency, price, startDay, endDay] = fields;
  if (!standard || !currency || fields.length !== 5) throw new InvalidPartValue({ part: 'price', value });
  if (!price || !startDay || !endDay) throw new InvalidPartValue({ part: 'price', value });
  return { standard, currency, sale: { price, startDay, endDay } };
}

/**
 * A price as it counts on a day: a sale that is over is none, so that its end alone sends nothing.
 *
 * @param today the marketplace's day, "2026-12-01"; a sale that ends on it is over
 */
export function comparablePrice(value: PartValue, today: string): PartValue {
  const afterStandard = value.indexOf('|');
  const afterCurrency = value.indexOf('|', afterStandard + 1);
  if (afterCurrency === -1) return value;
  const endDay = value.slice(value.lastIndexOf('|') + 1);
  return endDay <= today ? value.slice(0, afterCurrency) : value;
}

/** Whether a price value holds a sale that is not over on a day. */
export function hasSale(value: PartValue, today: string): boolean {
  const afterCurrency = value.indexOf('|', value.indexOf('|') + 1);
  return afterCurrency !== -1 && value.slice(value.lastIndexOf('|') + 1) > today;
}

/** The value of a quantity with handling days and restock date, without empty ends: "12", "12|2", "12||2026-12-24". */
export function writeQuantityValue({ quantity, handlingTimeDays, restockDay }: PoolQuantity): PartValue {
  if (restockDay !== null) return `${quantity}|${handlingTimeDays ?? ''}|${restockDay}`;
  return handlingTimeDays === null ? String(quantity) : `${quantity}|${handlingTimeDays}`;
}

/**
 * The quantity that a value stands for.
 *
 * @throws InvalidPartValue
 */
export function parseQuantityValue(value: PartValue): PoolQuantity {
  if (DIGITS_ONLY.test(value)) return { quantity: Number(value), handlingTimeDays: null, restockDay: null };
  const match = /^(\d+)(?:\|(\d*))?(?:\|(\d{4}-\d\d-\d\d))?$/.exec(value);
  if (!match) throw new InvalidPartValue({ part: 'quantity', value });
  return {
    quantity: Number(match[1]),
    handlingTimeDays: match[2] ? Number(match[2]) : null,
    restockDay: match[3] ?? null,
  };
}

/** The bare figure of a quantity value. */
export function unitsOfValue(value: PartValue): number {
  return Number.parseInt(value, 10);
}

/**
 * Whether a quantity would show more than what is there.
 *
 * @param before null = nothing is known, which counts as 0
 */
export function isRaised(before: PartValue | null, after: PartValue): boolean {
  return unitsOfValue(after) > (before === null ? 0 : unitsOfValue(before));
}

/** The value of a new offer: "EAN:4006381333931|New". */
export function writeOfferValue({ identity, condition }: OfferStart): PartValue {
  return `${identity.type}:${identity.value}|${condition}`;
}

/**
 * The new offer that a value stands for.
 *
 * @throws InvalidPartValue
 */
export function parseOfferValue(value: PartValue): OfferStart {
  const match = /^(EAN|UPC|GTIN|ASIN):([^|]+)\|(\w+)$/.exec(value);
  if (!match) throw new InvalidPartValue({ part: 'offer', value });
  return {
    identity: { type: match[1] as OfferIdentity['type'], value: match[2] ?? '' },
    // Written by us from the same type, and compared as text only.
    condition: match[3] as AmazonCondition,
  };
}

/** A fingerprint of extended data: its texts are far too long to keep for each listing. */
export function metadataValue(metadata: OfferMetadata): PartValue {
  const keys = Object.keys(metadata).sort() as (keyof OfferMetadata)[];
  return fingerprint(keys.map((key) => [key, metadata[key]]));
}

/** A fingerprint of public picture addresses in their order. */
export function imagesValue(urls: readonly string[]): PartValue {
  return fingerprint(urls);
}

function fingerprint(content: unknown): PartValue {
  return `sha256:${hash('sha256', JSON.stringify(content), 'hex')}`;
}
