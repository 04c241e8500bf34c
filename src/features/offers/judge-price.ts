import { type ExactPrice, formatMinor } from '../../core/money.js';
import { makeVerdict, NO_VERDICTS } from './make-verdict.js';
import type { MarketplaceOfferSettings } from './offer-settings.js';
import { priceText } from './round-price.js';
import type { PriceSchedule } from './sale-window.js';
import type { Verdict } from './verdict.js';

/** What a price is held against. */
export interface PriceBounds {
  readonly settings: Pick<MarketplaceOfferSettings, 'currency' | 'currencyDecimals' | 'minimumPrice' | 'maximumPrice'>;
  /** One minor unit as an exact amount. */
  readonly minorUnit: ExactPrice;
  /** The cost, tax excluded, in the marketplace's currency; null when it is not asked for or not known. */
  readonly cost: ExactPrice | null;
}

/**
 * Which bounds an amount to be sent breaks: 0, minimum, maximum, cost. A price is withheld then, never moved to the bound.
 *
 * The cost knows no tax and the price holds it, at a rate that nobody here knows: only what is a loss at any rate is refused, so a
 * price above the cost may still lose money by the tax.
 *
 * @returns the faults of the standard price; when it has none, those of the sale, which is part of the same value
 */
export function judgePrice(schedule: PriceSchedule, bounds: PriceBounds): readonly Verdict[] {
  const verdicts = judgeAmount(schedule.standard, '', bounds);
  if (verdicts.length > 0 || schedule.sale === null) return verdicts;
  return judgeAmount(schedule.sale.amount, ' (sale)', bounds);
}

function judgeAmount(amount: bigint, remark: string, bounds: PriceBounds): readonly Verdict[] {
  const { settings, minorUnit, cost } = bounds;
  const priceOf = () => `${formatMinor(amount, settings.currencyDecimals)} ${settings.currency}${remark}`;
  if (amount <= 0n) return [makeVerdict('price-zero', { price: priceOf() })];
  const exact = amount * minorUnit;
  const { minimumPrice, maximumPrice } = settings;
  let verdicts = NO_VERDICTS;
  if (minimumPrice !== null && exact < minimumPrice)
    verdicts = [
      ...verdicts,
      makeVerdict('price-below-minimum', { price: priceOf(), limit: limitText(minimumPrice, bounds) }),
    ];
  if (maximumPrice !== null && exact > maximumPrice)
    verdicts = [
      ...verdicts,
      makeVerdict('price-above-maximum', { price: priceOf(), limit: limitText(maximumPrice, bounds) }),
    ];
  if (cost !== null && exact < cost)
    verdicts = [...verdicts, makeVerdict('price-below-cost', { price: priceOf(), limit: limitText(cost, bounds) })];
  return verdicts;
}

function limitText(limit: ExactPrice, { settings }: PriceBounds): string {
  return `${priceText(limit, settings.currencyDecimals, 'half-up')} ${settings.currency}`;
}
