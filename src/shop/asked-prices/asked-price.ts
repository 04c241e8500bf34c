import type { RoundingMode } from '../../core/money.js';
import type { PriceQuote } from '../price-engine/view-pricer.js';

/** One question to PrestaShop's price function: what, for whom, where, how many. */
export interface AskedPrice {
  readonly shopId: number;
  readonly productId: number;
  /** 0 = the product itself; of a product with combinations it is the default one that PrestaShop prices then. */
  readonly combinationId: number;
  /** The shop's id of the currency; null = the one with that ISO 4217 code. */
  readonly currencyId: number | null;
  /** Null = the one with that id; with neither it is the shop's default currency. */
  readonly currencyIso: string | null;
  /** Null = the shop's default country. */
  readonly countryId: number | null;
  /** 0 = none. */
  readonly stateId: number;
  /** "0" = none. */
  readonly zipcode: string;
  /** Null = the shop's visitor group. */
  readonly groupId: number | null;
  /** 0 = anonymous. */
  readonly customerId: number;
  readonly cartId: number;
  readonly quantity: number;
  readonly withGroupReduction: boolean;
}

/** What the shop answers. */
export interface AnsweredPrice {
  readonly quote: PriceQuote;
  readonly currency: { readonly id: number; readonly iso: string; readonly decimals: number };
  readonly countryId: number;
  readonly groupId: number;
  readonly roundingMode: RoundingMode;
}

/** Why a question has no answer, as a sentence: it names a thing that the shop lacks. */
export interface UnansweredPrice {
  readonly lacks: string;
}

export type PriceAnswer = AnsweredPrice | UnansweredPrice;

/** Answers questions about prices from the rows of a shop, by the readers and the engine of the export. */
export interface PriceSource {
  /**
   * @param asked about any products and shop contexts, in any order; all of them are read at once
   * @returns one answer each, in their order
   */
  answer(asked: readonly AskedPrice[]): Promise<readonly PriceAnswer[]>;
}
