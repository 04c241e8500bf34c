import {
  isAmazonFulfilled,
  type ListingMemory,
  type MarketplaceListing,
  type PartMemory,
  POOL,
} from '../../listings/listing.js';
import { ERASED_OFFER } from '../../listings/listing-service.js';
import type { Part } from '../../offers/offer-settings.js';
import { comparablePrice, unitsOfValue } from '../../offers/part-values.js';
import { type ComparisonRules, comparePart, isUnsettled, type PartDecision, settledValue } from './plan-part.js';

/** What a SKU should be on one marketplace, as canonical part values; null = nothing is said about that part. */
export interface DesiredListing {
  readonly marketplaceId: number;
  /** The marketplace's day: a sale that has ended by then is none. */
  readonly today: string;
  /** Whether this run was asked to create offers here. */
  readonly create: boolean;
  /** Whether prices are exported here, but not by this run: then what is known of the last one stands for it. */
  readonly priceLeftOut: boolean;
  /** Null while the item may not be created (create fault); `ERASED_OFFER` takes the listing off Amazon. */
  readonly offer: string | null;
  readonly price: string | null;
  readonly metadata: string | null;
  readonly images: string | null;
}

export interface DesiredSku {
  readonly sku: string;
  /** The one stock; null = nothing is said. `units` is its bare figure. */
  readonly quantity: { readonly value: string; readonly units: number } | null;
  readonly listings: readonly DesiredListing[];
  /** Prices that this run does not decide; asked only when a quantity would make the listing buyable. Left out = there are none. */
  readonly leftOutPrices?: (() => Iterable<WantedPrice>) | undefined;
}

/** What a listing should cost on a marketplace whose price this run does not send. */
export interface WantedPrice {
  readonly marketplaceId: number;
  /** The marketplace's day: a sale that has ended by then is none. */
  readonly today: string;
  readonly value: string;
}

export interface PlannedPart {
  readonly marketplaceId: number;
  readonly part: Part;
  readonly value: string;
  /** What Amazon had before, as far as we know: the newest value handed over, else the one read there. */
  readonly before: string | null;
  readonly decision: PartDecision;
  /** Why it waits or is left alone, as a code for people's texts. */
  readonly why: PlanReason | null;
}

export type PlanReason =
  | 'created-first'
  | 'price-first'
  | 'price-rejected'
  | 'offer-rejected'
  | 'not-at-amazon'
  | 'another-in-flight'
  | 'document-full'
  | 'kind-in-flight'
  | 'suspect-apart'
  | 'marked-anew'
  | 'cannot-be-sent'
  | 'guard'
  | 'price-held'
  | 'first-send';

export interface PlanRules extends ComparisonRules {
  /** Verify and display show everything that would go in the end; nothing waits for anything. */
  readonly preview: boolean;
}

/**
 * Decides, part by part, what of a SKU goes to Amazon now (design section 4, steps 5 and 8).
 *
 * Order for one SKU: offer, then price, then quantity. What needs the offer waits for its acceptance; a quantity that makes a
 * listing buyable waits until a changed price is accepted; a lower quantity never waits.
 *
 * @returns one entry per part of which something is said, in that order
 */
export function planSku(desired: DesiredSku, memory: ListingMemory | null, rules: PlanRules): readonly PlannedPart[] {
  const planned: PlannedPart[] = [];
  const standings: Standing[] = [];
  for (const listing of desired.listings) {
    const known = memory?.marketplaces.get(listing.marketplaceId) ?? null;
    const standing = planOffer(listing, known, rules, planned);
    standings.push(standing);
    const context = { listing, known, standing, rules, planned };
    planListingPart('price', listing.price, context);
    planListingPart('metadata', listing.metadata, context);
    planListingPart('images', listing.images, context);
  }
  if (desired.quantity) planQuantity(desired.quantity, memory, { desired, standings, rules, planned });
  return planned;
}

/** Whether other parts may go to a marketplace: now, only after the offer is accepted, or not at all. */
type Standing = 'there' | 'creating' | 'refused' | 'absent';

