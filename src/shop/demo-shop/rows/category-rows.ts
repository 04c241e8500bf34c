import type { PlacedProduct } from '../demo-catalogue.js';
import type { SeedDay } from '../seed-day.js';
import { type DemoCategory, demoCategories, HOME_CATEGORY, ROOT_CATEGORY } from '../words/categories.js';
import { type Localized, textAt } from '../words/localized.js';
import { DEMO_SHOP_IDS, type DemoRow, type DemoTables, flag, linkRewrite } from './demo-row.js';
import { languagePlaces } from './language-rows.js';

/** A category with its id and its place in the tree, counted as a nested set. */
export interface PlacedCategory {
  readonly id: number;
  readonly parentId: number;
  readonly key: string;
  readonly name: Localized;
  readonly active: boolean;
  /** 0 for the root. */
  readonly depth: number;
  readonly position: number;
  readonly left: number;
  readonly right: number;
  /** From the department down to itself. */
  readonly pathIds: readonly number[];
}

/** Numbers the whole tree: root 1, home 2, then depth first. */
export function placeCategories(): readonly PlacedCategory[] {
  const home: DemoCategory = { key: 'home', name: HOME_CATEGORY.name, active: true, children: demoCategories };
  const root: DemoCategory = { key: 'root', name: ROOT_CATEGORY.name, active: true, children: [home] };
  const placed: PlacedCategory[] = [];
  let lastId = 0;
  let edge = 0;
  const walk = (category: DemoCategory, parent: Pick<PlacedCategory, 'id' | 'depth' | 'pathIds'>, position: number) => {
    const id = ++lastId;
    const left = ++edge;
    const depth = parent.depth + 1;
    const pathIds = depth >= 2 ? [...parent.pathIds, id] : [];
    for (const [index, child] of category.children.entries()) walk(child, { id, depth, pathIds }, index);
    const { key, name, active } = category;
    placed.push({ id, parentId: parent.id, key, name, active, depth, position, left, right: ++edge, pathIds });
  };
  walk(root, { id: 0, depth: -1, pathIds: [] }, 0);
  return placed.sort((a, b) => a.id - b.id);
}

/** Rows of ps_category, ps_category_lang, ps_category_shop and ps_category_product; a product is in its category and all above it. */
export function categoryRows(
  categories: readonly PlacedCategory[],
  products: readonly PlacedProduct[],
  day: SeedDay,
): DemoTables {
  return {
    category: categories.map((one) => categoryRow(one, day)),
    category_lang: categories.flatMap((one) =>
      DEMO_SHOP_IDS.flatMap((shopId) =>
        languagePlaces.map(({ languageId, at }) => ({
          id_category: one.id,
          id_shop: shopId,
          id_lang: languageId,
          name: textAt(one.name, at),
          link_rewrite: linkRewrite(textAt(one.name, at)),
        })),
      ),
    ),
    category_shop: categories.flatMap((one) =>
      DEMO_SHOP_IDS.map((shopId) => ({ id_category: one.id, id_shop: shopId, position: one.position })),
    ),
    category_product: products.flatMap((product) =>
      categoryIdsOf(categories, product.category).map((id) => ({
        id_category: id,
        id_product: product.productId,
        position: product.productId,
      })),
    ),
  };
}

/**
 * The ids of a category and all above it below *Home*; only *Home* for none.
 *
 * @throws Error when the tables of the demo catalogue name a category that does not exist
 */
export function categoryIdsOf(categories: readonly PlacedCategory[], key: string | null): readonly number[] {
  if (key === null) return [HOME_CATEGORY.id];
  const category = categories.find((one) => one.key === key);
  if (!category) throw new Error(`Expected the category ${key} in the demo catalogue, found none.`);
  return category.pathIds;
}

function categoryRow(one: PlacedCategory, day: SeedDay): DemoRow {
  return {
    id_category: one.id,
    id_parent: one.parentId,
    id_shop_default: DEMO_SHOP_IDS[0],
    level_depth: one.depth,
    nleft: one.left,
    nright: one.right,
    active: flag(one.active),
    date_add: day.dateTime(-700),
    date_upd: day.dateTime(-120),
    position: one.position,
    is_root_category: flag(one.id === HOME_CATEGORY.id),
  };
}
