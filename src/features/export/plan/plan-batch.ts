import type { CatalogueBatch } from '../../../shop/catalogue.js';
import type { ListingMemory } from '../../listings/listing.js';
import type { PoolQuantity } from '../../offers/offer.js';
import type { Verdict } from '../../offers/verdict.js';
import type { LoggedVerdict } from '../run/run-log-line.js';
import type { ShopFrame } from './account-frame.js';
import { desireItem } from './desire-sku.js';
import { leftOutPrices } from './left-out-prices.js';
import { planSku } from './plan-sku.js';
import { planWithdrawals, type Withdrawals } from './plan-withdrawals.js';
import type { BatchContext, PlannedSku } from './planned-sku.js';
import { readPoolElsewhere, sharedPool } from './pool-elsewhere.js';
import { type PreparedItem, type PreparedOffer, prepareItem } from './prepare-items.js';
import { refuseDuplicates } from './refuse-duplicates.js';
import { refuseMoved } from './refuse-moved.js';
import { keyOf } from './sku-carriers.js';

/** A batch of products with everything that the account's listings remember for them. */
export interface RememberedBatch extends CatalogueBatch {
  readonly remembered: readonly ListingMemory[];
}

/**
 * Expands, judges, computes and compares one batch of products: steps 2 to 5 of the run, in a fixed number of queries.
 *
 * @returns one entry per SKU, the items in catalogue order, then what nothing carries any more; each is planned when its turn comes, so it
 *   can be walked once only
 */
export async function planBatch(batch: RememberedBatch, context: BatchContext): Promise<Iterable<PlannedSku>> {
  const { frame, optionsOf } = context;
  const { remembered } = batch;
  const elsewhere = await readPoolElsewhere(batch.productIds, context.siblings);
  const items = batch.items.map((item) => {
    const others = elsewhere.get(keyOf(item));
    const pooled = others && ((own: PoolQuantity | null, here: boolean) => sharedPool(own, here, others.pools));
    return prepareItem(item, frame, optionsOf, pooled);
  });
  const bySku = new Map<string, ListingMemory>();
  for (const memory of remembered) bySku.set(memory.sku, memory);
  await addStrangers(items, bySku, context);
  const memoryOf = (sku: string) => bySku.get(sku) ?? null;
  await refuseDuplicates(items, { ...context, memoryOf });
  refuseMoved(items, memoryOf);
  const withdrawals = await planWithdrawals(
    { productIds: batch.productIds, items, remembered, memoryOf, elsewhere },
    context,
  );
  return planEach(items, { bySku, withdrawals, context });
}

/** What is planned of one SKU lives no longer than its turn: that keeps a million of them out of the garbage collector's way. */
function* planEach(
  items: readonly PreparedItem[],
  rest: {
    readonly bySku: ReadonlyMap<string, ListingMemory>;
    readonly withdrawals: Withdrawals;
    readonly context: BatchContext;
  },
): Generator<PlannedSku, void> {
  const { bySku, withdrawals, context } = rest;
  const stoppable = new Set(withdrawals.stoppable);
  for (const prepared of items) {
    // Of several stopped items with one SKU one brings it to 0; where a sellable item carries it, none does.
    const speaks = prepared.sellable || stoppable.delete(prepared.sku);
    yield planItem(prepared, speaks ? (bySku.get(prepared.sku) ?? null) : null, context);
  }
  yield* withdrawals.planned;
}

/** SKUs that other products' listings, or nobody's, remember. */
async function addStrangers(
  items: readonly PreparedItem[],
  bySku: Map<string, ListingMemory>,
  { frame, listings }: BatchContext,
): Promise<void> {
  const missing = items.filter((one) => one.skuFault === null && !bySku.has(one.sku)).map((one) => one.sku);
  if (missing.length === 0) return;
  for (const memory of await listings.ofSkus(frame.account.id, [...new Set(missing)])) bySku.set(memory.sku, memory);
}

function planItem(prepared: PreparedItem, memory: ListingMemory | null, context: BatchContext): PlannedSku {
  const { frame, order, optionsOf } = context;
  const { item, sku } = prepared;
  const rules = order.rules(item.productId);
  const carrier = { sku, shopId: frame.context.shopId, productId: item.productId, combinationId: item.combinationId };
  const create = (marketplaceId: number) => order.options.create || order.create(item.productId, marketplaceId);
  const sound = prepared.skuFault === null;
  return {
    carrier,
    revision: rules.revision,
    prepared,
    memory,
    verdicts: loggedVerdicts(prepared),
    notes: notesOf(prepared),
    planned: sound
      ? planSku(
          desireItem(prepared, memory, {
            ...{ options: order.options, sendsQuantity: sendsQuantity(frame), create },
            leftOutPrices: leftOutPrices(prepared, frame, optionsOf),
          }),
          memory,
          rules,
        )
      : NOTHING,
    createOn: sound ? creationsOf(prepared.offers, create) : NOTHING,
  };
}

function sendsQuantity({ exported }: ShopFrame): boolean {
  return exported.some((one) => one.parts.has('quantity'));
}

function creationsOf(offers: readonly PreparedOffer[], create: (marketplaceId: number) => boolean): readonly number[] {
  const marketplaceIds: number[] = [];
  for (const { frame, stopped } of offers)
    if (!stopped && create(frame.marketplace.id)) marketplaceIds.push(frame.marketplace.id);
  return marketplaceIds;
}

const NOTHING: readonly never[] = [];

function loggedVerdicts(prepared: PreparedItem): readonly LoggedVerdict[] {
  let logged: LoggedVerdict[] | null = null;
  for (const { frame, offer } of prepared.offers) {
    for (const verdict of offer.verdicts) {
      logged ??= [];
      const index = logged.findIndex((one) => one.code === verdict.code && one.sentence === verdict.sentence);
      const known = logged[index];
      if (known) logged[index] = { ...known, marketplaceIds: [...known.marketplaceIds, frame.marketplace.id] };
      else logged.push({ ...verdict, marketplaceIds: [frame.marketplace.id] });
    }
  }
  const collision = isCollision(prepared.skuFault) ? [forAll(prepared.skuFault)] : NOTHING;
  return logged === null && collision.length === 0 ? NOTHING : [...(logged ?? []), ...collision];
}

/** The faults that show only beside other items; all others stand on each marketplace already. */
function isCollision(fault: Verdict | null): fault is Verdict {
  return fault?.code === 'sku-duplicate' || fault?.code === 'sku-moved';
}

function forAll(verdict: Verdict): LoggedVerdict {
  return { ...verdict, marketplaceIds: [] };
}

function notesOf(prepared: PreparedItem): readonly string[] {
  const notes: string[] = [];
  for (const { offer } of prepared.offers) if (offer.metadataNote) notes.push(offer.metadataNote.sentence);
  return notes.length === 0 ? NOTHING : [...new Set(notes)];
}
