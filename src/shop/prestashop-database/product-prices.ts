import type { Row } from '../../db/read-rows.js';
import type { ItemPriceFault, ItemPriceResult } from '../catalogue.js';
import type { PriceItem } from '../price-engine/compute-price.js';
import type { SpecificPrice } from '../price-engine/specific-price.js';
import { type PricedProduct, ViewPricer } from '../price-engine/view-pricer.js';
import type { BatchRows } from './batch-rows.js';
import { COMBINATION_SHOP } from './combinations-reader.js';
import type { ProductShopRow } from './products-reader.js';
import { decimalOf } from './read-cell.js';
import type { ReadPlan } from './read-plan.js';
import { specificPriceOf } from './specific-prices-reader.js';

/** What an item of the shop is priced from; the combination's row is none for a product without combinations. */
export function priceItemOf(shop: ProductShopRow, combination: Row | undefined): PriceItem {
  const ecotax = decimalOf(combination?.[COMBINATION_SHOP.ecotax]);
  return {
    productPrice: shop.price,
    combinationImpact: decimalOf(combination?.[COMBINATION_SHOP.price]),
    ecotax: ecotax > 0n ? ecotax : shop.ecotax,
  };
}

/** The rows of one batch that say for whom which product is cheaper. */
export type PriceTermRows = Pick<BatchRows, 'specificPrices' | 'priorities' | 'groupReductions'>;

/**
 * What all items of one product share; products must be asked in ascending order.
 *
 * @param generalPrices the specific prices of product 0
 */
export function pricedProductOf(
  rows: PriceTermRows,
  generalPrices: readonly SpecificPrice[],
  { productId, taxRulesGroupId }: { readonly productId: number; readonly taxRulesGroupId: number },
): PricedProduct {
  const own = rows.specificPrices.rowsOf(productId);
  return {
    taxRulesGroupId,
    specificPrices: own.length === 0 ? generalPrices : [...own.map(specificPriceOf), ...generalPrices],
    priorities: rows.priorities.get(productId) || null,
    groupReductions: rows.groupReductions.get(productId) ?? null,
  };
}

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
    const product = pricedProductOf(this.#rows, this.#generalPrices, { productId, taxRulesGroupId });
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
