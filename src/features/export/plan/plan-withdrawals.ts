import type { ListingMemory } from '../../listings/listing.js';
import { desireDownward, desireKept, desireWithdrawal, isAtAmazon } from './desire-sku.js';
import { planSku } from './plan-sku.js';
import type { BatchContext, PlannedSku } from './planned-sku.js';
import { type PoolElsewhere, sharedPool } from './pool-elsewhere.js';
import type { PreparedItem } from './prepare-items.js';
import { type Carrier, keyOf, sellableCarriers } from './sku-carriers.js';

/** What a batch of products has, for finding what it lacks. */
export interface WithdrawalInput {
  readonly productIds: readonly number[];
  readonly items: readonly PreparedItem[];
  /** Everything that the listings of the account remember for these products. */
  readonly remembered: readonly ListingMemory[];
  readonly memoryOf: (sku: string) => ListingMemory | null;
  /** What the account's other shops sell of these products. */
  readonly elsewhere: PoolElsewhere;
}

/** The SKUs of a batch that go to 0, each once, and those that only look as if they should. */
export interface Withdrawals {
  /** SKUs that no item carries any more, that a person marked for deletion, or whose item has a SKU fault. */
  readonly planned: readonly PlannedSku[];
  /** SKUs of items that nothing sells, which may be brought to 0: no sellable item of the shop carries them too. */
  readonly stoppable: ReadonlySet<string>;
}

/**
 * Decides which SKUs at Amazon nothing sells any more: those of stopped items, those that were renamed, deleted or turned into
 * combinations, and those that a person marked for deletion.
 *
 * Whoever sells under a SKU decides about it: an inactive copy of a product, or a deletion mark, never takes a sold SKU to 0.
 */
export async function planWithdrawals(input: WithdrawalInput, context: BatchContext): Promise<Withdrawals> {
  const marked = await markedForDeletion(input, context);
  const kept = planKept(input, marked, context);
  const forgotten = forgottenOf(input);
  const stopped = input.items.filter((one) => isStoppable(one, input.memoryOf(one.sku)));
  const bySku = new Map([...forgotten, ...marked].filter(isAtAmazon).map((memory) => [memory.sku, memory]));
  const asked = [...new Set([...bySku.keys(), ...stopped.map((one) => one.sku)])];
  const followed = planFollowed(input, context);
  if (asked.length === 0) return { planned: [...kept, ...followed], stoppable: new Set() };
  const carriers = await sellableCarriers(asked, input, context);
  const planned = [...bySku.values()].map((memory) =>
    planWithdrawal(memory, carriers.get(memory.sku) ?? [], { input, context }),
  );
  const free = stopped.map((one) => one.sku).filter((sku) => !carriers.has(sku) && !bySku.has(sku));
  return { planned: [...planned, ...kept, ...followed], stoppable: new Set(free) };
}

/** The SKU of a remembered item that now has a SKU fault stays as it is: a typo must not take a bestseller off sale. */
function forgottenOf({ items, remembered, elsewhere }: WithdrawalInput): readonly ListingMemory[] {
  const carried = new Set(items.filter((one) => one.skuFault === null).map((one) => one.sku));
  const faulty = new Set(items.filter((one) => one.skuFault !== null).map((one) => keyOf(one.item)));
  const here = new Set(items.map((one) => keyOf(one.item)));
  return remembered.filter((memory) => {
    if (carried.has(memory.sku) || faulty.has(keyOf(memory))) return false;
    const sold = here.has(keyOf(memory)) ? undefined : elsewhere.get(keyOf(memory));
    return sold === undefined || (sold.sku !== null && sold.sku !== memory.sku);
  });
}

/** Listings of items that this shop lacks and another shop of the account sells: their stock is that of the others, and their offers here go. */
function planKept(
  { items, remembered, elsewhere }: WithdrawalInput,
  marked: readonly ListingMemory[],
  { frame, order }: BatchContext,
): readonly PlannedSku[] {
  if (elsewhere.size === 0) return [];
  const here = new Set(items.map((one) => keyOf(one.item)));
  const deleted = new Set(marked.map((one) => one.sku));
  const sendsQuantity = frame.exported.some((one) => one.parts.has('quantity'));
  return remembered.filter(isAtAmazon).flatMap((memory): PlannedSku[] => {
    const sold = elsewhere.get(keyOf(memory));
    if (sold?.sku !== memory.sku || here.has(keyOf(memory)) || deleted.has(memory.sku)) return [];
    const { sku, shopId, productId, combinationId } = memory;
    const rules = order.rules(productId);
    const wish = { options: order.options, sendsQuantity, create: () => false };
    const desired = desireKept(memory, { frame, quantity: sharedPool(null, false, sold.pools), wish });
    const rest = { revision: rules.revision, prepared: null, memory, verdicts: [], createOn: [] };
    const carrier = { sku, shopId, productId, combinationId };
    return [{ ...rest, carrier, planned: planSku(desired, memory, rules), notes: [SOLD_BY_ANOTHER_SHOP] }];
  });
}

