import type { CatalogueQuery, ItemPriceFault } from '../catalogue.js';
import type { SpecificPrice } from '../price-engine/specific-price.js';
import type { PricingView } from '../price-engine/view-pricer.js';
import { imageUrlsOf } from './image-urls.js';
import type { ImagePlan } from './item-images.js';
import { planTexts, type TextPlan } from './item-texts.js';
import { readManufacturerNames } from './manufacturers-reader.js';
import { ANONYMOUS_BUYERS, priceScopeOf } from './price-scope.js';
import { readPricingViews } from './pricing-views.js';
import { readTables } from './read-tables.js';
import { defaultLanguageOf, readShopGround, type ShopGround } from './shop-ground.js';
import type { ShopReading } from './shop-identity.js';
import { readGeneralPrices, type SpecificPriceScope } from './specific-prices-reader.js';

/** What all batches of one run share; read once, before the first. */
export interface ReadPlan {
  readonly ground: ShopGround;
  readonly atMs: number;
  readonly views: readonly (PricingView | ItemPriceFault)[];
  readonly priceScope: SpecificPriceScope;
  /** Specific prices of product 0. */
  readonly generalPrices: readonly SpecificPrice[];
  readonly manufacturers: ReadonlyMap<number, string>;
  /** Null when no texts are wanted. */
  readonly texts: TextPlan | null;
  readonly images: ImagePlan | null;
}

/** Reads what a query's batches will share. */
export async function readPlanOf(reading: ShopReading, shopId: number, query: CatalogueQuery): Promise<ReadPlan> {
  const ground = await readShopGround(reading, shopId);
  const priceScope = priceScopeOf(ground, query.atMs, ANONYMOUS_BUYERS);
  const { general } = await readTables(reading.db, {
    general: readGeneralPrices({ ...reading, shop: ground.identity }, priceScope),
  });
  return {
    ground,
    atMs: query.atMs,
    views: await readPricingViews(reading, ground, query.priceViews),
    priceScope,
    generalPrices: general,
    manufacturers: await readManufacturerNames(reading),
    texts: query.textLanguages.length === 0 ? null : await planTexts(reading, ground, query.textLanguages),
    images: query.withImages ? { urlOf: imageUrlsOf(ground), languageId: defaultLanguageOf(ground).id } : null,
  };
}
