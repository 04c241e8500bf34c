import type { ExactPrice } from '../../core/money.js';
import { readRows } from '../../db/read-rows.js';
import { decimalOf, integerOf } from './read-cell.js';
import type { ShopReading } from './shop-identity.js';

/** Reads every customer group's own reduction as a fraction (7.50 % = 0.075), by group. */
export async function readGroupReductions({ db, table }: ShopReading): Promise<ReadonlyMap<number, ExactPrice>> {
  const rows = await readRows(db, `SELECT id_group, reduction FROM ${table('group')}`);
  return new Map(rows.map(([id, percent]) => [integerOf(id), decimalOf(percent) / 100n]));
}
