import type { ExactPrice } from '../../core/money.js';

/** One row of ps_specific_price. 0 in an id means "every". */
export interface SpecificPrice {
  readonly id: number;
  /** 0 = made by hand; else the catalogue price rule that generated the row. */
  readonly ruleId: number;
  readonly cartId: number;
  readonly productId: number;
  readonly combinationId: number;
  readonly shopId: number;
  readonly currencyId: number;
  readonly countryId: number;
  readonly groupId: number;
  readonly customerId: number;
  readonly fromQuantity: number;
  /** Tax excluded, replaces the product's price; null keeps it (the column says -1). */
  readonly fixedPrice: ExactPrice | null;
  /** An amount, or a fraction (0.2 = 20 %) when `reductionType` is percentage. */
  readonly reduction: ExactPrice;
  readonly reductionType: 'amount' | 'percentage';
  /** Whether an amount is meant tax included. */
  readonly reductionWithTax: boolean;
  /** Shop-local "2026-11-21 14:05:00", null = open on that side. */
  readonly from: string | null;
  readonly to: string | null;
}

/** For whom and how many a price is wanted; customer and cart are 0 for an anonymous visitor. */
export interface PriceWanted {
  readonly shopId: number;
  /** -1 when the shop lacks the currency: then only rows for every currency concern the view. */
  readonly currencyId: number;
  readonly countryId: number;
  readonly groupId: number;
  readonly customerId: number;
  readonly cartId: number;
  readonly quantity: number;
}
