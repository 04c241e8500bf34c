import { readFileSync } from 'node:fs';
import type { Knex } from 'knex';

/** One specific price to add, in the columns of ps_specific_price; what is not said is "for everybody". */
export type SpecificPriceColumns = Readonly<Record<string, string | number>>;

export interface DatedPriceCase {
  readonly name: string;
  readonly productId: number;
  readonly combinationId: number;
  readonly rows: readonly SpecificPriceColumns[];
  readonly standard: string;
  readonly steps: readonly { start: string; end: string; price: string; standard: string }[];
}

/** The cases of test/fixtures/shop/dated-prices.json and the instant they are meant for. */
export function readDatedPrices(): { at: string; cases: readonly DatedPriceCase[] } {
  return JSON.parse(readFileSync('test/fixtures/shop/dated-prices.json', 'utf8'));
}

/** Adds specific prices of one product to a PrestaShop database. */
export async function addSpecificPrices(
  db: Knex,
  productId: number,
  rows: readonly SpecificPriceColumns[],
): Promise<void> {
  const zero = '0000-00-00 00:00:00';
  const everybody = {
    ...{ id_specific_price_rule: 0, id_cart: 0, id_shop: 0, id_shop_group: 0, id_currency: 0, id_country: 0 },
    ...{ id_group: 0, id_customer: 0, id_product_attribute: 0, price: '-1.000000', from_quantity: 1 },
    ...{ reduction: '0.000000', reduction_tax: 1, reduction_type: 'amount', from: zero, to: zero },
  };
  const complete = rows.map((row) => ({ ...everybody, id_product: productId, ...row }));
  if (complete.length > 0) await db('ps_specific_price').insert(complete);
}
