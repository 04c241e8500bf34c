import { makeVerdict } from './make-verdict.js';
import type { Verdict } from './verdict.js';

/** One item that carries a SKU. */
export interface SkuClaim {
  readonly productId: number;
  /** 0 = the product itself. */
  readonly combinationId: number;
  /** Whether a verdict of the kind `stop` stands against it: then it claims nothing. */
  readonly stopped: boolean;
  /** Whether the listing of this SKU remembers this item. */
  readonly remembered: boolean;
}

/** More names than these make a sentence nobody reads. */
const NAMED_AT_MOST = 10;

/**
 * Who may keep a SKU that several items carry: the one whose listing remembers it, else nobody.
 *
 * @param claims all items of the shop with this SKU
 * @returns one entry per claim in their order: the verdict that refuses it, naming the others, or null
 */
export function judgeDuplicates(sku: string, claims: readonly SkuClaim[]): readonly (Verdict | null)[] {
  const rivals = claims.filter((claim) => !claim.stopped);
  if (rivals.length < 2) return claims.map(() => null);
  const keeper = rivals.find((claim) => claim.remembered);
  return claims.map((claim) => {
    if (claim.stopped || claim === keeper) return null;
    const others = rivals.filter((rival) => rival !== claim);
    return makeVerdict('sku-duplicate', { sku, others: nameClaims(others) });
  });
}

/** Items as one sentence names them, the first ten of them. */
export function nameClaims(claims: readonly Pick<SkuClaim, 'productId' | 'combinationId'>[]): string {
  const names = claims.slice(0, NAMED_AT_MOST).map(nameItem);
  const left = claims.length - names.length;
  return names.join(', ') + (left > 0 ? ` and ${left} more` : '');
}

/** An item as the sentences of verdicts name it. */
export function nameItem({ productId, combinationId }: Pick<SkuClaim, 'productId' | 'combinationId'>): string {
  return combinationId === 0 ? `product ${productId}` : `product ${productId} combination ${combinationId}`;
}
