import type { CatalogueQuery } from '../catalogue.js';
import type { AttributeNames } from '../prestashop-database/attributes-reader.js';
import { type ImageUrl, imageUrlsOf } from '../prestashop-database/image-urls.js';
import { defaultLanguageOf, type ShopGround } from '../prestashop-database/shop-ground.js';
import { TranslatedText } from '../prestashop-database/translated-text.js';
import { readWebserviceGround, type WebserviceReading } from './ground-reader.js';
import { readList } from './list-records.js';
import { readPricing } from './pricing-reader.js';
import type { ProductDisplay } from './product-records.js';

/** What all batches of one run share; read once, before the first. */
export interface BatchScope {
  readonly reading: WebserviceReading;
  readonly ground: ShopGround;
  readonly display: ProductDisplay;
  readonly atMs: number;
  readonly defaultLanguageId: number;
  /** The languages whose texts are wanted; the id is undefined where the shop lacks the language. */
  readonly languages: readonly { readonly iso: string; readonly id: number | undefined }[];
  /** Attribute values by id; empty unless texts are wanted. */
  readonly attributes: ReadonlyMap<number, AttributeNames>;
  readonly imageUrl: ImageUrl;
}

/** Reads what a query's batches will share. */
export async function readBatchScope(reading: WebserviceReading, query: CatalogueQuery): Promise<BatchScope> {
  const ground = await readWebserviceGround(reading);
  const withTexts = query.textLanguages.length > 0;
  return {
    reading,
    ground,
    display: {
      pricing: await readPricing(reading, ground, query.priceViews),
      withTexts,
      withImages: query.withImages,
    },
    atMs: query.atMs,
    defaultLanguageId: defaultLanguageOf(ground).id,
    languages: query.textLanguages.map((iso) => ({
      iso,
      id: ground.languages.find((known) => known.iso === iso.toLowerCase())?.id,
    })),
    attributes: withTexts ? await readAttributes(reading) : new Map(),
    imageUrl: imageUrlsOf(ground),
  };
}

async function readAttributes({ client, shopId }: WebserviceReading): Promise<ReadonlyMap<number, AttributeNames>> {
  const groups = new Map(
    (await readList(client, { resource: 'product_options', shopId, display: ['position', 'public_name'] })).map(
      (row) => [row.id, { position: row.integer('position'), names: row.translations('public_name') }],
    ),
  );
  const request = { resource: 'product_option_values', shopId, display: ['id_attribute_group', 'name'] };
  const values = await readList(client, request);
  return new Map(
    values.map((value) => {
      const groupId = value.integer('id_attribute_group');
      const group = groups.get(groupId);
      return [
        value.id,
        {
          groupId,
          groupPosition: group?.position ?? 0,
          group: textIn(group?.names ?? []),
          value: textIn(value.translations('name')),
        },
      ];
    }),
  );
}

function textIn(texts: readonly (readonly [languageId: number, text: string])[]): TranslatedText {
  const text = new TranslatedText();
  for (const [languageId, value] of texts) text.add(languageId, value);
  return text;
}
