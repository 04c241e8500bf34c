import { readRows } from '../../db/read-rows.js';
import { integerOf, textOf } from './read-cell.js';
import type { ShopReading } from './shop-identity.js';

/** Reads the names of all manufacturers, by id; they are not translated. */
export async function readManufacturerNames({ db, table }: ShopReading): Promise<ReadonlyMap<number, string>> {
  const rows = await readRows(db, `SELECT id_manufacturer, name FROM ${table('manufacturer')}`);
  return new Map(rows.map(([id, name]) => [integerOf(id), textOf(name)]));
}
