import { type ExactPrice, multiplyPrice, priceFromMinor } from '../../core/money.js';
import type { ItemPriceFault, ItemPriceResult } from '../catalogue.js';
import type { PriceItem } from '../price-engine/compute-price.js';
import type { SpecificPrice } from '../price-engine/specific-price.js';
import { ViewPricer } from '../price-engine/view-pricer.js';
import type { BatchScope } from './batch-scope.js';
import type { PlannedView } from './pricing-reader.js';

/** When PrestaShop was asked for its figures, epoch milliseconds. */
export interface AskedTime {
  readonly startMs: number;
  readonly endMs: number;
}

/** Specific prices by product; null where the key may not read what prices by the clock are computed from. */
export type ProductSpecificPrices = ReadonlyMap<number, readonly SpecificPrice[]> | null;

/** What of the computed prices was believed. */
export interface PriceTally {
  /** Items of which PrestaShop gave another price in some view than was computed here. */
  differing: number;
  /** One of them, 0 for none. */
  exampleProductId: number;
}

interface JudgedView {
  readonly planned: PlannedView;
  /** The price as it goes on, for the instant of the query. */
  readonly timeline: ViewPricer;
  /** The price at the instants at which PrestaShop was asked. */
  readonly asked: readonly ViewPricer[];
}

const ONE = priceFromMinor(1n, 0);

/**
 * PrestaShop gives six decimals, computed in floating point and rounded by the shop's own mode, so that its last one may differ
 * from the exact figure.
 */
const TOLERANCE = 2n * priceFromMinor(1n, 6);

const NO_STEPS: readonly never[] = [];

/**
 * Prices the items of one batch: by the engine where it and PrestaShop agree about the price of now, else by PrestaShop's figure.
 *
 * The Webservice does not show everything that makes a price (priorities of a product, what modules do). PrestaShop's own figure
 * of now is right whatever made it, but says nothing of later: an item of which the two differ has that price and no steps, and
 * the next sweep sees it change.
 */
export class JudgedPrices {
  readonly #scope: BatchScope;
  readonly #specificPrices: ProductSpecificPrices;
  readonly #views: readonly (JudgedView | ItemPriceFault)[];
  readonly #tally: PriceTally;

  constructor(
    scope: BatchScope,
    specificPrices: ProductSpecificPrices,
    { asked, tally }: { readonly asked: AskedTime; readonly tally: PriceTally },
  ) {
    this.#scope = scope;
    this.#specificPrices = specificPrices;
    this.#tally = tally;
    const { clock } = scope.ground;
    const instants =
      clock.minuteAt(asked.startMs) === clock.minuteAt(asked.endMs) ? [asked.startMs] : Object.values(asked);
    this.#views = scope.display.pricing.views.map((planned) =>
      'fault' in planned
        ? planned
        : {
            planned,
            timeline: new ViewPricer(planned.view, clock, scope.atMs),
            asked: instants.map((atMs) => new ViewPricer(planned.asked, clock, atMs)),
          },
    );
  }

  startProduct(productId: number, taxRulesGroupId: number): void {
    const { generalPrices } = this.#scope.display.pricing;
    if (this.#specificPrices === null || generalPrices === null) return;
    const own = this.#specificPrices.get(productId) ?? [];
    const product = {
      taxRulesGroupId,
      specificPrices: [...own, ...generalPrices],
      // Neither is exposed: where they matter, PrestaShop's figure differs.
      priorities: null,
      groupReductions: null,
    };
    for (const view of this.#views)
      if (!('fault' in view)) for (const pricer of [view.timeline, ...view.asked]) pricer.startProduct(product);
  }

  /**
   * One result per view, in the order asked.
   *
   * @param figures PrestaShop's, one per planned view
   */
  of(
    item: PriceItem,
    { productId, combinationId }: { readonly productId: number; readonly combinationId: number },
    figures: readonly ExactPrice[],
  ): readonly ItemPriceResult[] {
    let next = 0;
    let differs = false;
    const results = this.#views.map((view) => {
      if ('fault' in view) return view;
      const figure = figures[next++] ?? 0n;
      const whole = this.#computed(view, { item, combinationId, figure });
      if (whole !== null) return whole;
      differs = true;
      return { standard: priceOf(figure, view.planned), steps: NO_STEPS };
    });
    if (differs && this.#specificPrices !== null) {
      this.#tally.differing += 1;
      this.#tally.exampleProductId ||= productId;
    }
    return results;
  }

  /** The engine's price, null when it is not PrestaShop's. */
  #computed(
    { planned, timeline, asked }: JudgedView,
    { item, combinationId, figure }: { item: PriceItem; combinationId: number; figure: ExactPrice },
  ): ItemPriceResult | null {
    if (this.#specificPrices === null || this.#scope.display.pricing.generalPrices === null) return null;
    const expected = afterGroup(figure, planned);
    const agrees = asked.some((pricer) => isNear(pricer.quote(item, combinationId).taxIncluded, expected));
    return agrees ? timeline.price(item, combinationId) : null;
  }
}

/** PrestaShop's figure in the view's currency, with the group's reduction that its Webservice never takes off. */
function priceOf(figure: ExactPrice, planned: PlannedView): ExactPrice {
  return multiplyPrice(afterGroup(figure, planned), planned.rate);
}

function afterGroup(figure: ExactPrice, { view }: PlannedView): ExactPrice {
  return multiplyPrice(figure, ONE - view.groupReduction);
}

function isNear(a: ExactPrice, b: ExactPrice): boolean {
  return a - b <= TOLERANCE && b - a <= TOLERANCE;
}
