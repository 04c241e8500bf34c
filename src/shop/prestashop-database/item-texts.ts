import type { ItemTexts } from '../catalogue.js';
import { type AttributeNames, readAttributeNames, readCombinationAttributes } from './attributes-reader.js';
import type { BatchReading } from './batch-reading.js';
import { defaultLanguageOf, type ShopGround } from './shop-ground.js';
import type { ShopReading } from './shop-identity.js';
import { type ProductTags, readProductTags } from './tags-reader.js';
import { type ProductTexts, readProductTexts } from './texts-reader.js';

/** The languages whose texts are wanted, and what all batches of a run share about them. */
export interface TextPlan {
  /** ISO code and id; the id is undefined where the shop lacks the language. */
  readonly languages: readonly { readonly iso: string; readonly id: number | undefined }[];
  readonly defaultLanguageId: number;
  readonly attributes: ReadonlyMap<number, AttributeNames>;
}

/**
 * Prepares the reading of texts.
 *
 * @param isoCodes ISO 639-1, at least one
 */
export async function planTexts(
  reading: ShopReading,
  ground: ShopGround,
  isoCodes: readonly string[],
): Promise<TextPlan> {
  return {
    languages: isoCodes.map((iso) => ({
      iso,
      id: ground.languages.find((known) => known.iso === iso.toLowerCase())?.id,
    })),
    defaultLanguageId: defaultLanguageOf(ground).id,
    attributes: await readAttributeNames(reading),
  };
}

/** The texts of one batch, from which each item's are put together. */
export class BatchTexts {
  readonly #plan: TextPlan;
  readonly #texts: ReadonlyMap<number, ProductTexts>;
  readonly #tags: ProductTags;
  readonly #combinations: ReadonlyMap<number, readonly number[]>;

  private constructor(
    plan: TextPlan,
    rows: {
      texts: ReadonlyMap<number, ProductTexts>;
      tags: ProductTags;
      combinations: ReadonlyMap<number, readonly number[]>;
    },
  ) {
    this.#plan = plan;
    this.#texts = rows.texts;
    this.#tags = rows.tags;
    this.#combinations = rows.combinations;
  }

  static async read(reading: BatchReading, plan: TextPlan): Promise<BatchTexts> {
    const known = plan.languages.flatMap(({ id }) => (id === undefined ? [] : [id]));
    const languageIds = [...new Set([...known, plan.defaultLanguageId])];
    const texts = await readProductTexts(reading, languageIds);
    const tags = await readProductTags(reading, languageIds);
    return new BatchTexts(plan, { texts, tags, combinations: await readCombinationAttributes(reading) });
  }

  /** The texts of one item by language, ISO 639-1. */
  of(productId: number, combinationId: number): ReadonlyMap<string, ItemTexts> {
    const product = this.#texts.get(productId);
    const attributes = this.#attributesOf(combinationId);
    const found = new Map<string, ItemTexts>();
    for (const { iso, id } of this.#plan.languages) {
      const inLanguage = (text: ProductTexts['name'] | undefined) =>
        text?.in(id, this.#plan.defaultLanguageId) ?? { text: '', fallback: false };
      const name = inLanguage(product?.name);
      const description = inLanguage(product?.description);
      found.set(iso, {
        name: name.text,
        description: description.text,
        shortDescription: inLanguage(product?.shortDescription).text,
        tags: (id === undefined ? undefined : this.#tags.get(productId)?.get(id)) ?? [],
        attributes: attributes.map(({ group, value }) => ({
          group: inLanguage(group).text,
          value: inLanguage(value).text,
        })),
        fallback: name.fallback || description.fallback,
      });
    }
    return found;
  }

  #attributesOf(combinationId: number): readonly AttributeNames[] {
    const ids = combinationId === 0 ? [] : (this.#combinations.get(combinationId) ?? []);
    return ids
      .flatMap((id) => this.#plan.attributes.get(id) ?? [])
      .sort((a, b) => a.groupPosition - b.groupPosition || a.groupId - b.groupId);
  }
}