function planOffer(
  desired: DesiredListing,
  known: MarketplaceListing | null,
  rules: PlanRules,
  planned: PlannedPart[],
): Standing {
  if (desired.offer === ERASED_OFFER) return planErasure(desired.marketplaceId, known, rules, planned);
  const wanted = desired.create || known?.createIntent === true;
  if (known?.atAmazon === true) return 'there';
  if (!wanted || desired.offer === null) return known?.atAmazon === false ? 'absent' : 'there';
  const memory = known?.parts.offer ?? null;
  const decision = compare(desired.offer, memory, rules);
  planned.push(
    entry({ marketplaceId: desired.marketplaceId, part: 'offer', value: desired.offer }, memory, asCompared(decision)),
  );
  if (decision === 'rejected') return 'refused';
  return isUnsettled(decision) ? 'creating' : 'there';
}

function planErasure(
  marketplaceId: number,
  known: MarketplaceListing | null,
  rules: PlanRules,
  planned: PlannedPart[],
): Standing {
  const memory = known?.parts.offer ?? null;
  const decision = compare(ERASED_OFFER, memory, rules);
  planned.push(entry({ marketplaceId, part: 'offer', value: ERASED_OFFER }, memory, asCompared(decision)));
  return 'there';
}

/** A preview shows what goes in the end, also where another value must settle first. */
function compare(value: string, memory: PartMemory | null, rules: PlanRules): PartDecision {
  const decision = comparePart(value, memory, rules);
  return decision === 'wait' && rules.preview ? 'send' : decision;
}

interface ListingPartContext {
  readonly listing: DesiredListing;
  readonly known: MarketplaceListing | null;
  readonly standing: Standing;
  readonly rules: PlanRules;
  readonly planned: PlannedPart[];
}

function planListingPart(
  part: 'price' | 'metadata' | 'images',
  value: string | null,
  context: ListingPartContext,
): void {
  if (value === null) return;
  const { listing, known, standing, rules, planned } = context;
  const memory = known?.parts[part] ?? null;
  const comparable = part === 'price' && memory ? withoutEndedSales(memory, listing.today) : memory;
  const compared = compare(value, comparable, rules);
  planned.push(
    entry({ marketplaceId: listing.marketplaceId, part, value }, memory, withStanding(compared, standing, rules)),
  );
}

/** The end of a sale alone sends nothing: Amazon ended it by its dates. */
function withoutEndedSales(memory: PartMemory, today: string): PartMemory {
  const submittedValue = memory.submittedValue === null ? null : comparablePrice(memory.submittedValue, today);
  const acceptedValue = memory.acceptedValue === null ? null : comparablePrice(memory.acceptedValue, today);
  const isSame = submittedValue === memory.submittedValue && acceptedValue === memory.acceptedValue;
  return isSame ? memory : { ...memory, submittedValue, acceptedValue };
}

function withStanding(compared: PartDecision, standing: Standing, { preview }: PlanRules): Outcome {
  if (compared === 'equal' || compared === 'in-flight') return asCompared(compared);
  if (standing === 'refused') return { decision: 'left-alone', why: 'offer-rejected' };
  if (standing === 'absent') return { decision: 'left-alone', why: 'not-at-amazon' };
  if (standing === 'there') return asCompared(compared);
  // What Amazon refused before there was an offer says nothing about the time after it.
  if (preview) return asCompared(compared === 'rejected' ? 'send' : compared);
  return { decision: 'wait', why: 'created-first' };
}

function asCompared(decision: PartDecision): Outcome {
  return { decision, why: decision === 'wait' ? 'another-in-flight' : null };
}

interface QuantityContext {
  readonly desired: DesiredSku;
  readonly standings: readonly Standing[];
  readonly rules: PlanRules;
  readonly planned: PlannedPart[];
}

interface Outcome {
  readonly decision: PartDecision;
  readonly why: PlanReason | null;
}

