import type { ExactPrice } from '../../core/money.js';
import { readRows } from '../../db/read-rows.js';
import { decimalOf, integerOf, textOf } from './read-cell.js';
import type { ShopReading } from './shop-identity.js';

export interface CurrencyRow {
  readonly id: number;
  /** ISO 4217, upper case. */
  readonly iso: string;
  readonly decimals: number;
  /** Units of it for one unit of the shop's default currency, by this shop's own rate. */
  readonly rate: ExactPrice;
}

const MOST_DECIMALS = 6;

/**
 * Reads the currencies that one shop context offers: active, not deleted, with a rate of this shop.
 *
 * @param displayPrecision PS_PRICE_DISPLAY_PRECISION: the decimals of every currency in a shop whose currencies have none of their own
 */
export async function readCurrencies(
  { db, table, columns }: ShopReading,
  shopId: number,
  displayPrecision: number,
): Promise<readonly CurrencyRow[]> {
  const rows = await readRows(
    db,
    `SELECT c.id_currency AS id, c.iso_code AS iso, ${columns.sql('currency.precision', 'c')} AS decimals, s.conversion_rate AS rate
     FROM ${table('currency')} c JOIN ${table('currency_shop')} s ON s.id_currency = c.id_currency
     WHERE s.id_shop = ${shopId} AND c.active = 1 AND c.deleted = 0 ORDER BY c.id_currency`,
  );
  return rows.map(([id, iso, decimals, rate]) => ({
    id: integerOf(id),
    iso: textOf(iso).toUpperCase(),
    decimals: Math.min(Math.max(decimals === null ? displayPrecision : integerOf(decimals), 0), MOST_DECIMALS),
    rate: decimalOf(rate),
  }));
}
