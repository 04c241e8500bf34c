import { COMBINATION } from '../prestashop-database/combinations-reader.js';
import { pricedProductOf, priceItemOf } from '../prestashop-database/product-prices.js';
import { type ProductShopRow, productShopOf } from '../prestashop-database/products-reader.js';
import { integerOf } from '../prestashop-database/read-cell.js';
import type { SpecificPrice } from '../price-engine/specific-price.js';
import type { PricedProduct } from '../price-engine/view-pricer.js';
import type { AskedGround } from './asked-ground.js';
import type { AskedPrice, PriceAnswer } from './asked-price.js';
import type { AskedViews } from './asked-views.js';
import type { PriceRows } from './price-rows.js';

interface AskedProductTerms {
  readonly ground: AskedGround;
  readonly views: AskedViews;
  /** Specific prices of product 0. */
  readonly generalPrices: readonly SpecificPrice[];
}

/** One product about which questions are answered. Products are made in ascending order: they walk the rows side by side. */
export class AskedProduct {
  readonly #productId: number;
  readonly #rows: PriceRows;
  readonly #terms: AskedProductTerms;
  /** Null when this shop does not have the product. */
  readonly #shop: ProductShopRow | null;
  readonly #priced: PricedProduct;
  readonly #combinationIds: ReadonlySet<number>;

  constructor(productId: number, rows: PriceRows, terms: AskedProductTerms) {
    this.#productId = productId;
    this.#rows = rows;
    this.#terms = terms;
    const shopRow = rows.productShops.firstOf(productId);
    this.#shop = shopRow === undefined ? null : productShopOf(shopRow);
    const taxRulesGroupId = this.#shop?.taxRulesGroupId ?? 0;
    this.#priced = pricedProductOf(rows, terms.generalPrices, { productId, taxRulesGroupId });
    this.#combinationIds = new Set(rows.combinations.rowsOf(productId).map((row) => integerOf(row[COMBINATION.id])));
  }

  answer(asked: AskedPrice): PriceAnswer {
    const { shopId, combinationId } = asked;
    if (this.#shop === null) return { lacks: `Shop ${shopId} has no product ${this.#productId}.` };
    const pricedId = combinationId === 0 ? (this.#rows.defaultCombinations.get(this.#productId) ?? 0) : combinationId;
    const combination = this.#combinationIds.has(pricedId) ? this.#rows.combinationShops.get(pricedId) : undefined;
    if (combinationId !== 0 && combination === undefined)
      return { lacks: `Shop ${shopId} has no combination ${combinationId} of product ${this.#productId}.` };
    const view = this.#terms.views.of(asked);
    if ('lacks' in view) return view;
    const { pricer, currency, countryId, groupId, withGroupReduction } = view;
    pricer.startProduct(withGroupReduction ? this.#priced : { ...this.#priced, groupReductions: null });
    const quote = pricer.quote(priceItemOf(this.#shop, combination), combinationId);
    const { roundingMode } = this.#terms.ground.context;
    return { quote, currency, countryId, groupId, roundingMode };
  }
}
