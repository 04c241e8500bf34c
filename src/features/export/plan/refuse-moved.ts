import type { ListingMemory } from '../../listings/listing.js';
import { nameItem } from '../../offers/judge-duplicates.js';
import { makeVerdict } from '../../offers/make-verdict.js';
import { isAtAmazon } from './desire-sku.js';
import type { PreparedItem } from './prepare-items.js';
import { type Carrier, keyOf } from './sku-carriers.js';

/**
 * Gives a SKU fault to every item whose SKU Amazon has from another item, until a person confirms that it moved.
 *
 * Otherwise two products that swap their references would sell at once each other's stock on each other's page. Within a product only a
 * combination that is still there counts: the shop makes combinations anew under their old references.
 *
 * @param items all items of their products; those that nothing sells, or that have a fault already, stay as they are
 */
export function refuseMoved(items: readonly PreparedItem[], memoryOf: (sku: string) => ListingMemory | null): void {
  let here: ReadonlySet<string> | null = null;
  for (const one of items) {
    const memory = one.sellable && one.skuFault === null ? memoryOf(one.sku) : null;
    if (memory === null || memory.productId === 0 || isSameItem(memory, one.item) || !isAtAmazon(memory)) continue;
    here ??= new Set(items.map(({ item }) => keyOf(item)));
    if (memory.productId === one.item.productId && !here.has(keyOf(memory))) continue;
    const figures = { sku: one.sku, former: nameItem(memory), present: nameItem(one.item) };
    one.skuFault = makeVerdict('sku-moved', figures);
  }
}

function isSameItem(memory: ListingMemory, item: Carrier): boolean {
  return memory.productId === item.productId && memory.combinationId === item.combinationId;
}
