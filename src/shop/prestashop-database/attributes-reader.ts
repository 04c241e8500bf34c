import { readRows } from '../../db/read-rows.js';
import type { BatchReading } from './batch-reading.js';
import { integerOf, textOf } from './read-cell.js';
import type { ShopReading } from './shop-identity.js';
import { TranslatedText } from './translated-text.js';

/** One value such as "M" of a group such as "Size", with its names by language id. */
export interface AttributeNames {
  readonly groupPosition: number;
  readonly groupId: number;
  readonly group: TranslatedText;
  readonly value: TranslatedText;
}

/** Reads the names of all attribute values in all languages, by attribute; once per run, not per batch. */
export async function readAttributeNames(reading: ShopReading): Promise<ReadonlyMap<number, AttributeNames>> {
  const groups = await readNames(reading, 'attribute_group_lang', ['id_attribute_group', 'public_name']);
  const values = await readNames(reading, 'attribute_lang', ['id_attribute', 'name']);
  const rows = await readRows(
    reading.db,
    `SELECT a.id_attribute AS attribute, a.id_attribute_group AS attribute_group, g.position AS position
     FROM ${reading.table('attribute')} a
     JOIN ${reading.table('attribute_group')} g ON g.id_attribute_group = a.id_attribute_group`,
  );
  const none = new TranslatedText();
  return new Map(
    rows.map(([attribute, group, position]) => [
      integerOf(attribute),
      {
        groupPosition: integerOf(position),
        groupId: integerOf(group),
        group: groups.get(integerOf(group)) ?? none,
        value: values.get(integerOf(attribute)) ?? none,
      },
    ]),
  );
}

async function readNames(
  { db, table }: ShopReading,
  name: 'attribute_group_lang' | 'attribute_lang',
  [idColumn, textColumn]: readonly [string, string],
): Promise<ReadonlyMap<number, TranslatedText>> {
  const names = new Map<number, TranslatedText>();
  for (const [id, language, text] of await readRows(
    db,
    `SELECT ${idColumn}, id_lang, ${textColumn} FROM ${table(name)}`,
  )) {
    const known = names.get(integerOf(id)) ?? new TranslatedText();
    known.add(integerOf(language), textOf(text));
    names.set(integerOf(id), known);
  }
  return names;
}

/** Reads which attributes make up each combination of the batch: attribute ids by combination. */
export async function readCombinationAttributes({
  db,
  table,
  products,
}: BatchReading): Promise<ReadonlyMap<number, readonly number[]>> {
  const rows = await readRows(
    db,
    `SELECT a.id_product_attribute AS combination, c.id_attribute AS attribute FROM ${table('product_attribute')} a
     JOIN ${table('product_attribute_combination')} c ON c.id_product_attribute = a.id_product_attribute
     WHERE ${products.where('a.id_product')}`,
  );
  const attributes = new Map<number, number[]>();
  for (const [combination, attribute] of rows) {
    const known = attributes.get(integerOf(combination));
    if (known === undefined) attributes.set(integerOf(combination), [integerOf(attribute)]);
    else known.push(integerOf(attribute));
  }
  return attributes;
}
