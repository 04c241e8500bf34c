import { readRows } from '../../db/read-rows.js';
import { flagOf, integerOf, textOf } from './read-cell.js';
import type { ShopReading } from './shop-identity.js';

export interface ShopLanguage {
  readonly id: number;
  /** ISO 639-1, lower case. */
  readonly iso: string;
  readonly active: boolean;
}

/** Reads the languages of one shop context, by id. */
export async function readLanguages({ db, table }: ShopReading, shopId: number): Promise<readonly ShopLanguage[]> {
  const rows = await readRows(
    db,
    `SELECT l.id_lang AS id, l.iso_code AS iso, l.active AS active
     FROM ${table('lang')} l JOIN ${table('lang_shop')} s ON s.id_lang = l.id_lang
     WHERE s.id_shop = ${shopId} ORDER BY l.id_lang`,
  );
  return rows.map(([id, iso, active]) => ({
    id: integerOf(id),
    iso: textOf(iso).toLowerCase(),
    active: flagOf(active),
  }));
}
