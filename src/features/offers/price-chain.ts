import {
  type ExactPrice,
  multiplyPrice,
  PRICE_SCALE,
  parsePrice,
  priceFromMinor,
  type RoundingMode,
} from '../../core/money.js';
import type { MarketplaceOfferSettings, PriceRule, ProductOptions } from './offer-settings.js';
import { roundPrice } from './round-price.js';

const ONE = 10n ** BigInt(PRICE_SCALE);

/** What turns a price of the shop into the one that is sent. */
export interface PriceChain {
  readonly settings: Pick<
    MarketplaceOfferSettings,
    'currencyDecimals' | 'priceRules' | 'rounding' | 'attractiveEndingMinor'
  >;
  readonly roundingMode: RoundingMode;
  /** One minor unit as an exact amount. */
  readonly minorUnit: ExactPrice;
}

/** Prepares what all prices of one marketplace share. */
export function priceChain(settings: PriceChain['settings'], roundingMode: RoundingMode): PriceChain {
  return { settings, roundingMode, minorUnit: priceFromMinor(1n, settings.currencyDecimals) };
}

/**
 * A shop price by the marketplace's rules, with the supplement, rounded once.
 *
 * @param supplement see `supplementOf`
 * @returns minor units; 0 or less when nothing is left of it
 */
export function amountOfShopPrice(shopPrice: ExactPrice, supplement: ExactPrice, chain: PriceChain): bigint {
  return roundSellingPrice(applyPriceRules(shopPrice, chain) + supplement, chain);
}

/** The override of the product's Amazon tab with the supplement, rounded once, in minor units. */
export function amountOfOverride(override: string, supplement: ExactPrice, chain: PriceChain): bigint {
  return roundSellingPrice(parsePrice(override) + supplement, chain);
}

/** What is added because Amazon ships the item; 0 for the others. */
export function supplementOf(options: ProductOptions): ExactPrice {
  if (options.amazonFulfilled !== true || options.amazonFulfilledSupplement === null) return 0n;
  return parsePrice(options.amazonFulfilledSupplement);
}

/**
 * Changes a price by the first rule whose range holds it.
 *
 * The range is found by the price that people see, rounded: 8.333333 with 20 % tax is 9.9999996 inside and 10.00 in the shop,
 * and a rule from 10 must meet it. What is changed is the exact price.
 */
export function applyPriceRules(price: ExactPrice, chain: PriceChain): ExactPrice {
  const { priceRules, currencyDecimals } = chain.settings;
  if (priceRules.length === 0) return price;
  const seen = roundPrice(price, currencyDecimals, chain.roundingMode) * chain.minorUnit;
  const rule = priceRules.find((one) => holds(one, seen));
  if (rule === undefined) return price;
  return multiplyPrice(price, ONE + rule.percent / 100n) + rule.value;
}

/**
 * Rounds a price the way the marketplace asks for, in one step, by the shop's rounding mode.
 *
 * `attractive` gives the nearest price with the ending (99: 29.40 → 28.99, 29.60 → 29.99), or the one above or below where the
 * shop rounds up or down; never less than the ending itself.
 *
 * @returns minor units of the currency; 0 when the price is not above 0
 */
export function roundSellingPrice(price: ExactPrice, chain: PriceChain): bigint {
  if (price <= 0n) return 0n;
  const { currencyDecimals: decimals, rounding } = chain.settings;
  if (rounding === 'one-digit') return roundToDigits(price, 1, chain);
  if (rounding === 'two-digits') return roundToDigits(price, 2, chain);
  if (rounding === 'attractive') return roundToEnding(price, chain);
  return roundPrice(price, decimals, chain.roundingMode);
}

function holds(rule: PriceRule, price: ExactPrice): boolean {
  return price >= rule.from && (rule.to === null || price < rule.to);
}

function roundToDigits(price: ExactPrice, digits: number, chain: PriceChain): bigint {
  const { currencyDecimals: decimals } = chain.settings;
  const kept = Math.min(digits, decimals);
  return roundPrice(price, kept, chain.roundingMode) * 10n ** BigInt(decimals - kept);
}

function roundToEnding(price: ExactPrice, chain: PriceChain): bigint {
  const { currencyDecimals: decimals, attractiveEndingMinor } = chain.settings;
  // 99 repeats every 100 minor units, 999 every 1,000.
  const digits = Math.max(2, String(attractiveEndingMinor).length);
  const ending = BigInt(attractiveEndingMinor);
  const step = 10n ** BigInt(digits);
  const steps = roundPrice(price - ending * chain.minorUnit, decimals - digits, chain.roundingMode);
  const minor = steps * step + ending;
  if (minor > 0n) return minor;
  return ending > 0n ? ending : step;
}
