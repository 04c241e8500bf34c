import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { ErrorTraits } from '../../src/core/errors.js';

/** One line of GET_MERCHANT_LISTINGS_ALL_DATA: a SKU as the seller has it on one marketplace. Empty cells are null. */
export interface MerchantListing {
  /** Exactly as Amazon gives it: never trimmed, never a number. */
  readonly sku: string;
  readonly asin: string | null;
  /** Decimal text with a point, in the marketplace's currency; null when Amazon gives none or no number. */
  readonly price: string | null;
  /** Null for offers that Amazon fulfils. */
  readonly quantity: number | null;
  /** "Active", "Inactive", "Incomplete"; null in reports without the column. */
  readonly status: string | null;
  /** "DEFAULT" when the seller ships, else "AMAZON_EU", "AMAZON_NA" … */
  readonly fulfillmentChannel: string | null;
  readonly itemName: string | null;
  readonly productId: string | null;
  /** Amazon's number of the kind of `productId`: "1" ASIN, "2" ISBN, "3" UPC, "4" EAN. */
  readonly productIdType: string | null;
  /** Amazon's number of the condition, for example "11" for new. */
  readonly condition: string | null;
  readonly shippingGroup: string | null;
  /** As Amazon writes it, for example "21/11/2026 10:14:22 GMT". */
  readonly openDate: string | null;
}

/** A listings report that lacks the column everything hangs on; often a page or another report came instead. */
export class ListingsReportUnreadable extends Error implements ErrorTraits {
  readonly code = 'LISTINGS_REPORT_UNREADABLE';
  readonly status = 502;
  readonly retryable = true;
}

/** Amazon's spellings of the columns we use, in lower case; further columns are passed over. */
const COLUMNS = {
  sku: ['seller-sku'],
  asin: ['asin1', 'asin'],
  price: ['price'],
  quantity: ['quantity'],
  status: ['status'],
  fulfillmentChannel: ['fulfillment-channel', 'fulfilment-channel'],
  itemName: ['item-name'],
  productId: ['product-id'],
  productIdType: ['product-id-type'],
  condition: ['item-condition'],
  shippingGroup: ['merchant-shipping-group'],
  openDate: ['open-date'],
} as const satisfies Record<keyof MerchantListing, readonly string[]>;

export interface MerchantListingsOptions {
  /** Told of each line without a SKU, which is passed over: nothing can be kept of it. `line` counts records, the header is 1. */
  readonly onLineWithoutSku?: (line: number) => void;
}

/**
 * Reads the full listings report of a marketplace row by row, in constant memory.
 *
 * @param text the report, already decoded by the charset of its download, whole or in pieces; a byte order mark is left out
 * @throws ListingsReportUnreadable when the column seller-sku is missing; the message names the columns that were found
 * @source Amazon report GET_MERCHANT_LISTINGS_ALL_DATA: tab-separated, never quoted; UK and EU files write "fulfilment-channel"
 *   and may use decimal commas (checked 2026-11)
 */
export async function* readMerchantListings(
  text: AsyncIterable<string> | Iterable<string>,
  options: MerchantListingsOptions = {},
): AsyncGenerator<MerchantListing> {
  const records = parse({ delimiter: '\t', quote: false, bom: true, relax_column_count: true, skip_empty_lines: true });
  // The parser is destroyed with the error of its source, so that the loop below throws it: the callback has nothing to add.
  pipeline(Readable.from(text), records, () => undefined);
  let columns: ColumnPlaces | null = null;
  let line = 0;
  for await (const record of records as AsyncIterable<string[]>) {
    line += 1;
    if (columns === null) {
      columns = findColumns(record);
      continue;
    }
    const listing = listingOf(record, columns);
    if (listing.sku === '') options.onLineWithoutSku?.(line);
    else yield listing;
  }
  if (columns === null)
    throw new ListingsReportUnreadable('Expected a listings report with a header line, got an empty file.');
}

type ColumnPlaces = Readonly<Record<keyof MerchantListing, number>>;

function findColumns(header: readonly string[]): ColumnPlaces {
  const names = header.map((name) => name.trim().toLowerCase());
  const place = (spellings: readonly string[]) => names.findIndex((name) => spellings.includes(name));
  const places = Object.entries(COLUMNS).map(([field, spellings]) => [field, place(spellings)]);
  const columns = Object.fromEntries(places) as ColumnPlaces;
  if (columns.sku >= 0) return columns;
  const found = header.slice(0, 40).map((name) => JSON.stringify(name.slice(0, 40)));
  throw new ListingsReportUnreadable(
    `Expected a column "seller-sku" in the listings report, found ${found.join(', ')}. Ask for the report again.`,
  );
}

function listingOf(record: readonly string[], columns: ColumnPlaces): MerchantListing {
  const cell = (field: keyof MerchantListing) => record[columns[field]]?.trim() || null;
  return {
    sku: record[columns.sku] ?? '',
    asin: cell('asin'),
    price: decimalOf(cell('price')),
    quantity: countOf(cell('quantity')),
    status: cell('status'),
    fulfillmentChannel: cell('fulfillmentChannel'),
    itemName: cell('itemName'),
    productId: cell('productId'),
    productIdType: cell('productIdType'),
    condition: cell('condition'),
    shippingGroup: cell('shippingGroup'),
    openDate: cell('openDate'),
  };
}

/** "29,90", "1.234,56" and "1,234.56" become "29.90", "1234.56" and "1234.56": the last separator parts the decimals. */
function decimalOf(text: string | null): string | null {
  if (text === null || !/^\d[\d.,\s]*$/.test(text)) return null;
  const digits = text.replace(/\s/g, '');
  const point = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  if (point < 0) return digits;
  const whole = digits.slice(0, point).replace(/[.,]/g, '');
  const decimals = digits.slice(point + 1);
  return decimals === '' ? whole : `${whole}.${decimals}`;
}

function countOf(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