function planQuantity(
  quantity: { readonly value: string; readonly units: number },
  memory: ListingMemory | null,
  context: QuantityContext,
): void {
  if (memory && isAmazonFulfilled(memory.channel)) return;
  const { desired, standings, rules, planned } = context;
  const part = memory?.quantity ?? null;
  let outcome = withStanding(compare(quantity.value, part, rules), poolStanding(standings, memory), rules);
  if (outcome.decision === 'send' && !rules.preview && quantity.units > 0 && !isBuyable(part))
    outcome = afterPrices([
      ...planned.filter((one) => one.part === 'price').map((one) => one.decision),
      ...otherPrices(desired, memory),
      ...wantedPrices(desired, memory, rules),
    ]);
  planned.push(entry({ marketplaceId: POOL, part: 'quantity', value: quantity.value }, part, outcome));
}

/** The pool is there as soon as the SKU is on one marketplace of the account, of this run or not; while it is only being created it waits. */
function poolStanding(standings: readonly Standing[], memory: ListingMemory | null): Standing {
  if (standings.length === 0) return 'there';
  for (const listing of memory?.marketplaces.values() ?? []) if (listing.atAmazon === true) return 'there';
  for (const standing of ['creating', 'there', 'refused'] as const) if (standings.includes(standing)) return standing;
  return 'absent';
}

/** Prices of the SKU that this run does not decide, by what is known of them: with the stock only, or on other marketplaces. */
function* otherPrices({ listings }: DesiredSku, memory: ListingMemory | null): Generator<PartDecision> {
  for (const [marketplaceId, { parts }] of memory?.marketplaces ?? []) {
    const listing = listings.find((one) => one.marketplaceId === marketplaceId);
    if (!parts.price || (listing && !listing.priceLeftOut)) continue;
    const { state, submittedValue, acceptedValue } = parts.price;
    if (submittedValue === acceptedValue) continue;
    if (state === 'open') yield 'in-flight';
    // What is refused or unclear elsewhere may stay so for good, where nobody exports any more.
    else if (listing && state === 'unknown') yield 'wait';
    else if (listing && state === 'rejected') yield 'rejected';
  }
}

/** The same prices, by what they should be: what the shop has changed and nobody has sent yet counts as well. */
function* wantedPrices(
  { leftOutPrices }: DesiredSku,
  memory: ListingMemory | null,
  rules: PlanRules,
): Generator<PartDecision> {
  if (memory === null || leftOutPrices === undefined) return;
  for (const { marketplaceId, today, value } of leftOutPrices()) {
    const known = memory.marketplaces.get(marketplaceId);
    const price = known?.parts.price ?? null;
    // Where there is no offer nobody can buy.
    if (known === undefined || known.atAmazon === false || (known.atAmazon === null && price === null)) continue;
    const comparable = price && withoutEndedSales(price, today);
    const isShown = comparable !== null && comparable.state === 'none' && settledValue(comparable) === value;
    yield isShown ? 'equal' : comparePart(value, comparable, { ...rules, everything: false });
  }
}

function afterPrices(prices: readonly PartDecision[]): Outcome {
  if (prices.some(isUnsettled)) return { decision: 'wait', why: 'price-first' };
  // At the old price it would be sold wrongly: it stays as it is until a price is accepted.
  if (prices.includes('rejected')) return { decision: 'left-alone', why: 'price-rejected' };
  return { decision: 'send', why: null };
}

/** Whether buyers can order now, by the newest quantity that Amazon took or showed; not known counts as not. */
export function isBuyable(memory: PartMemory | null): boolean {
  if (memory === null) return false;
  const value = settledValue(memory);
  // Of an unclear answer nobody knows whether the figure arrived: then that one must be above 0 too.
  const unclear = memory.state === 'unknown' ? memory.submittedValue : value;
  return hasUnits(value) && hasUnits(unclear);
}

function hasUnits(value: string | null): boolean {
  return value !== null && unitsOfValue(value) > 0;
}

function entry(
  { marketplaceId, part, value }: Pick<PlannedPart, 'marketplaceId' | 'part' | 'value'>,
  memory: PartMemory | null,
  { decision, why }: Outcome,
): PlannedPart {
  return { marketplaceId, part, value, before: valueBefore(memory), decision, why };
}

function valueBefore(memory: PartMemory | null): string | null {
  if (memory === null) return null;
  if (memory.state === 'rejected') return memory.acceptedValue ?? memory.effectiveValue;
  return memory.submittedValue ?? memory.acceptedValue ?? memory.effectiveValue;
}
