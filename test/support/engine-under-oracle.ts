import { type ExactPrice, parsePrice } from '../../src/core/money.js';
import { specificPriceOf } from '../../src/shop/prestashop-database/specific-prices-reader.js';
import { ShopClock } from '../../src/shop/price-engine/shop-clock.js';
import type { SpecificPrice } from '../../src/shop/price-engine/specific-price.js';
import { type TaxRule, taxFactorsOf } from '../../src/shop/price-engine/tax-rate.js';
import { ViewPricer } from '../../src/shop/price-engine/view-pricer.js';
import type { OracleBuyer, OracleShop, OracleSpecificPrice, OracleTaxRule } from './price-oracle.js';

const CLOCK = new ShopClock('Europe/Paris');
const ONE = parsePrice('1');

/** 13:00 by the shop's clock, and half a minute: only the minute counts. */
export const AT_MS = Date.parse('2026-11-21T12:00:31Z');

/** The engine with the rows of an oracle's shop, ready to be asked for its product. */
export function engineFor(shop: OracleShop, buyer: OracleBuyer, atMs = AT_MS) {
  const taxFactors = taxFactorsOf(shop.taxActive ? shop.taxRules.map(taxRuleOf) : [], {
    countryId: buyer.id_country,
    stateId: buyer.id_state,
    zipcode: buyer.zipcode,
  });
  const view = {
    wanted: {
      ...{ shopId: buyer.id_shop, currencyId: buyer.id_currency, countryId: buyer.id_country, groupId: buyer.id_group },
      ...{ customerId: buyer.id_customer, cartId: buyer.id_cart, quantity: buyer.quantity },
    },
    rate: parsePrice(shop.rate),
    taxFactors,
    ecotaxTaxFactor: taxFactors.get(shop.ecotaxTaxRulesGroup) ?? ONE,
    groupReduction: shop.groupsActive ? parsePrice(shop.groupReduction) / 100n : 0n,
    defaultPriorities: shop.priorities,
  };
  const cached = shop.groupsActive ? shop.cachedReduction : null;
  const pricer = new ViewPricer(view, CLOCK, atMs);
  pricer.startProduct({
    taxRulesGroupId: shop.taxRulesGroup,
    specificPrices: shop.specificPricesActive ? readRows(shop.specificPrices, buyer.id_product) : [],
    priorities: shop.productPriorities || null,
    groupReductions: cached === null ? null : new Map<number, ExactPrice>([[buyer.id_group, parsePrice(cached)]]),
  });
  return pricer;
}

/** What the shop's product is priced from, as the readers put it together. */
export function pricedItemOf(shop: OracleShop) {
  const own = parsePrice(shop.combination?.ecotax ?? '0');
  return {
    productPrice: parsePrice(shop.productPrice),
    combinationImpact: parsePrice(shop.combination?.price ?? '0'),
    ecotax: own > 0n ? own : parsePrice(shop.productEcotax),
  };
}

/** The readers fetch the rows of one product and of product 0. */
function readRows(rows: readonly OracleSpecificPrice[], productId: number): readonly SpecificPrice[] {
  return rows.filter((row) => row.id_product === 0 || row.id_product === productId).map(engineRowOf);
}

function engineRowOf(row: OracleSpecificPrice): SpecificPrice {
  return specificPriceOf([
    ...[row.id_specific_price, row.id_specific_price_rule, row.id_product, row.id_product_attribute, row.id_shop],
    ...[row.id_currency, row.id_country, row.id_group, row.from_quantity, row.price, row.reduction, row.reduction_type],
    ...[row.reduction_tax, row.from, row.to, row.id_customer, row.id_cart],
  ]);
}

function taxRuleOf(rule: OracleTaxRule): TaxRule {
  return {
    id: rule.id_tax_rule,
    taxRulesGroupId: rule.id_tax_rules_group,
    countryId: rule.id_country,
    stateId: rule.id_state,
    zipcodeFrom: rule.zipcode_from,
    zipcodeTo: rule.zipcode_to,
    behavior: rule.behavior,
    ratePercent: parsePrice(rule.rate),
  };
}
