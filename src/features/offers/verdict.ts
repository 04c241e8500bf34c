/**
 * The four kinds of reasons why something is not sent, and what each does.
 *
 * stop: nothing may sell the item (its listing goes to 0) · create: only creating is refused · price: only the price is withheld ·
 * sku: the item is refused altogether, nothing is sent and nothing zeroed.
 */
export type VerdictKind = 'stop' | 'create' | 'price' | 'sku';

/** Why something is not sent: a closed code, a sentence with the figures, and what to do about it. */
export interface Verdict {
  readonly kind: VerdictKind;
  readonly code: VerdictCode;
  readonly sentence: string;
  readonly advice: string;
}

export const verdictKinds = {
  draft: 'stop',
  'not-in-shop': 'stop',
  inactive: 'stop',
  'not-for-order': 'stop',
  disabled: 'stop',
  virtual: 'stop',
  'no-selected-category': 'stop',
  'manufacturer-excluded': 'stop',
  'supplier-excluded': 'stop',
  'price-filter': 'stop',
  hidden: 'stop',
  'minimal-quantity': 'stop',
  'no-code': 'create',
  'code-check-digit': 'create',
  'code-length': 'create',
  'code-private': 'create',
  'out-of-stock': 'create',
  restricted: 'create',
  'condition-not-mapped': 'create',
  'price-zero': 'price',
  'price-below-minimum': 'price',
  'price-above-maximum': 'price',
  'price-below-cost': 'price',
  'currency-missing': 'price',
  'country-missing': 'price',
  'sku-empty': 'sku',
  'sku-too-long': 'sku',
  'sku-outer-spaces': 'sku',
  'sku-characters': 'sku',
  'sku-duplicate': 'sku',
  'sku-moved': 'sku',
} as const satisfies Record<string, VerdictKind>;

export type VerdictCode = keyof typeof verdictKinds;
