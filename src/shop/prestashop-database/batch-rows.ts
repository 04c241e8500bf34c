import type { Row } from '../../db/read-rows.js';
import type { BatchReading } from './batch-reading.js';
import type { CataloguePage } from './catalogue-page.js';
import { readProductCategories } from './categories-reader.js';
import { type CombinationShops, readCombinationShops, readCombinations } from './combinations-reader.js';
import { readComponents } from './component-stock.js';
import { BatchImages } from './item-images.js';
import { BatchTexts } from './item-texts.js';
import { PACK_STOCK, type PackStock } from './pack-stock.js';
import { readPackComponents, readPackStock } from './packs-reader.js';
import {
  type ProductGroupReductions,
  readPricePriorities,
  readProductGroupReductions,
} from './product-price-terms-reader.js';
import { readProductShops } from './products-reader.js';
import type { ReadPlan } from './read-plan.js';
import { readTables } from './read-tables.js';
import type { RowCursor } from './row-cursor.js';
import type { ShopReading } from './shop-identity.js';
import { readSpecificPrices } from './specific-prices-reader.js';
import { stockTermsOf } from './stock-digests.js';
import { readStock } from './stock-reader.js';
import { readSupplierReferences } from './suppliers-reader.js';

/** Everything the tables say about one page of products, table after table; nothing is put together yet. */
export interface BatchRows {
  readonly page: CataloguePage;
  readonly productShops: RowCursor;
  readonly combinations: RowCursor;
  readonly combinationShops: CombinationShops;
  readonly stock: RowCursor;
  readonly packs: PackStock;
  /** Rows of `readComponents`, for digests. */
  readonly components: readonly Row[];
  readonly supplierReferences: RowCursor;
  readonly categories: RowCursor;
  readonly specificPrices: RowCursor;
  readonly priorities: ReadonlyMap<number, string>;
  readonly groupReductions: ProductGroupReductions;
  readonly texts: BatchTexts | null;
  readonly images: BatchImages | null;
}

/** Reads every table about one page of products: the same number of statements for one product or a thousand. */
export async function readBatchRows(reading: ShopReading, plan: ReadPlan, page: CataloguePage): Promise<BatchRows> {
  const batch: BatchReading = { ...reading, shop: plan.ground.identity, products: page.range, extents: page.extents };
  const { packComponents, ...tables } = await readTables(reading.db, {
    productShops: readProductShops(batch),
    combinations: readCombinations(batch),
    combinationShops: readCombinationShops(batch),
    stock: readStock(batch),
    packComponents: readPackComponents(batch),
    components: readComponents({
      ...batch,
      terms: stockTermsOf(plan.ground.configuration),
      where: batch.products.where,
    }),
    supplierReferences: readSupplierReferences(batch),
    categories: readProductCategories(batch),
    specificPrices: readSpecificPrices(batch, plan.priceScope),
    priorities: readPricePriorities(batch),
    groupReductions: readProductGroupReductions(batch, groupsWithReductions(plan)),
  });
  return {
    page,
    ...tables,
    packs: await readPackStock(
      batch,
      packComponents,
      plan.ground.configuration.integer('PS_PACK_STOCK_TYPE', PACK_STOCK.own),
    ),
    texts: plan.texts === null ? null : await BatchTexts.read(batch, plan.texts),
    images: plan.images === null ? null : await BatchImages.read(batch, plan.images),
  };
}

function groupsWithReductions(plan: ReadPlan): readonly number[] {
  if (!plan.ground.configuration.flag('PS_GROUP_FEATURE_ACTIVE')) return [];
  return [...new Set(plan.views.flatMap((view) => ('fault' in view ? [] : [view.wanted.groupId])))];
}
