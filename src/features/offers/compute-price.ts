import { defineError } from '../../core/errors.js';
import { type ExactPrice, formatMinor, multiplyPrice } from '../../core/money.js';
import type { CatalogueItem, ItemPrice, ItemPriceFault } from '../../shop/catalogue.js';
import { judgePrice } from './judge-price.js';
import { makeVerdict, NO_VERDICTS } from './make-verdict.js';
import type { OfferPrice } from './offer.js';
import type { OfferFrame } from './offer-frame.js';
import type { ItemWithOptions } from './offer-settings.js';
import { amountOfOverride, amountOfShopPrice, supplementOf } from './price-chain.js';
import { priceText } from './round-price.js';
import { type PriceSchedule, schedulePrice } from './sale-window.js';
import type { Verdict } from './verdict.js';

/** A price, or why it is withheld; both empty when the product says that none is to be sent. */
export interface PriceOutcome {
  readonly price: OfferPrice | null;
  readonly verdicts: readonly Verdict[];
}

export const PriceViewMissing = defineError<{ viewIndex: number; views: number; productId: number }>(
  'PRICE_VIEW_MISSING',
  500,
  ({ viewIndex, views, productId }) =>
    `Expected price ${viewIndex} of product ${productId}, but it was read with ${views} price views. Ask the catalogue for one per marketplace.`,
);

const NO_PRICE: PriceOutcome = { price: null, verdicts: NO_VERDICTS };

/**
 * What an item costs on one marketplace: the shop's final price → price rule → override → supplement → rounding, once → bounds.
 *
 * A sale goes the same way. An override replaces the shop's price, so it needs none, and has no sale. Without rules the result is
 * the price that PrestaShop shows. Out of bounds is withheld with a verdict, never clamped; so is a price of 0 in the shop, even if
 * a rule or supplement would lift it.
 *
 * @throws PriceViewMissing when the item was read without a price for this marketplace
 */
export function computePrice({ item, options }: ItemWithOptions, frame: OfferFrame): PriceOutcome {
  if (options.noPrice === true) return NO_PRICE;
  const supplement = supplementOf(options);
  if (options.priceOverride !== null) {
    const standard = amountOfOverride(options.priceOverride, supplement, frame);
    return judged({ standard, sale: null }, item, frame);
  }
  const shopPrice = item.prices[frame.viewIndex];
  if (shopPrice === undefined)
    throw new PriceViewMissing({
      viewIndex: frame.viewIndex,
      views: item.prices.length,
      productId: item.productId,
    });
  if ('fault' in shopPrice) return { price: null, verdicts: [judgeShopFault(shopPrice, frame)] };
  const { settings, roundingMode } = frame;
  if (frame.sendsShopPrice && supplement === 0n && shopPrice.steps.length === 0) {
    const standard = priceText(shopPrice.standard, settings.currencyDecimals, roundingMode);
    if (shopPrice.standard > 0n && standard !== frame.zeroPrice)
      return { price: { currency: settings.currency, standard, sale: null }, verdicts: NO_VERDICTS };
  }
  return judged(scheduleShopPrice(shopPrice, supplement, frame), item, frame);
}

function scheduleShopPrice(price: ItemPrice, supplement: ExactPrice, frame: OfferFrame): PriceSchedule {
  return schedulePrice(price, frame, (shopPrice) =>
    shopPrice > 0n ? amountOfShopPrice(shopPrice, supplement, frame) : 0n,
  );
}

function judged(schedule: PriceSchedule, item: CatalogueItem, frame: OfferFrame): PriceOutcome {
  const { settings } = frame;
  const verdicts = judgePrice(schedule, { settings, minorUnit: frame.minorUnit, cost: costOf(item, frame) });
  if (verdicts.length > 0) return { price: null, verdicts };
  const { standard, sale } = schedule;
  const price: OfferPrice = {
    currency: settings.currency,
    standard: formatMinor(standard, settings.currencyDecimals),
    sale: sale && {
      startDay: sale.startDay,
      endDay: sale.endDay,
      price: formatMinor(sale.amount, settings.currencyDecimals),
    },
  };
  return { price, verdicts: NO_VERDICTS };
}

function costOf(item: CatalogueItem, frame: OfferFrame): ExactPrice | null {
  return item.cost === null || frame.costRate === null ? null : multiplyPrice(item.cost, frame.costRate);
}

function judgeShopFault({ fault }: ItemPriceFault, { settings }: OfferFrame): Verdict {
  return fault === 'currency-missing'
    ? makeVerdict('currency-missing', { currency: settings.currency })
    : makeVerdict('country-missing', { country: settings.country });
}
