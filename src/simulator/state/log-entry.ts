/**
 * What can happen in the simulated Amazon:
 * - feed-created: createFeed had its effect, whatever its sender heard of it; `what` names type, marketplaces, and the document's
 *   id, SHA-256 and size
 * - feed-ended: a feed came to its end; `what` names its status and how many messages were worked off, refused and warned about
 * - fault-drawn: a commanded fault struck; `what` names its rule, its kind, and the operation or type that it struck
 * - offer-created, offer-changed, offer-deleted, price, image, override, relationship: an accepted message, per marketplace
 * - quantity, channel: an accepted message, once per seller; `channel` is the harm done by a quantity for a SKU that Amazon fulfils
 * - sold: a buyer took units
 * - buyable: from now on a buyer can buy, or pays another price than before
 * - not-buyable: from now on nobody can buy
 * - desired-price: from now on a test wants this price
 * - undesired-price: from now on a buyer can buy at another price than the desired one; it ends with the next entry of the three above.
 *   `feedId` null = no feed did it: the wish changed, a buyer's order or the clock did
 */
export type LogKind =
  | 'feed-created'
  | 'feed-ended'
  | 'fault-drawn'
  | 'offer-created'
  | 'offer-changed'
  | 'offer-deleted'
  | 'price'
  | 'quantity'
  | 'channel'
  | 'image'
  | 'override'
  | 'relationship'
  | 'sold'
  | 'buyable'
  | 'not-buyable'
  | 'desired-price'
  | 'undesired-price';

export interface LogEntry {
  readonly kind: LogKind;
  readonly atMs: number;
  /** Empty for what concerns no single SKU. */
  readonly sku: string;
  /** Null for what exists once per seller. */
  readonly marketplaceId: string | null;
  /** Row number of the feed; null when no feed did it. */
  readonly feedId: number | null;
  readonly messageId: string | null;
  /** The values written, by name. */
  readonly what: Readonly<Record<string, unknown>>;
}
