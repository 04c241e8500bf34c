import { checkedAmount, checkedCount, checkedDateTime, checkedSku } from './checked-values.js';
import type { FeedCurrency } from './currencies.js';
import type { FeedMessage } from './feed-message.js';
import { InvalidFeedInput } from './invalid-feed-input.js';
import { COUNT_LIMITS } from './limits.js';
import { amountElement, parentElement, textElement, type XmlElement } from './xml-element.js';

/** The price of one SKU on one marketplace. Every amount is a decimal text in `currency`, tax included: "29.90". */
export interface PriceInput {
  readonly sku: string;
  readonly currency: FeedCurrency;
  readonly standardPrice: string;
  /** For business customers; in the same currency, which the message does not repeat. */
  readonly businessPrice?: string | undefined;
  readonly quantityPrices?: QuantityPrices | undefined;
  readonly minimumSellerAllowedPrice?: string | undefined;
  readonly maximumSellerAllowedPrice?: string | undefined;
  /** The price below which the brand lets nobody advertise (MAP). */
  readonly minimumAdvertisedPrice?: string | undefined;
  readonly sale?: Sale | undefined;
}

/** A message that leaves the sale out keeps the one Amazon has: to end it, send one whose end has passed. */
export interface Sale {
  /** First instant, with its zone: "2026-11-21T00:00:00+01:00". */
  readonly startsAt: string;
  /** First instant after the sale. */
  readonly endsAt: string;
  readonly salePrice: string;
}

export interface QuantityPrices {
  /** `fixed`: `price` is an amount. `percent`: it is the percentage taken off the business price. */
  readonly type: 'fixed' | 'percent';
  /** At most five, their lower bounds rising. */
  readonly steps: readonly QuantityPriceStep[];
}

export interface QuantityPriceStep {
  /** Pieces from which the step holds, from 1. */
  readonly lowerBound: number;
  readonly price: string;
}

/**
 * Makes the Price message of a SKU.
 *
 * @throws InvalidFeedInput when an amount is no plain decimal, an instant has no zone, a sale ends before it starts, or the
 *   quantity steps are too many or do not rise
 * @source Amazon Price feed, set of 2021: element order, four decimals, Sale with both dates (checked 2026-11)
 */
export function priceMessage(input: PriceInput): FeedMessage {
  const { sku, currency } = input;
  const children = [textElement('SKU', checkedSku('SKU', sku))];
  const addPrice = (name: string, amount: string | undefined) => {
    if (amount !== undefined) children.push(amountElement(name, checkedAmount(sku, name, amount), currency));
  };
  addPrice('StandardPrice', input.standardPrice);
  if (input.businessPrice !== undefined) {
    children.push(textElement('BusinessPrice', checkedAmount(sku, 'BusinessPrice', input.businessPrice)));
  }
  if (input.quantityPrices && input.quantityPrices.steps.length > 0) {
    children.push(textElement('QuantityPriceType', input.quantityPrices.type));
    children.push(parentElement('QuantityPrice', quantityPriceElements(sku, input.quantityPrices.steps)));
  }
  addPrice('MinimumSellerAllowedPrice', input.minimumSellerAllowedPrice);
  addPrice('MaximumSellerAllowedPrice', input.maximumSellerAllowedPrice);
  addPrice('MAP', input.minimumAdvertisedPrice);
  if (input.sale) children.push(saleElement(input, input.sale));
  return { operationType: 'Update', body: parentElement('Price', children) };
}

function saleElement({ sku, currency }: PriceInput, sale: Sale): XmlElement {
  const start = checkedDateTime(sku, 'StartDate', sale.startsAt);
  const end = checkedDateTime(sku, 'EndDate', sale.endsAt);
  if (Date.parse(start) >= Date.parse(end)) {
    throw new InvalidFeedInput({ sku, field: 'EndDate', expected: `an instant after ${start}`, received: end });
  }
  return parentElement('Sale', [
    textElement('StartDate', start),
    textElement('EndDate', end),
    amountElement('SalePrice', checkedAmount(sku, 'SalePrice', sale.salePrice), currency),
  ]);
}

function quantityPriceElements(sku: string, steps: readonly QuantityPriceStep[]): XmlElement[] {
  if (steps.length > COUNT_LIMITS.quantityPrices) {
    const expected = `at most ${COUNT_LIMITS.quantityPrices} steps`;
    throw new InvalidFeedInput({ sku, field: 'QuantityPrice', expected, received: steps.length });
  }
  return steps.flatMap((step, index) => {
    const boundField = `QuantityLowerBound${index + 1}`;
    const bound = checkedCount({ sku, field: boundField, min: 1 }, step.lowerBound);
    const before = steps[index - 1]?.lowerBound ?? 0;
    if (step.lowerBound <= before) {
      throw new InvalidFeedInput({
        sku,
        field: boundField,
        expected: `more than ${before}`,
        received: step.lowerBound,
      });
    }
    const priceField = `QuantityPrice${index + 1}`;
    return [textElement(priceField, checkedAmount(sku, priceField, step.price)), textElement(boundField, bound)];
  });
}
