import type { ExactPrice } from '../../core/money.js';
import type { ItemPrice } from '../catalogue.js';
import { computePrice, type PriceItem, type PriceTerms } from './compute-price.js';
import { type PriceSegment, priceSegments, segmentAt } from './price-segments.js';
import { priceTimeline } from './price-timeline.js';
import type { ShopClock } from './shop-clock.js';
import type { PriceWanted, SpecificPrice } from './specific-price.js';
import { type RankedPrices, rankSpecificPrices } from './specific-price-rank.js';

/** One view with everything about the shop that its prices depend on. */
export interface PricingView {
  readonly wanted: PriceWanted;
  readonly rate: ExactPrice;
  readonly taxFactors: ReadonlyMap<number, ExactPrice>;
  readonly ecotaxTaxFactor: ExactPrice;
  /** The group's own percentage as a fraction; 0 when group reductions are switched off. */
  readonly groupReduction: ExactPrice;
  /** Used where the product has no priorities of its own. */
  readonly defaultPriorities: string;
  /** See `RankingRules`. Default true. */
  readonly cartRanks?: boolean;
}

/** All that PrestaShop's price function says of one item at one instant: amounts in the view's currency, exact, not rounded. */
export interface PriceQuote {
  /** The specific price that applies, null for none. */
  readonly winner: SpecificPrice | null;
  readonly taxExcluded: ExactPrice;
  readonly taxIncluded: ExactPrice;
  /** Without the winner's reduction; its fixed price still counts. */
  readonly taxExcludedBase: ExactPrice;
  readonly taxIncludedBase: ExactPrice;
}

/** What the prices of all items of one product share. */
export interface PricedProduct {
  readonly taxRulesGroupId: number;
  /** Rows of the product and of product 0; empty for most products. */
  readonly specificPrices: readonly SpecificPrice[];
  /** The product's own priorities, null = the shop's. */
  readonly priorities: string | null;
  /** Fractions that replace the group's own reduction, by group. */
  readonly groupReductions: ReadonlyMap<number, ExactPrice> | null;
}

const UNTAXED = 10n ** 12n;

/** Prices items for one view, product after product: `startProduct`, then `price` for each of its items. */
export class ViewPricer {
  readonly #view: PricingView;
  readonly #clock: ShopClock;
  readonly #atMs: number;
  #terms: PriceTerms;
  #ranked: RankedPrices | null = null;
  #generalSegments: readonly PriceSegment[] | null = null;

  /** @param atMs the instant for which prices are computed, epoch milliseconds */
  constructor(view: PricingView, clock: ShopClock, atMs: number) {
    this.#view = view;
    this.#clock = clock;
    this.#atMs = atMs;
    this.#terms = {
      rate: view.rate,
      currencyId: view.wanted.currencyId,
      taxFactor: UNTAXED,
      ecotaxTaxFactor: view.ecotaxTaxFactor,
      groupReduction: view.groupReduction,
      taxIncluded: true,
      withReduction: true,
    };
  }

  startProduct(product: PricedProduct): void {
    const { wanted, taxFactors, defaultPriorities, cartRanks = true } = this.#view;
    const taxFactor = taxFactors.get(product.taxRulesGroupId) ?? UNTAXED;
    const groupReduction = product.groupReductions?.get(wanted.groupId) ?? this.#view.groupReduction;
    if (taxFactor !== this.#terms.taxFactor || groupReduction !== this.#terms.groupReduction)
      this.#terms = { ...this.#terms, taxFactor, groupReduction };
    this.#generalSegments = null;
    this.#ranked =
      product.specificPrices.length === 0
        ? null
        : rankSpecificPrices(product.specificPrices, wanted, {
            priorities: product.priorities ?? defaultPriorities,
            cartRanks,
          });
  }

  /** The price of one item of the started product; combination 0 is the product itself. */
  price(item: PriceItem, combinationId: number): ItemPrice {
    const terms = this.#terms;
    if (this.#ranked === null) return { standard: computePrice(item, null, terms), steps: NO_STEPS };
    return priceTimeline(
      this.#segmentsOf(combinationId, this.#ranked),
      (winner) => computePrice(item, winner, terms),
      this.#atMs,
    );
  }

  /** What PrestaShop answers for one item of the started product at this instant; `price` says the same and how it goes on. */
  quote(item: PriceItem, combinationId: number): PriceQuote {
    const ranked = this.#ranked;
    const winner =
      ranked === null ? null : (segmentAt(this.#segmentsOf(combinationId, ranked), this.#atMs)?.winner ?? null);
    const amount = (taxIncluded: boolean, withReduction: boolean) =>
      computePrice(item, winner, { ...this.#terms, taxIncluded, withReduction });
    return {
      winner,
      taxExcluded: amount(false, true),
      taxIncluded: amount(true, true),
      taxExcludedBase: amount(false, false),
      taxIncludedBase: amount(true, false),
    };
  }

  #segmentsOf(combinationId: number, ranked: RankedPrices): readonly PriceSegment[] {
    const own = ranked.byCombination.get(combinationId);
    if (own !== undefined) return priceSegments(own, this.#clock);
    this.#generalSegments ??= priceSegments(ranked.general, this.#clock);
    return this.#generalSegments;
  }
}

const NO_STEPS: ItemPrice['steps'] = [];
