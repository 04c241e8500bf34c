import { readRows } from '../../db/read-rows.js';
import { integerOf, textOf } from './read-cell.js';
import type { ShopReading } from './shop-identity.js';

/** Reads the ids of all countries, by ISO 3166-1 alpha-2 code in upper case; one that is switched off still has its taxes. */
export async function readCountryIds({ db, table }: ShopReading): Promise<ReadonlyMap<string, number>> {
  const rows = await readRows(db, `SELECT iso_code, id_country FROM ${table('country')} ORDER BY id_country`);
  return new Map(rows.map(([iso, id]) => [textOf(iso).toUpperCase(), integerOf(id)]));
}
