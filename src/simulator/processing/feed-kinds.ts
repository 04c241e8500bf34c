import type { FeedKind } from './feed-kind.js';
import { imageKind } from './image-message.js';
import { inventoryKind } from './inventory-message.js';
import { overrideKind } from './override-message.js';
import { priceKind } from './price-message.js';
import { productKind } from './product-message.js';
import { relationshipKind } from './relationship-message.js';

/** The feed types that this Amazon understands. */
const FEED_KINDS: ReadonlyMap<string, FeedKind> = new Map([
  ['POST_PRODUCT_DATA', productKind],
  ['POST_INVENTORY_AVAILABILITY_DATA', inventoryKind],
  ['POST_PRODUCT_PRICING_DATA', priceKind],
  ['POST_PRODUCT_IMAGE_DATA', imageKind],
  ['POST_PRODUCT_OVERRIDES_DATA', overrideKind],
  ['POST_PRODUCT_RELATIONSHIP_DATA', relationshipKind],
]);

/** What a feed type means, or null for one that is not simulated. */
export function feedKindOf(feedType: string): FeedKind | null {
  return FEED_KINDS.get(feedType) ?? null;
}
