import type { ItemTexts } from '../catalogue.js';
import type { AttributeNames } from '../prestashop-database/attributes-reader.js';
import type { BatchContent } from './batch-reader.js';
import type { BatchScope } from './batch-scope.js';
import type { ShopCombination } from './combination-records.js';
import { type ProductTexts, type ShopProduct, translated } from './product-records.js';

/** Tags are compared as PrestaShop's database does, without case. */
const BY_NAME = new Intl.Collator('en', { sensitivity: 'base' });

/**
 * Puts the texts of one item together.
 *
 * @returns by language, ISO 639-1; null when no texts were asked for
 */
export function itemTextsOf(
  scope: BatchScope,
  tags: BatchContent['tags'],
  { product, combination }: { readonly product: ShopProduct; readonly combination: ShopCombination | null },
): ReadonlyMap<string, ItemTexts> | null {
  if (product.texts === null) return null;
  const { defaultLanguageId } = scope;
  const texts = inLanguages(scope, product.texts);
  const attributes = attributesOf(scope, combination);
  return new Map(
    scope.languages.map(({ iso, id }) => {
      const name = texts.name.in(id, defaultLanguageId);
      const description = texts.description.in(id, defaultLanguageId);
      return [
        iso,
        {
          name: name.text,
          description: description.text,
          shortDescription: texts.shortDescription.in(id, defaultLanguageId).text,
          tags: tagsIn(id, product, tags),
          attributes: attributes.map(({ group, value }) => ({
            group: group.in(id, defaultLanguageId).text,
            value: value.in(id, defaultLanguageId).text,
          })),
          fallback: name.fallback || description.fallback,
        },
      ];
    }),
  );
}

/** The wanted languages and the default one; all of them where a name or a description is in none of those. */
function inLanguages(scope: BatchScope, texts: ProductTexts) {
  const known = scope.languages.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const wanted = new Set([...known, scope.defaultLanguageId]);
  const read = (languages?: ReadonlySet<number>) => ({
    name: translated(texts.name, languages),
    description: translated(texts.description, languages),
    shortDescription: translated(texts.shortDescription, languages),
  });
  const found = read(wanted);
  return found.name.empty || found.description.empty ? read() : found;
}

function tagsIn(languageId: number | undefined, product: ShopProduct, tags: BatchContent['tags']): readonly string[] {
  const own = product.tagIds
    .map((id) => tags.get(id))
    .filter((tag) => tag !== undefined && tag.languageId === languageId);
  return own.map((tag) => tag?.name ?? '').sort(BY_NAME.compare);
}

function attributesOf(scope: BatchScope, combination: ShopCombination | null): readonly AttributeNames[] {
  return (combination?.valueIds ?? [])
    .flatMap((id) => scope.attributes.get(id) ?? [])
    .sort((a, b) => a.groupPosition - b.groupPosition || a.groupId - b.groupId);
}
