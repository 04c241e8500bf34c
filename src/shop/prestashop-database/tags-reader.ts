import { readRows } from '../../db/read-rows.js';
import type { BatchReading } from './batch-reading.js';
import { integerOf, textOf } from './read-cell.js';

/** By product, then language id: the tags, sorted. Tags are not translated: each language has its own. */
export type ProductTags = ReadonlyMap<number, ReadonlyMap<number, readonly string[]>>;

/** Reads the tags of the batch's products in some languages (at least one). */
export async function readProductTags(
  { db, table, products }: BatchReading,
  languageIds: readonly number[],
): Promise<ProductTags> {
  const rows = await readRows(
    db,
    `SELECT p.id_product AS product, p.id_lang AS language, t.name AS name FROM ${table('product_tag')} p
     JOIN ${table('tag')} t ON t.id_tag = p.id_tag
     WHERE ${products.where('p.id_product')} AND p.id_lang IN (${languageIds.join(', ')})
     ORDER BY p.id_product, p.id_lang, t.name`,
  );
  const tags = new Map<number, Map<number, string[]>>();
  for (const [product, language, name] of rows) {
    const byLanguage = tags.get(integerOf(product)) ?? new Map<number, string[]>();
    tags.set(integerOf(product), byLanguage);
    const list = byLanguage.get(integerOf(language)) ?? [];
    list.push(textOf(name));
    byLanguage.set(integerOf(language), list);
  }
  return tags;
}
