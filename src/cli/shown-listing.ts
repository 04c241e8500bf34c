import type { LineView } from '../features/export/guard/hold-views.js';
import {
  isAmazonFulfilled,
  type ListingRecord,
  type MarketplaceRecord,
  type PartRecord,
  POOL,
} from '../features/listings/listing.js';
import type { ExplainedIssue, PastEvent } from '../features/listings/listing-past.js';
import type { Part } from '../features/offers/offer-settings.js';
import { heldLineView, heldOfSkuTexts } from './held-lines.js';
import type { MarketplaceNames } from './marketplace-names.js';
import { timeText } from './plain-words.js';
import { factLines, tableLines } from './table.js';
import { valueText } from './value-text.js';

/** A SKU of one account with its past. */
export interface ShownListing {
  readonly account: string;
  readonly memory: ListingRecord;
  readonly past: readonly PastEvent[];
  /** What of it is held until a person decides. */
  readonly held: readonly LineView[];
}

interface PlacedPart extends PartRecord {
  readonly marketplaceId: number;
  readonly part: Part;
}

/** For programs: the SKU, its marketplaces, its parts with all four values, and its past. */
export function shownListingData({ account, memory, past, held }: ShownListing, names: MarketplaceNames) {
  const { sku, shopId, productId, combinationId, channel } = memory;
  return {
    account,
    sku,
    shopId,
    productId,
    combinationId,
    fulfilledByAmazon: isAmazonFulfilled(channel),
    marketplaces: [...memory.marketplaces].map(([id, { parts: _, ...listing }]) => ({
      marketplace: names.full(id),
      ...listing,
    })),
    parts: partsOf(memory).map(({ marketplaceId, ...part }) => ({ marketplace: names.full(marketplaceId), ...part })),
    held: held.map((line) => ({ runId: line.runId, ...heldLineView(line, names) })),
    history: past.map(({ marketplaceId, atMs, ...event }) => ({
      at: new Date(atMs).toISOString(),
      marketplace: names.full(marketplaceId),
      ...event,
    })),
  };
}

/** For people. */
export function shownListingLines(
  { account, memory, past, held }: ShownListing,
  names: MarketplaceNames,
): readonly string[] {
  const { productId, combinationId } = memory;
  const combination = combinationId === 0 ? '' : `, combination ${combinationId}`;
  return [
    ...factLines([
      ['SKU', memory.sku],
      ['Account', account],
      ['Product', productId === 0 ? 'none: the shop never had it' : `${productId}${combination}`],
      ['Shipped by', isAmazonFulfilled(memory.channel) ? 'Amazon: no quantity is sent' : null],
      ...[...memory.marketplaces].map(([id, listing]) => [names.short(id), presenceText(listing)] as const),
    ]),
    '',
    ...tableLines(partsOf(memory), [
      { heading: 'Where', text: (row) => names.short(row.marketplaceId) },
      { heading: 'Part', text: (row) => row.part },
      { heading: 'State', text: (row) => row.state },
      { heading: 'Desired', text: (row) => valueText(row.part, row.desiredValue) },
      { heading: 'Submitted', text: submittedText },
      { heading: 'Accepted', text: (row) => valueText(row.part, row.acceptedValue) },
      { heading: 'Effective', text: (row) => valueText(row.part, row.effectiveValue) },
    ]),
    ...heldOfSkuTexts(held, names),
    '',
    ...(past.length === 0 ? ['Nothing has been sent for it yet.'] : past.flatMap((event) => eventLines(event, names))),
  ];
}

function partsOf(memory: ListingRecord): readonly PlacedPart[] {
  const parts = [...memory.marketplaces].flatMap(([marketplaceId, listing]) =>
    (Object.entries(listing.parts) as [Part, PartRecord][]).map(([part, one]) => ({ marketplaceId, part, ...one })),
  );
  return memory.quantity === null
    ? parts
    : [...parts, { marketplaceId: POOL, part: 'quantity' as const, ...memory.quantity }];
}

function presenceText({ atAmazon, createIntent, asin, status }: MarketplaceRecord): string {
  const there = atAmazon === null ? 'not known there' : atAmazon ? 'listed' : 'not listed';
  return [there, asin, status, createIntent ? 'to be created' : ''].filter((text) => text !== '').join(', ');
}

function submittedText({ part, submittedValue, submittedFeedId }: PlacedPart): string | null {
  const value = valueText(part, submittedValue);
  return value === null || submittedFeedId === null ? value : `${value} (feed ${submittedFeedId})`;
}

function eventLines(event: PastEvent, names: MarketplaceNames): readonly string[] {
  const { atMs, part, value, runId, feedId, issues } = event;
  const by = [runId === null ? null : `run ${runId}`, feedId === null ? null : `feed ${feedId}`].filter(Boolean);
  const what = `${names.short(event.marketplaceId)} ${part} ${valueText(part, value) ?? ''} ${event.event}`;
  return [`${timeText(atMs)}  ${what}${by.length === 0 ? '' : ` (${by.join(', ')})`}`, ...issues.flatMap(issueLines)];
}

function issueLines({ severity, code, description, explanation }: ExplainedIssue): readonly string[] {
  const amazon = `    Amazon, ${severity} ${code}: ${description}`;
  if (explanation === null) return [amazon];
  return [amazon, `    ${explanation.meaning} ${explanation.advice} (${explanation.actor})`];
}
