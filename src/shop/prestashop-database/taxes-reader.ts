import { readRows } from '../../db/read-rows.js';
import type { TaxRule } from '../price-engine/tax-rate.js';
import { decimalOf, integerOf, textOf } from './read-cell.js';
import type { ShopReading } from './shop-identity.js';

/** Where buyers may live; at least one country. Rules for all states of a country are always among those found. */
export interface TaxedPlaces {
  readonly countryIds: readonly number[];
  readonly stateIds: readonly number[];
}

/**
 * Reads the tax rules of active groups for some countries, of all zip codes. Whether the tax itself is active or
 * deleted is not looked at, as PrestaShop does not either.
 */
export async function readTaxRules(
  { db, table }: ShopReading,
  { countryIds, stateIds }: TaxedPlaces,
): Promise<readonly TaxRule[]> {
  const rows = await readRows(
    db,
    `SELECT r.id_tax_rule AS id, r.id_tax_rules_group AS rules_group, r.id_country AS country, r.id_state AS state,
       r.zipcode_from AS zip_from, r.zipcode_to AS zip_to, r.behavior AS behavior, t.rate AS rate
     FROM ${table('tax_rule')} r
     JOIN ${table('tax_rules_group')} g ON g.id_tax_rules_group = r.id_tax_rules_group AND g.active = 1
     LEFT JOIN ${table('tax')} t ON t.id_tax = r.id_tax
     WHERE r.id_state IN (${[0, ...stateIds].join(', ')}) AND r.id_country IN (${countryIds.join(', ')})`,
  );
  return rows.map((row) => ({
    id: integerOf(row[0]),
    taxRulesGroupId: integerOf(row[1]),
    countryId: integerOf(row[2]),
    stateId: integerOf(row[3]),
    zipcodeFrom: textOf(row[4]),
    zipcodeTo: textOf(row[5]),
    behavior: integerOf(row[6]),
    ratePercent: decimalOf(row[7]),
  }));
}
