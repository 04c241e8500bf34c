import type { Knex } from 'knex';
import { type ExactPrice, parsePrice } from '../../src/core/money.js';
import { computePrice, type PriceItem, type PriceTerms } from '../../src/shop/price-engine/compute-price.js';
import { priceSegments } from '../../src/shop/price-engine/price-segments.js';
import { ShopClock } from '../../src/shop/price-engine/shop-clock.js';
import type { SpecificPrice } from '../../src/shop/price-engine/specific-price.js';
import { rankSpecificPrices } from '../../src/shop/price-engine/specific-price-rank.js';
import { type TaxRule, taxFactorsOf } from '../../src/shop/price-engine/tax-rate.js';
import type { OraclePrice } from './prestashop-prices.js';

/** The four prices that the oracle knows of one row, as numbers for comparing. */
export interface EnginePrices {
  readonly taxIncluded: number;
  readonly taxExcluded: number;
  readonly taxIncludedBase: number;
  readonly taxExcludedBase: number;
}

type Values = Readonly<Record<string, string | number | null>>;

/** Prices rows by the engine alone, from tables that are read here anew: quantities and customers the adapter never asks for. */
export async function readEnginePrices(
  db: Knex,
  shopId: number,
  rows: readonly OraclePrice[],
): Promise<readonly EnginePrices[]> {
  const tables = await readTables(db, shopId);
  return rows.map((row) => enginePrices(tables, shopId, row));
}

type Tables = Awaited<ReturnType<typeof readTables>>;

async function readTables(db: Knex, shopId: number) {
  const all = async (sql: string): Promise<readonly Values[]> => (await db.raw(sql))[0];
  const rules = await all(
    `SELECT r.*, t.rate FROM ps_tax_rule r JOIN ps_tax_rules_group g USING (id_tax_rules_group)
     LEFT JOIN ps_tax t ON t.id_tax = r.id_tax WHERE g.active = 1`,
  );
  const keyed = (values: readonly Values[], ...keys: string[]) =>
    new Map(values.map((value) => [keys.map((key) => value[key]).join('-'), value]));
  return {
    products: keyed(await all(`SELECT * FROM ps_product_shop WHERE id_shop = ${shopId}`), 'id_product'),
    combinations: keyed(
      await all(`SELECT * FROM ps_product_attribute_shop WHERE id_shop = ${shopId}`),
      'id_product_attribute',
    ),
    specificPrices: (await all('SELECT * FROM ps_specific_price')).map(specificPriceOf),
    priorities: keyed(await all('SELECT * FROM ps_specific_price_priority'), 'id_product'),
    groups: keyed(await all('SELECT * FROM ps_group'), 'id_group'),
    groupCache: keyed(await all('SELECT * FROM ps_product_group_reduction_cache'), 'id_product', 'id_group'),
    rates: keyed(await all(`SELECT * FROM ps_currency_shop WHERE id_shop = ${shopId}`), 'id_currency'),
    taxRules: rules.map(taxRuleOf),
  };
}

function enginePrices(tables: Tables, shopId: number, row: OraclePrice): EnginePrices {
  const item = itemOf(tables, row);
  const winner = winnerOf(tables, shopId, row);
  const price = (taxIncluded: boolean, withReduction: boolean) =>
    Number(computePrice(item, winner, { ...termsOf(tables, row), taxIncluded, withReduction })) / 1e12;
  return {
    taxIncluded: price(true, true),
    taxExcluded: price(false, true),
    taxIncludedBase: price(true, false),
    taxExcludedBase: price(false, false),
  };
}

function itemOf(tables: Tables, row: OraclePrice): PriceItem {
  const product = tables.products.get(row.id_product);
  const combination = tables.combinations.get(row.id_product_attribute);
  const own = amount(combination?.ecotax);
  return {
    productPrice: amount(product?.price),
    combinationImpact: amount(combination?.price),
    ecotax: own > 0n ? own : amount(product?.ecotax),
  };
}

function winnerOf(tables: Tables, shopId: number, row: OraclePrice): SpecificPrice | null {
  const rows = tables.specificPrices.filter((price) => price.productId === Number(row.id_product));
  const wanted = {
    shopId,
    currencyId: Number(row.id_currency),
    countryId: Number(row.id_country),
    groupId: Number(row.id_group),
    customerId: Number(row.id_customer),
    cartId: 0,
    quantity: Number(row.quantity),
  };
  const priorities = tables.priorities.get(row.id_product)?.priority ?? 'id_group;id_currency;id_country;id_shop';
  const ranked = rankSpecificPrices(rows, wanted, { priorities: String(priorities) });
  const own = ranked.byCombination.get(Number(row.id_product_attribute)) ?? ranked.general;
  const at = Date.parse('2026-11-21T12:00:00Z');
  return priceSegments(own, new ShopClock('Europe/Paris')).findLast(({ startMs }) => startMs <= at)?.winner ?? null;
}

function termsOf(tables: Tables, row: OraclePrice): Omit<PriceTerms, 'taxIncluded' | 'withReduction'> {
  const factors = taxFactorsOf(tables.taxRules, { countryId: Number(row.id_country), stateId: 0, zipcode: '0' });
  const one = parsePrice('1');
  const cached = tables.groupCache.get(`${row.id_product}-${row.id_group}`);
  return {
    rate: amount(tables.rates.get(row.id_currency)?.conversion_rate),
    currencyId: Number(row.id_currency),
    taxFactor: factors.get(Number(tables.products.get(row.id_product)?.id_tax_rules_group)) ?? one,
    // PS_ECOTAX_TAX_RULES_GROUP_ID of the shared databases.
    ecotaxTaxFactor: factors.get(3) ?? one,
    groupReduction: cached ? amount(cached.reduction) : amount(tables.groups.get(row.id_group)?.reduction) / 100n,
  };
}

function specificPriceOf(row: Values): SpecificPrice {
  const number = (column: string) => Number(row[column]);
  const date = (column: string) => (String(row[column]).startsWith('0000') ? null : String(row[column]));
  const fixed = amount(row.price);
  return {
    id: number('id_specific_price'),
    ruleId: number('id_specific_price_rule'),
    cartId: number('id_cart'),
    productId: number('id_product'),
    combinationId: number('id_product_attribute'),
    shopId: number('id_shop'),
    currencyId: number('id_currency'),
    countryId: number('id_country'),
    groupId: number('id_group'),
    customerId: number('id_customer'),
    fromQuantity: number('from_quantity'),
    fixedPrice: fixed < 0n ? null : fixed,
    reduction: amount(row.reduction),
    reductionType: row.reduction_type === 'amount' ? 'amount' : 'percentage',
    reductionWithTax: number('reduction_tax') === 1,
    from: date('from'),
    to: date('to'),
  };
}

function taxRuleOf(row: Values): TaxRule {
  return {
    id: Number(row.id_tax_rule),
    taxRulesGroupId: Number(row.id_tax_rules_group),
    countryId: Number(row.id_country),
    stateId: Number(row.id_state),
    zipcodeFrom: String(row.zipcode_from),
    zipcodeTo: String(row.zipcode_to),
    behavior: Number(row.behavior),
    ratePercent: amount(row.rate),
  };
}

function amount(value: string | number | null | undefined): ExactPrice {
  return value === null || value === undefined ? 0n : parsePrice(String(value));
}