/** The listings of items that now have a SKU fault: their quantities go down with the item and never up. */
function planFollowed({ items, remembered }: WithdrawalInput, { frame, order }: BatchContext): readonly PlannedSku[] {
  const faulty = new Map(items.filter((one) => one.skuFault !== null).map((one) => [keyOf(one.item), one]));
  if (faulty.size === 0) return [];
  const sendsQuantity = frame.exported.some((one) => one.parts.has('quantity'));
  return remembered.filter(isAtAmazon).flatMap((memory): PlannedSku[] => {
    const prepared = faulty.get(keyOf(memory));
    if (prepared === undefined) return [];
    const { sku, shopId, productId, combinationId } = memory;
    const rules = order.rules(productId);
    const desired = desireDownward(prepared, memory, { options: order.options, sendsQuantity, create: () => false });
    const carrier = { sku, shopId, productId, combinationId };
    const planned = planSku(desired, memory, rules);
    const rest = { revision: rules.revision, prepared: null, memory, verdicts: [], createOn: [] };
    return [{ ...rest, carrier, planned, notes: [FOLLOWS_DOWNWARD] }];
  });
}

/** A stopped item may speak for its own listing, or for one that nobody carried so far; never for another product's. */
function isStoppable({ item, sellable, skuFault }: PreparedItem, memory: ListingMemory | null): boolean {
  if (sellable || skuFault !== null || !isAtAmazon(memory)) return false;
  return memory.productId === 0 || keyOf(memory) === keyOf(item);
}

async function markedForDeletion(
  { productIds }: WithdrawalInput,
  { frame, listings, order }: BatchContext,
): Promise<readonly ListingMemory[]> {
  const skus = productIds.flatMap((id) => [...order.deletions(id)]);
  return skus.length === 0 ? [] : listings.ofSkus(frame.account.id, skus);
}

function planWithdrawal(
  memory: ListingMemory,
  sellers: readonly Carrier[],
  { input, context }: { input: WithdrawalInput; context: BatchContext },
): PlannedSku {
  const { frame, order } = context;
  const { sku, shopId, productId, combinationId } = memory;
  const deletedBy = input.productIds.find((id) => order.deletions(id).has(sku)) ?? null;
  const rules = order.rules(deletedBy ?? productId);
  const carrier = { sku, shopId, productId, combinationId };
  const base = { carrier, revision: rules.revision, prepared: null, memory, verdicts: [], createOn: [] };
  const heirs = [...new Set(sellers.map((one) => one.productId))];
  if (deletedBy !== null && heirs.length > 0) return { ...base, planned: [], notes: [DELETION_DROPPED], heirs };
  // The goods are sold under another SKU now, or not at all: under this one nobody may buy them as well.
  const isLeft = input.items.some((one) => keyOf(one.item) === keyOf(memory));
  if (heirs.length > 0 && !isLeft) return { ...base, planned: [], notes: [SKU_SOLD_ELSEWHERE], heirs };
  const amazonFulfilled = context.optionsOf(memory, 0).amazonFulfilled === true;
  const sendsQuantity = !amazonFulfilled && frame.exported.some((one) => one.parts.has('quantity'));
  const erase = (marketplaceId: number) => deletedBy !== null && order.erases(sku, marketplaceId);
  const desired = desireWithdrawal(
    memory,
    frame.exported.map((one) => one.marketplace.id),
    { erase, sendsQuantity },
  );
  const note =
    deletedBy === null
      ? heirs.length > 0
        ? SKU_LEFT
        : 'Nothing in the shop carries this SKU any more: it is brought to 0.'
      : 'It was marked for deletion: it is brought to 0.';
  const planned = planSku(desired, memory, rules);
  return { ...base, planned, notes: [note], heirs, ...(deletedBy === null ? {} : { deletedBy }) };
}

/** The text by which a dropped deletion mark is found in log and journal. */
export const DELETION_DROPPED = 'A deletion mark for this SKU was dropped: an item of the shop sells under it.';

const SOLD_BY_ANOTHER_SHOP = 'This shop lacks the item and another shop of the account sells it: it keeps its stock.';

const FOLLOWS_DOWNWARD =
  'The item that carried this SKU has a fault of its SKU now: the quantity follows that item, downward only.';

const SKU_SOLD_ELSEWHERE =
  'Another item of the shop carries this SKU now: it is held until a person confirms that it moved.';

const SKU_LEFT =
  'Another item of the shop carries this SKU now, and the one it belonged to no longer does: it is brought to 0 until a person confirms that it moved.';
