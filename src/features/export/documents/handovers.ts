import { type ListingMemory, POOL, type PoolEntry } from '../../listings/listing.js';
import type { Handover } from '../../listings/listing-service.js';
import type { PlannedPart } from '../plan/plan-sku.js';
import type { PlannedSku } from '../plan/planned-sku.js';

/** What some parts of a SKU hand to Amazon. */
export function handoversOf(
  { carrier, revision, memory }: PlannedSku,
  parts: readonly PlannedPart[],
): readonly Handover[] {
  const poolListingId = memory !== null && isSameCarrier(memory, carrier) ? memory.poolListingId : null;
  return parts.map(({ marketplaceId, part, value }) => {
    const isListed = marketplaceId === POOL || memory?.marketplaces.has(marketplaceId) === true;
    return { ...carrier, marketplaceId, part, value, revision, knownAs: isListed ? poolListingId : null };
  });
}

function isSameCarrier(memory: ListingMemory, { shopId, productId, combinationId }: PoolEntry): boolean {
  return memory.shopId === shopId && memory.productId === productId && memory.combinationId === combinationId;
}
