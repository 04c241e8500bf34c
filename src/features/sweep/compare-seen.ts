import type { StockDigests } from '../../shop/catalogue.js';
import type { LastSeen, Seen } from './last-seen-store.js';

/** A product missing from one sweep may only be half written; one that is missing again this much later is gone. */
const GONE_AFTER_MS = 60_000;

/** What a sweep read of some products; those that the shop lacks are in neither. */
export interface Found {
  readonly fingerprints: ReadonlyMap<number, string>;
  /** Of the same rows; asked for once something is to be written. */
  stockDigests(): StockDigests;
}

/** What differs from what was seen last. */
export interface Differences {
  /** To be marked: new, changed, or back. */
  readonly changed: readonly number[];
  /** Gone for good: to be marked and forgotten. */
  readonly gone: readonly number[];
  /** Not found for the first time. */
  readonly missed: readonly number[];
  /** There, and the same as before. */
  readonly same: readonly number[];
}

/**
 * Compares what a sweep found with what was seen last.
 *
 * @param known every product of the same stretch or list that was seen
 */
export function compareSeen(known: readonly LastSeen[], { fingerprints }: Found, nowMs: number): Differences {
  const last = new Map(known.map((row) => [row.productId, row]));
  // A run may have looked while the product was away; one that is back is looked at again, even if nothing of it changed.
  const isSame = ([id, fingerprint]: readonly [number, string]) =>
    last.get(id)?.fingerprint === fingerprint && last.get(id)?.missedAtMs === null;
  const found = [...fingerprints];
  const missing = known.filter((row) => !fingerprints.has(row.productId));
  return {
    changed: found.filter((one) => !isSame(one)).map(([id]) => id),
    same: found.filter(isSame).map(([id]) => id),
    gone: missing.filter((row) => row.missedAtMs !== null && row.missedAtMs <= nowMs - GONE_AFTER_MS).map(idOf),
    missed: missing.filter((row) => row.missedAtMs === null).map(idOf),
  };
}

/** Of products that are the same, those whose stock came to it by other rows: a product sold beyond its cap, for example. */
export function withOtherStock(
  same: readonly number[],
  known: readonly LastSeen[],
  digests: StockDigests,
): readonly number[] {
  const last = new Map(known.map((row) => [row.productId, row.stockDigest]));
  return same.filter((id) => last.get(id) !== digests.get(id));
}

/** What is to be written of some of the found products. */
export function seenOf(productIds: readonly number[], found: Found): ReadonlyMap<number, Seen> {
  const digests = productIds.length === 0 ? null : found.stockDigests();
  return new Map(
    productIds.map((id) => [
      id,
      { fingerprint: found.fingerprints.get(id) ?? '', stockDigest: digests?.get(id) ?? '' },
    ]),
  );
}

function idOf({ productId }: LastSeen): number {
  return productId;
}
