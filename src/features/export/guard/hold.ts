import type { Part } from '../../offers/offer-settings.js';

/** Changes of which many at once look like a mistake: brought to 0, a price that jumps, taken off Amazon. */
export const GRAVE_KINDS = ['zeroed', 'price', 'erased'] as const;

export type GraveKind = (typeof GRAVE_KINDS)[number];

export type HoldKind = 'first-send' | GraveKind;

/** gone: none of its lines is held any more, without anybody's decision. */
export type HoldState = 'held' | 'released' | 'discarded' | 'gone';

/** What one run keeps back of one account for one reason, until it is decided. */
export interface Hold {
  readonly id: number;
  readonly runId: number;
  readonly accountId: number;
  readonly kind: HoldKind;
  /** How many it has held in all. */
  readonly lineCount: number;
  readonly state: HoldState;
  /** When it is released by itself; null = only by a person. */
  readonly goesAtMs: number | null;
  readonly createdAtMs: number;
  readonly decidedAtMs: number | null;
  /** Empty while nobody has decided. */
  readonly decidedBy: string;
}

/** One part of a SKU, as lines and changes are found. */
export interface LineKey {
  readonly sku: string;
  /** 0 for the pool. */
  readonly marketplaceId: number;
  readonly part: Part;
}

/** One value that is kept back, or was released and has not gone yet. */
export interface HeldLine extends LineKey {
  readonly holdId: number;
  readonly shopId: number;
  /** The product to be marked when it is released. */
  readonly productId: number;
  /** Whether a person had marked the SKU for deletion. */
  readonly isDeletion: boolean;
  readonly value: string;
  /** What Amazon has. */
  readonly valueBefore: string | null;
  readonly state: 'held' | 'released';
}

/** A line about to be kept back. */
export type NewLine = Omit<HeldLine, 'holdId' | 'state'>;

/** A grave value that has gone in the last day. */
export interface GraveChange {
  readonly kind: GraveKind;
  readonly sku: string;
  readonly marketplaceId: number;
  readonly value: string;
  /** False for what a person had released. */
  readonly counts: boolean;
}

/** One text for one part of a SKU. */
export function keyOfLine({ sku, marketplaceId, part }: LineKey): string {
  return `${marketplaceId}/${part}/${sku}`;
}
