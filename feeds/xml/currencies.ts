/**
 * The currencies that Amazon's XML feeds know; CHF and ZAR are not among them.
 *
 * @source Amazon base schema, currency codes (checked 2026-11)
 */
export const FEED_CURRENCIES = [
  ...(['USD', 'GBP', 'EUR', 'JPY', 'CAD', 'CNY', 'INR', 'AUD', 'BRL'] as const),
  ...(['MXN', 'TRY', 'AED', 'SAR', 'SGD', 'SEK', 'PLN', 'EGP'] as const),
] as const;

export type FeedCurrency = (typeof FEED_CURRENCIES)[number];

const known: ReadonlySet<string> = new Set(FEED_CURRENCIES);

/** Tells whether prices in this currency (ISO 4217) can be written into an XML feed. */
export function isFeedCurrency(currency: string): currency is FeedCurrency {
  return known.has(currency);
}
