/**
 * What can happen to a SKU in the simulated Amazon:
 * - offer-created, offer-changed, offer-deleted, price, image, override, relationship: an accepted message, per marketplace
 * - quantity, channel: an accepted message, once per seller; `channel` is the harm done by a quantity for a SKU that Amazon fulfils
 * - sold: a buyer took units
 * - buyable: from now on a buyer can buy, or pays another price than before
 * - undesired-price: the same moment, at a price that differs from the one a test declared as desired
 */
export type LogKind =
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
  | 'undesired-price';

export interface LogEntry {
  readonly kind: LogKind;
  readonly atMs: number;
  readonly sku: string;
  /** Null for what exists once per seller. */
  readonly marketplaceId: string | null;
  /** Row number of the feed; null when no feed did it. */
  readonly feedId: number | null;
  readonly messageId: string | null;
  /** The values written, by name. */
  readonly what: Readonly<Record<string, unknown>>;
}
