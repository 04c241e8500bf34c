import { readRows } from '../../db/read-rows.js';
import type { BatchReading } from './batch-reading.js';
import { rangeOf } from './product-range.js';
import { integerOf, textOf } from './read-cell.js';
import { TranslatedText } from './translated-text.js';

/** A product's texts in every language that was read. */
export interface ProductTexts {
  readonly name: TranslatedText;
  readonly description: TranslatedText;
  readonly shortDescription: TranslatedText;
}

const NO_PRODUCT = 0;

/**
 * Reads names and descriptions of the batch's products in some languages; products without a name or a description in any
 * of them are read once more in all languages. Always two statements, also when none is left to read.
 *
 * @param languageIds at least one; the shop's default language is among them
 */
export async function readProductTexts(
  reading: BatchReading,
  languageIds: readonly number[],
): Promise<ReadonlyMap<number, ProductTexts>> {
  const texts = new Map<number, ProductTexts>();
  await addTexts(reading, `AND id_lang IN (${languageIds.join(', ')})`, texts);
  const nameless = [...texts].filter(([, found]) => found.name.empty || found.description.empty).map(([id]) => id);
  await addTexts({ ...reading, products: rangeOf(nameless.length > 0 ? nameless : [NO_PRODUCT]) }, '', texts);
  return texts;
}

async function addTexts(
  { db, table, shop, products }: BatchReading,
  languages: string,
  texts: Map<number, ProductTexts>,
): Promise<void> {
  const rows = await readRows(
    db,
    `SELECT id_product, id_lang, name, description, description_short FROM ${table('product_lang')}
     WHERE ${products.where('id_product')} AND id_shop = ${shop.shopId} ${languages}`,
  );
  for (const [product, language, name, description, shortDescription] of rows) {
    const id = integerOf(product);
    const known = texts.get(id) ?? emptyTexts();
    texts.set(id, known);
    known.name.add(integerOf(language), textOf(name));
    known.description.add(integerOf(language), textOf(description));
    known.shortDescription.add(integerOf(language), textOf(shortDescription));
  }
}

function emptyTexts(): ProductTexts {
  return { name: new TranslatedText(), description: new TranslatedText(), shortDescription: new TranslatedText() };
}

/** Reads the address part of the batch's products in one language, by product. */
export async function readLinkRewrites(
  { db, table, shop, products }: BatchReading,
  languageId: number,
): Promise<ReadonlyMap<number, string>> {
  const rows = await readRows(
    db,
    `SELECT id_product, link_rewrite FROM ${table('product_lang')}
     WHERE ${products.where('id_product')} AND id_shop = ${shop.shopId} AND id_lang = ${languageId}`,
  );
  return new Map(rows.map(([product, rewrite]) => [integerOf(product), textOf(rewrite)]));
}
