import { type ExactPrice, priceFromMinor } from '../../core/money.js';
import type { SpecificPrice } from './specific-price.js';

/** Everything about the buyer that enters a price of one product. Factors and fractions are exact amounts: 1.2 = 120 %. */
export interface PriceTerms {
  /** Units of the wanted currency for one unit of the shop's default currency. */
  readonly rate: ExactPrice;
  readonly currencyId: number;
  /** 1 + the product's tax rate in the destination country. */
  readonly taxFactor: ExactPrice;
  /** 1 + the ecotax's tax rate there. */
  readonly ecotaxTaxFactor: ExactPrice;
  /** Fraction taken off for the customer group, 0 when none. */
  readonly groupReduction: ExactPrice;
  readonly taxIncluded: boolean;
  /** False gives PrestaShop's price "before reduction": fixed prices still count. */
  readonly withReduction: boolean;
}

/** The item's own amounts, tax excluded, in the shop's default currency. */
export interface PriceItem {
  readonly productPrice: ExactPrice;
  /** Added to the product's price; 0 for a product without combinations. */
  readonly combinationImpact: ExactPrice;
  /** The combination's when above 0, else the product's. */
  readonly ecotax: ExactPrice;
}

const ONE = priceFromMinor(1n, 0);
const HALF = ONE / 2n;

/**
 * Computes PrestaShop's final unit price of one item.
 *
 * PrestaShop computes in binary floating point, and PHP rounds to 15 figures before it rounds to the wanted decimals: what is half a cent on paper is
 * half a cent there. Exact numbers give the same (no difference in 17,280 measured prices to six decimals), so paper decides.
 *
 * @param item the item's amounts
 * @param winner the specific price that applies, null for none
 * @param terms for whom
 * @returns in the wanted currency, never negative, rounded only to the exact price's own 10^-12
 * @source PrestaShop classes/Product.php priceCalculation (measured facts, section 4.2)
 */
export function computePrice(item: PriceItem, winner: SpecificPrice | null, terms: PriceTerms): ExactPrice {
  let price = priceBeforeReduction(item, winner, terms);
  if (winner !== null && terms.withReduction && winner.reduction !== 0n) price -= reductionOf(price, winner, terms);
  if (terms.groupReduction !== 0n) price -= (price * terms.groupReduction) / ONE;
  return price <= 0n ? 0n : (price + HALF) / ONE;
}

// Inside, amounts count 10^-24: the product of two exact prices needs no division, and what a division cuts off can never
// reach the twelfth decimal that is kept.

function priceBeforeReduction(item: PriceItem, winner: SpecificPrice | null, terms: PriceTerms): bigint {
  const net = netPrice(item, winner, terms);
  const taxed = terms.taxIncluded ? (net * terms.taxFactor) / ONE : net;
  if (item.ecotax === 0n) return taxed;
  const ecotax = item.ecotax * terms.rate;
  return taxed + (terms.taxIncluded ? (ecotax * terms.ecotaxTaxFactor) / ONE : ecotax);
}

function netPrice(item: PriceItem, winner: SpecificPrice | null, terms: PriceTerms): bigint {
  if (winner === null || winner.fixedPrice === null) return (item.productPrice + item.combinationImpact) * terms.rate;
  const base = winner.fixedPrice * (winner.currencyId === terms.currencyId ? ONE : terms.rate);
  return winner.combinationId === 0 ? base + item.combinationImpact * terms.rate : base;
}

function reductionOf(price: bigint, winner: SpecificPrice, terms: PriceTerms): bigint {
  if (winner.reductionType === 'percentage') return (price * winner.reduction) / ONE;
  const amount = winner.reduction * (winner.currencyId === 0 ? terms.rate : ONE);
  if (terms.taxIncluded === winner.reductionWithTax) return amount;
  return terms.taxIncluded ? (amount * terms.taxFactor) / ONE : (amount * ONE) / terms.taxFactor;
}
