import { parsePrice } from '../../src/core/money.js';
import type { PriceTerms } from '../../src/shop/price-engine/compute-price.js';
import type { PriceWanted, SpecificPrice } from '../../src/shop/price-engine/specific-price.js';

/** A specific price for everybody that changes nothing, but for the fields given. */
export function specificPrice(fields: Partial<SpecificPrice> = {}): SpecificPrice {
  return {
    ...{ id: 1, ruleId: 0, cartId: 0, productId: 1, combinationId: 0, shopId: 0, currencyId: 0, countryId: 0 },
    ...{ groupId: 0, customerId: 0, fromQuantity: 1, fixedPrice: null, reduction: 0n, reductionType: 'amount' },
    ...{ reductionWithTax: true, from: null, to: null },
    ...fields,
  };
}

/** An anonymous visitor of shop 1 who wants one piece in currency 1, country 8, group 1. */
export const VISITOR: PriceWanted = {
  ...{ shopId: 1, currencyId: 1, countryId: 8, groupId: 1, customerId: 0, cartId: 0, quantity: 1 },
};

export const DEFAULT_PRIORITIES = 'id_group;id_currency;id_country;id_shop';

/** Terms in the default currency with 20 % tax, but for the fields given. */
export function priceTerms(fields: Partial<PriceTerms> = {}): PriceTerms {
  return {
    rate: parsePrice('1'),
    currencyId: 1,
    taxFactor: parsePrice('1.2'),
    ecotaxTaxFactor: parsePrice('1.055'),
    groupReduction: 0n,
    taxIncluded: true,
    withReduction: true,
    ...fields,
  };
}
