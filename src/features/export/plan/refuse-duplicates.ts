import type { SkuHolder } from '../../../shop/catalogue.js';
import type { ListingMemory } from '../../listings/listing.js';
import { judgeDuplicates, type SkuClaim } from '../../offers/judge-duplicates.js';
import type { PreparedItem } from './prepare-items.js';
import { type Carrier, type CarrierContext, holdersOf, keyOf, sellableStrangers } from './sku-carriers.js';

/** What deciding about collisions needs beside the items themselves. */
export interface DuplicateContext extends CarrierContext {
  readonly memoryOf: (sku: string) => ListingMemory | null;
}

/**
 * Gives a SKU fault to every item whose SKU another sellable item of the shop carries too, unless its listing remembers it.
 *
 * Items that their listing remembers need no search: they keep their SKU whoever else carries it. So a catalogue that was sent before
 * costs no query here; the others cost two per batch, and one more where there really is a collision.
 */
export async function refuseDuplicates(items: readonly PreparedItem[], context: DuplicateContext): Promise<void> {
  const field = context.frame.skuSource;
  if (field === 'ids') return;
  const asked = items.filter(
    (one) => one.sellable && one.skuFault === null && !isRemembered(one.item, one.sku, context),
  );
  if (asked.length === 0) return;
  const holders = await holdersOf(field, [...new Set(asked.map((one) => one.sku))], context.catalogue);
  const contested = [...holders].filter(([, claims]) => claims.length > 1);
  if (contested.length === 0) return;
  const strangers = await sellableStrangers(
    contested.flatMap(([, claims]) => claims),
    items,
    context,
  );
  const bySku = groupBySku(items);
  for (const [sku, claims] of contested) refuse(sku, claims, { bySku, strangers, context });
}

interface Refusal {
  readonly bySku: ReadonlyMap<string, readonly PreparedItem[]>;
  /** Keys of sellable items outside the batch. */
  readonly strangers: ReadonlySet<string>;
  readonly context: DuplicateContext;
}

function refuse(sku: string, holders: readonly SkuHolder[], { bySku, strangers, context }: Refusal): void {
  const here = new Map((bySku.get(sku) ?? []).map((one) => [keyOf(one.item), one]));
  const claims: SkuClaim[] = holders.map((holder) => ({
    productId: holder.productId,
    combinationId: holder.combinationId,
    stopped: !(here.get(keyOf(holder))?.sellable ?? strangers.has(keyOf(holder))),
    remembered: isRemembered(holder, sku, context),
  }));
  judgeDuplicates(sku, claims).forEach((verdict, index) => {
    const holder = holders[index];
    const item = holder && here.get(keyOf(holder));
    if (item && verdict) item.skuFault = verdict;
  });
}

/** Whichever shop of the account carried it last: an item is the same one in all of them. */
function isRemembered(item: Carrier, sku: string, { memoryOf }: DuplicateContext): boolean {
  const memory = memoryOf(sku);
  return memory !== null && memory.productId === item.productId && memory.combinationId === item.combinationId;
}

function groupBySku(items: readonly PreparedItem[]): ReadonlyMap<string, readonly PreparedItem[]> {
  const groups = new Map<string, PreparedItem[]>();
  for (const one of items) {
    const group = groups.get(one.sku);
    if (group) group.push(one);
    else groups.set(one.sku, [one]);
  }
  return groups;
}
