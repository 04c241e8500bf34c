import type { Db } from '../../db/open-database.js';

/** What a product option is said for. Narrower rows win field by field: combination over product, marketplace over all. */
export interface OptionSubject {
  readonly shopId: number;
  readonly productId: number;
  /** 0 = the product with all its combinations. */
  readonly combinationId: number;
  /** 0 = every marketplace. */
  readonly marketplaceId: number;
}

/** The values of one row; null says nothing, and the wider row decides. */
export interface OptionValues {
  readonly disabled: boolean | null;
  readonly forceInStock: boolean | null;
  readonly noPrice: boolean | null;
  readonly noQuantity: boolean | null;
  readonly asin: string | null;
  readonly priceOverride: string | null;
  readonly bullet1: string | null;
  readonly bullet2: string | null;
  readonly bullet3: string | null;
  readonly bullet4: string | null;
  readonly bullet5: string | null;
  readonly conditionNote: string | null;
  readonly title: string | null;
  readonly description: string | null;
  readonly browseNode: string | null;
  readonly handlingTimeDays: number | null;
  readonly giftWrap: boolean | null;
  readonly giftMessage: boolean | null;
  readonly shippingTemplate: string | null;
  readonly shippingOverride: string | null;
  readonly amazonFulfilled: boolean | null;
  readonly amazonFulfilledSupplement: string | null;
}

export type OptionField = keyof OptionValues;
export type OptionValue = boolean | number | string;

export interface ProductOptionRow extends OptionSubject, OptionValues {
  /** Epoch milliseconds. */
  readonly changedAtMs: number;
}

/** Is told of every change inside its transaction, so that what the option can change is marked together with it. */
export type OptionChangeListener = (subject: OptionSubject, transaction: Db) => Promise<void>;
