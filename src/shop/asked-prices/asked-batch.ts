import { groupBy } from '../../core/group-by.js';
import { readCataloguePage } from '../prestashop-database/catalogue-page.js';
import { priceScopeOf } from '../prestashop-database/price-scope.js';
import { readTables } from '../prestashop-database/read-tables.js';
import type { ShopReading } from '../prestashop-database/shop-identity.js';
import { readGeneralPrices, type SpecificPriceScope } from '../prestashop-database/specific-prices-reader.js';
import { readTaxRules } from '../prestashop-database/taxes-reader.js';
import type { SpecificPrice } from '../price-engine/specific-price.js';
import type { AskedGround } from './asked-ground.js';
import type { AskedPrice, PriceAnswer } from './asked-price.js';
import { AskedProduct } from './asked-product.js';
import { AskedViews } from './asked-views.js';
import { readPriceRows } from './price-rows.js';

/** A question with its place among others. */
export interface PlacedQuestion {
  readonly asked: AskedPrice;
  readonly place: number;
}

/** Its answer. */
export interface PlacedAnswer {
  readonly place: number;
  readonly answer: PriceAnswer;
}

/** What all questions of one batch share. */
interface BatchTerms {
  readonly scope: SpecificPriceScope;
  readonly generalPrices: readonly SpecificPrice[];
  readonly views: AskedViews;
  readonly groupIds: readonly number[];
}

const MOST_PRODUCTS = 300;
const MOST_COMBINATIONS = 20_000;

/** Questions about one shop context that are answered together: its products are read page by page, whatever the order of the questions. */
export class AskedBatch {
  readonly #reading: ShopReading;
  readonly #ground: AskedGround;
  readonly #atMs: number;

  constructor(reading: ShopReading, ground: AskedGround, atMs: number) {
    this.#reading = reading;
    this.#ground = ground;
    this.#atMs = atMs;
  }

  /** @returns an answer for every question about a product that there is, in the order of products */
  async *answers(questions: readonly PlacedQuestion[]): AsyncGenerator<PlacedAnswer, void> {
    const terms = await this.#termsOf(questions.map((question) => question.asked));
    const byProduct = groupBy(questions, (question) => question.asked.productId);
    const productIds = [...byProduct.keys()].sort((a, b) => a - b);
    const request = { selection: { kind: 'products', productIds }, ...LIMITS } as const;
    let after: number | null = 0;
    while (after !== null) {
      const page = await readCataloguePage(this.#reading, { ...request, after });
      if (page === null) return;
      const batch = { ...this.#reading, shop: this.#ground.identity, products: page.range, extents: page.extents };
      const rows = await readPriceRows(batch, terms.scope, terms.groupIds);
      for (const { id } of page.products) {
        const product = new AskedProduct(id, rows, { ...terms, ground: this.#ground });
        for (const { asked, place } of byProduct.get(id) ?? []) yield { place, answer: product.answer(asked) };
      }
      after = page.nextAfter;
    }
  }

  async #termsOf(asked: readonly AskedPrice[]): Promise<BatchTerms> {
    const ground = this.#ground;
    const scope = priceScopeOf(ground, this.#atMs, {
      quantity: Math.max(...asked.map((one) => one.quantity)),
      customerIds: distinct(asked.map((one) => one.customerId)),
      cartIds: distinct(asked.map((one) => one.cartId)),
    });
    const { generalPrices } = await readTables(this.#reading.db, {
      generalPrices: readGeneralPrices({ ...this.#reading, shop: ground.identity }, scope),
    });
    const places = { countryIds: [...ground.countryIds], stateIds: distinct(asked.map((one) => one.stateId)) };
    const taxRules = ground.configuration.flag('PS_TAX') ? await readTaxRules(this.#reading, places) : [];
    const groupIds = ground.configuration.flag('PS_GROUP_FEATURE_ACTIVE') ? [...ground.groupReductions.keys()] : [];
    const cartRanks = this.#reading.columns.has(TELLS_CART_RANK);
    const views = new AskedViews({ ground, taxRules, cartRanks, atMs: this.#atMs });
    return { scope, generalPrices, views, groupIds };
  }
}

const LIMITS = { mostProducts: MOST_PRODUCTS, mostCombinations: MOST_COMBINATIONS } as const;

/** 1.7.0 brought the column, and let rows for a cart come before others. */
const TELLS_CART_RANK = 'product.state';

function distinct(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)];
}
