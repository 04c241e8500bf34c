import type { Part } from '../offers/offer-settings.js';

export type QueueAction = 'update' | 'create' | 'delete';

/** Who noticed a change: a sweep, a notice from the shop, a trigger of its database; *other* = people, programs, settings, Amazon's answers. */
export type ChangeSource = 'sweep' | 'notice' | 'trigger' | 'other';

/** What a mark concerns: one product on one marketplace; a deletion names the SKU besides. */
export interface QueueSubject {
  readonly shopId: number;
  readonly productId: number;
  readonly marketplaceId: number;
  readonly action: QueueAction;
  /** Empty but for `delete`. */
  readonly sku: string;
}

/** "Look at this product again". */
export interface QueueRow extends QueueSubject {
  readonly id: number;
  /** Of a deletion: a person confirmed that the SKU is taken off Amazon, not only brought to 0. */
  readonly erase: boolean;
  /** Grows with every mark, over the whole queue. */
  readonly revision: number;
  /** The run that works on it or whose feeds carry it; null = waiting. */
  readonly claimedRunId: number | null;
  readonly claimedRevision: number | null;
  readonly notBeforeMs: number;
  readonly tries: number;
  readonly comparedParts: PartMask;
  readonly waitingParts: number;
  /** The run that looked at its product last, and how many values of it that one left waiting. */
  readonly lookedRunId: number | null;
  readonly leftWaiting: number;
  /** Who or what marked it last, in words: "sweep", "cli", "api", "requeue", a user's name. */
  readonly reason: string;
  readonly createdAtMs: number;
  readonly markedAtMs: number;
}

/** A set of parts as the queue's column keeps it: 1 offer, 2 price, 4 quantity, 8 metadata, 16 images. */
export type PartMask = number;

const bits: Readonly<Record<Part, number>> = { offer: 1, price: 2, quantity: 4, metadata: 8, images: 16 };

/** Packs a set of parts for the queue's column. */
export function partMask(parts: Iterable<Part>): PartMask {
  let mask = 0;
  for (const part of parts) mask |= bits[part];
  return mask;
}
