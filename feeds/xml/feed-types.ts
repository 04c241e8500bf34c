/** What a document is about, as the rule "one open feed of a kind per marketplace" counts it. */
export type FeedKind = 'offer' | 'price' | 'quantity';

/**
 * The XML listing feeds by the name of their message, which is also the envelope's MessageType.
 *
 * @source Amazon feed type values, listings (removed at Amazon's own hosts on 2025-07-31; checked 2026-11)
 */
export const LISTING_FEEDS = {
  Product: { feedType: 'POST_PRODUCT_DATA', kind: 'offer' },
  ProductImage: { feedType: 'POST_PRODUCT_IMAGE_DATA', kind: 'offer' },
  Relationship: { feedType: 'POST_PRODUCT_RELATIONSHIP_DATA', kind: 'offer' },
  Override: { feedType: 'POST_PRODUCT_OVERRIDES_DATA', kind: 'offer' },
  Price: { feedType: 'POST_PRODUCT_PRICING_DATA', kind: 'price' },
  Inventory: { feedType: 'POST_INVENTORY_AVAILABILITY_DATA', kind: 'quantity' },
} as const satisfies Record<string, { feedType: string; kind: FeedKind }>;

export type ListingMessageType = keyof typeof LISTING_FEEDS;

/** Every message type of a listing feed, in the order in which one run sends them: the offer before what hangs on it. */
export const LISTING_MESSAGE_TYPES = Object.keys(LISTING_FEEDS) as readonly ListingMessageType[];

/** The message type that Amazon's feed type stands for; null for feeds that are no listings, such as orders. */
export function messageTypeOfFeed(feedType: string): ListingMessageType | null {
  return LISTING_MESSAGE_TYPES.find((messageType) => LISTING_FEEDS[messageType].feedType === feedType) ?? null;
}
