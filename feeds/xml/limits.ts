/**
 * How long the texts of a Product message may be, in characters (code points), after white space is folded.
 *
 * @source Amazon Product feed, set of 2021: maxLength of each element, proven with xmllint (checked 2026-11)
 */
export const TEXT_LIMITS = {
  title: 500,
  brand: 100,
  description: 2000,
  bulletPoint: 500,
  manufacturer: 100,
  mfrPartNumber: 40,
  /** One SearchTerms element since the set of 2021; five of them before. */
  searchTerms: 500,
  conditionNote: 2000,
  merchantShippingGroupName: 500,
  productTaxCode: 50,
  /** The name of a way of shipping in an Override message. */
  shipOption: 250,
} as const;

/**
 * How often an element may stand in its message.
 *
 * @source Amazon Product and Price feeds, set of 2021: maxOccurs; QuantityPrice1–5 (checked 2026-11)
 */
export const COUNT_LIMITS = {
  bulletPoints: 5,
  recommendedBrowseNodes: 2,
  quantityPrices: 5,
} as const;

/** Characters of a SKU; Amazon compares it byte by byte, so it is never cut. */
export const SKU_MAX_LENGTH = 40;

/** Business days of FulfillmentLatency: Amazon's schema wants more than 0, its seller pages no more than 30. */
export const HANDLING_DAYS = { min: 1, max: 30 } as const;
