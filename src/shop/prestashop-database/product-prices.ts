import type { ItemPriceFault, ItemPriceResult } from '../catalogue.js';
import type { PriceItem } from '../price-engine/compute-price.js';
import type { SpecificPrice } from '../price-engine/specific-price.js';
import { ViewPricer } from '../price-engine/view-pricer.js';
import type { BatchRows } from './batch-rows.js';
import type { ReadPlan } from './read-plan.js';
import { specificPriceOf } from './specific-prices-reader.js';

const NOT_SOLD: ItemPriceResult = { standard: 0n, steps: [] };

/** Prices the items of one batch in every asked view, product after product in ascending order. */
export class ProductPrices {
  readonly #rows: BatchRows;
  readonly #generalPrices: readonly SpecificPrice[];
  readonly #pricers: readonly (ViewPricer | ItemPriceFault)[];
  readonly #notSold: readonly ItemPriceResult[];

  constructor(plan: ReadPlan, rows: BatchRows) {
    this.#rows = rows;
    this.#generalPrices = plan.generalPrices;
    this.#pricers = plan.views.map((view) =>
      'fault' in view ? view : new ViewPricer(view, plan.ground.clock, plan.atMs),
    );
    this.#notSold = this.#pricers.map((pricer) => ('fault' in pricer ? pricer : NOT_SOLD));
  }

  startProduct(productId: number, taxRulesGroupId: number): void {
    if (this.#pricers.length === 0) return;
    const own = this.#rows.specificPrices.rowsOf(productId);
    const product = {
      taxRulesGroupId,
      specificPrices: own.length === 0 ? this.#generalPrices : [...own.map(specificPriceOf), ...this.#generalPrices],
      priorities: this.#rows.priorities.get(productId) || null,
      groupReductions: this.#rows.groupReductions.get(productId) ?? null,
    };
    for (const pricer of this.#pricers) if (pricer instanceof ViewPricer) pricer.startProduct(product);
  }

  /** One result per view, in the order asked. */
  of(item: PriceItem, combinationId: number): readonly ItemPriceResult[] {
    return this.#pricers.map((pricer) => (pricer instanceof ViewPricer ? pricer.price(item, combinationId) : pricer));
  }

  /** The same for an item that is not in this shop: price 0. */
  ofNotSold(): readonly ItemPriceResult[] {
    return this.#notSold;
  }
}
