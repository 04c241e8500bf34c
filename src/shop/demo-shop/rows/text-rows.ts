import type { PlacedProduct } from '../demo-catalogue.js';
import { type Localized, textAt } from '../words/localized.js';
import { DEMO_SHOP_IDS, type DemoRow, type DemoTables, linkRewrite } from './demo-row.js';
import { languagePlaces } from './language-rows.js';

/** Rows of ps_product_lang (by shop and language), ps_tag and ps_product_tag (by language). */
export function textRows(products: readonly PlacedProduct[]): DemoTables {
  const tagIds = new Map<string, number>();
  const links = products.flatMap((product) => tagLinks(product.productId, product.tags, tagIds));
  return {
    product_lang: products.flatMap(productTexts),
    tag: [...tagIds].map(([key, id]) => tagRow(key, id)),
    product_tag: links,
  };
}

function productTexts(product: PlacedProduct): readonly DemoRow[] {
  // PrestaShop keeps texts of every shop that ever had the product; only product_shop says where it is sold.
  return DEMO_SHOP_IDS.flatMap((shopId) =>
    languagePlaces.map(({ languageId, at }) => ({
      id_product: product.productId,
      id_shop: shopId,
      id_lang: languageId,
      description: textAt(product.description, at),
      description_short: textAt(product.shortDescription, at),
      link_rewrite: linkRewrite(textAt(product.name, at)) || linkRewrite(product.key),
      name: textAt(product.name, at),
    })),
  ).toSorted((a, b) => a.id_shop - b.id_shop || a.id_lang - b.id_lang);
}

function tagLinks(productId: number, tags: Localized, ids: Map<string, number>): readonly DemoRow[] {
  return languagePlaces.flatMap(({ languageId, at }) =>
    textAt(tags, at)
      .split(',')
      .map((name) => {
        const key = `${languageId}/${name}`;
        const id = ids.get(key) ?? ids.size + 1;
        ids.set(key, id);
        return { id_product: productId, id_tag: id, id_lang: languageId };
      }),
  );
}

function tagRow(key: string, id: number): DemoRow {
  const [languageId, name] = key.split('/');
  return { id_tag: id, id_lang: Number(languageId), name: name ?? '' };
}
