import type { CatalogueQuery, ItemPriceFault } from '../catalogue.js';
import type { SpecificPrice } from '../price-engine/specific-price.js';
import type { PricingView } from '../price-engine/view-pricer.js';
import { imageUrlsOf } from './image-urls.js';
import type { ImagePlan } from './item-images.js';
import { planTexts, type TextPlan } from './item-texts.js';
import { readManufacturerNames } from './manufacturers-reader.js';
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

/** A running window's true start is found while the rows before it are read: those that ended this long ago are not. */
const ENDED_KEPT_MS = 400 * 86_400_000;
const QUANTITY = 1;
/** No row is for so few: a shop that has switched specific prices off has none. */
const NO_QUANTITY = -1;

/** Reads what a query's batches will share. */
export async function readPlanOf(reading: ShopReading, shopId: number, query: CatalogueQuery): Promise<ReadPlan> {
  const ground = await readShopGround(reading, shopId);
  const priceScope = {
    mostQuantity: ground.configuration.flag('PS_SPECIFIC_PRICE_FEATURE_ACTIVE') ? QUANTITY : NO_QUANTITY,
    endedBefore: ground.clock.minuteAt(query.atMs - ENDED_KEPT_MS),
  };
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
