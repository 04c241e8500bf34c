import { makeVerdict, NO_VERDICTS } from './make-verdict.js';
import type { OfferIdentity, PoolQuantity } from './offer.js';
import type { AmazonCondition, ItemWithOptions, MarketplaceOfferSettings } from './offer-settings.js';
import { checkDigitOf, type ProductCode, productCodeOf } from './product-code.js';
import type { Verdict } from './verdict.js';

/** What is known of an item beside the shop's own fields. */
export interface OfferFacts {
  /** Of the SKU in its account; null = none is sent (Amazon fulfils it, or the product says so). */
  readonly quantity: PoolQuantity | null;
  /** Amazon's reason why this seller may not offer it; left out when nothing is known of one. */
  readonly restriction?: string;
}

/** What a new offer is made of, as far as the item has it. */
export interface CreateOutcome {
  /** Null when any verdict stands against creating. */
  readonly identity: OfferIdentity | null;
  readonly condition: AmazonCondition | null;
  readonly verdicts: readonly Verdict[];
}

/**
 * Whether an offer can be created for an item: by which identifier, in which condition, and what stands against it.
 *
 * The ASIN of the Amazon tab goes before the codes of the shop, whose faults then matter no longer. Updates of a listing that is
 * there go on whatever is found here.
 */
export function judgeCreate(
  { item, options }: ItemWithOptions,
  settings: MarketplaceOfferSettings,
  facts: OfferFacts,
): CreateOutcome {
  const code: ProductCode =
    options.asin === null ? productCodeOf(item) : { status: 'valid', identity: { type: 'ASIN', value: options.asin } };
  const condition = settings.conditionMap.get(item.condition) ?? null;
  let verdicts = NO_VERDICTS;
  if (code.status !== 'valid') verdicts = [judgeCode(code)];
  if (facts.quantity?.quantity === 0) verdicts = [...verdicts, makeVerdict('out-of-stock')];
  if (facts.restriction !== undefined)
    verdicts = [...verdicts, makeVerdict('restricted', { reason: facts.restriction })];
  if (condition === null) verdicts = [...verdicts, makeVerdict('condition-not-mapped', { condition: item.condition })];
  const identity = code.status === 'valid' && verdicts.length === 0 ? code.identity : null;
  return { identity, condition, verdicts };
}

/** What is wrong with a code that identifies nothing. */
export function judgeCode(code: Exclude<ProductCode, { status: 'valid' }>): Verdict {
  if (code.status === 'none') return makeVerdict('no-code');
  if (code.fault !== 'code-check-digit') return makeVerdict(code.fault, { code: code.code });
  const found = code.code.slice(-1);
  return makeVerdict('code-check-digit', { code: code.code, found, expected: checkDigitOf(code.code.slice(0, -1)) });
}
