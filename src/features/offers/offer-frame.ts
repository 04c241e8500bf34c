import { type ExactPrice, formatMinor } from '../../core/money.js';
import type { ShopContext } from '../../shop/catalogue.js';
import { LocalDays } from './local-days.js';
import type { MarketplaceOfferSettings, PoolOfferSettings, SkuSource } from './offer-settings.js';
import { type PriceChain, priceChain } from './price-chain.js';
import type { SaleMoment } from './sale-window.js';

/** What the offers of one marketplace are computed with; made once for many items. */
export interface OfferFrame extends PriceChain, SaleMoment {
  readonly settings: MarketplaceOfferSettings;
  readonly context: ShopContext;
  readonly skuSource: SkuSource;
  /** Which of an item's prices is this marketplace's. */
  readonly viewIndex: number;
  readonly want: OfferWants;
  readonly costRate: ExactPrice | null;
  /** Whether a price goes out exactly as the shop rounds it: nothing of the chain changes or bounds it. */
  readonly sendsShopPrice: boolean;
  /** A price of nothing as it would be written, "0.00". */
  readonly zeroPrice: string;
}

/** Parts that are computed only when a run asks for them. */
export interface OfferWants {
  readonly metadata: boolean;
  readonly images: boolean;
}

export interface OfferBasis {
  readonly settings: MarketplaceOfferSettings;
  readonly context: ShopContext;
  readonly skuSource: SkuSource;
  readonly viewIndex: number;
  readonly want: OfferWants;
  /** The instant for which the catalogue's prices were read, epoch milliseconds. */
  readonly atMs: number;
  /**
   * Units of the marketplace's currency for one of the shop's default currency, exact. Needed only to hold prices against costs;
   * left out, costs count where both currencies are the same and nowhere else.
   */
  readonly costRate?: ExactPrice;
}

const ONE_TO_ONE: ExactPrice = 10n ** 12n;

/**
 * Prepares what all offers of one marketplace share.
 *
 * @throws UnknownTimeZone when the marketplace's zone is none
 */
export function offerFrame(basis: OfferBasis): OfferFrame {
  const { settings, context } = basis;
  const days = new LocalDays(settings.timeZone);
  const sameCurrency = settings.currency === context.defaultCurrency;
  return {
    ...priceChain(settings, context.roundingMode),
    settings,
    context,
    skuSource: basis.skuSource,
    viewIndex: basis.viewIndex,
    want: basis.want,
    atMs: basis.atMs,
    days,
    today: days.dayOf(basis.atMs),
    costRate: settings.refuseBelowCost ? (basis.costRate ?? (sameCurrency ? ONE_TO_ONE : null)) : null,
    sendsShopPrice:
      settings.priceRules.length === 0 &&
      settings.rounding === 'none' &&
      settings.minimumPrice === null &&
      settings.maximumPrice === null &&
      !settings.refuseBelowCost,
    zeroPrice: formatMinor(0n, settings.currencyDecimals),
  };
}

/** What the quantities of one account are computed with; made once for many items. */
export interface PoolFrame {
  readonly pool: PoolOfferSettings;
  /** Without it the shop's quantities mean nothing. */
  readonly stockManagement: boolean;
  /** The shop's day: availability dates are the shop's. */
  readonly today: string;
}

/**
 * Prepares what all quantities of one account share.
 *
 * @param atMs epoch milliseconds
 * @throws UnknownTimeZone when the shop's zone is none
 */
export function poolFrame(pool: PoolOfferSettings, context: ShopContext, atMs: number): PoolFrame {
  return {
    pool,
    stockManagement: context.stockManagement,
    today: new LocalDays(context.timeZone).dayOf(atMs),
  };
}
