import type { SeedDay } from '../seed-day.js';
import { CURRENCY_IDS } from './currency-rows.js';
import { type DemoRow, type DemoTables, flag } from './demo-row.js';

interface TaxedCountry {
  readonly id: number;
  readonly iso: string;
  /** Percent on most goods and on printed books; null = the shop has no tax rule there. */
  readonly standard: string | null;
  readonly books: string | null;
}

/** Ids as PrestaShop numbers countries; the rates are the countries' usual ones, meant to be believable and no tax advice. */
const countries: readonly TaxedCountry[] = [
  { id: 1, iso: 'DE', standard: '19.000', books: '7.000' },
  { id: 2, iso: 'AT', standard: '20.000', books: '10.000' },
  { id: 3, iso: 'BE', standard: '21.000', books: '6.000' },
  { id: 6, iso: 'ES', standard: '21.000', books: '4.000' },
  { id: 8, iso: 'FR', standard: '20.000', books: '5.500' },
  { id: 10, iso: 'IT', standard: '22.000', books: '4.000' },
  { id: 13, iso: 'NL', standard: '21.000', books: '9.000' },
  { id: 14, iso: 'PL', standard: '23.000', books: '5.000' },
  { id: 17, iso: 'GB', standard: '20.000', books: '0.000' },
  { id: 18, iso: 'SE', standard: '25.000', books: '6.000' },
  { id: 19, iso: 'CH', standard: null, books: null },
  { id: 21, iso: 'US', standard: null, books: null },
  { id: 26, iso: 'IE', standard: '23.000', books: '0.000' },
];

/** Tax rules groups by what they are for. */
export const TAX_GROUP_IDS = { standard: 1, books: 2 } as const;

/** The shop's own country. */
export const FRANCE_ID = 8;

/**
 * The id of a country.
 *
 * @throws Error when the tables of the demo catalogue name a country that does not exist
 */
export function countryId(iso: string): number {
  const country = countries.find((one) => one.iso === iso);
  if (!country) throw new Error(`Expected the country ${iso} in the demo shop, found none.`);
  return country.id;
}

/** Rows of ps_country, ps_tax, ps_tax_rules_group and ps_tax_rule: one rate for each country and group. */
export function taxRows(day: SeedDay): DemoTables {
  const rates = [...new Set(countries.flatMap((one) => [one.standard, one.books]))].filter((rate) => rate !== null);
  return {
    country: countries.map((one) => ({
      id_country: one.id,
      id_zone: one.iso === 'US' ? 2 : 1,
      id_currency: one.iso === 'GB' ? CURRENCY_IDS.GBP : 0,
      iso_code: one.iso,
      active: flag(true),
      contains_states: flag(one.iso === 'US'),
    })),
    tax: rates.map((rate, index) => ({ id_tax: index + 1, rate, active: flag(true), deleted: flag(false) })),
    tax_rules_group: [
      taxGroup(TAX_GROUP_IDS.standard, 'Taux normal', day),
      taxGroup(TAX_GROUP_IDS.books, 'Livres', day),
    ],
    tax_rule: taxRules(rates),
  };
}

function taxGroup(id: number, name: string, day: SeedDay): DemoRow {
  const created = day.dateTime(-700);
  return {
    id_tax_rules_group: id,
    name,
    active: flag(true),
    deleted: flag(false),
    date_add: created,
    date_upd: created,
  };
}

function taxRules(rates: readonly string[]): readonly DemoRow[] {
  const groups = ['standard', 'books'] as const;
  const wanted = groups.flatMap((group) =>
    countries.map((country) => ({ group, country: country.id, rate: country[group] })),
  );
  return wanted
    .filter((one) => one.rate !== null)
    .map((one, index) => ({
      id_tax_rule: index + 1,
      id_tax_rules_group: TAX_GROUP_IDS[one.group],
      id_country: one.country,
      id_state: 0,
      zipcode_from: '0',
      zipcode_to: '0',
      id_tax: rates.indexOf(one.rate ?? '') + 1,
      behavior: 0,
      description: '',
    }));
}
