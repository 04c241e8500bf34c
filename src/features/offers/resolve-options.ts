import type { ProductOptions } from './offer-settings.js';
import type { OptionField, OptionValues, ProductOptionRow } from './product-option.js';

/** Nothing is said: the common case, one object for all items. */
export const NO_OPTIONS: ProductOptions = Object.freeze({
  disabled: null,
  forceInStock: null,
  noPrice: null,
  noQuantity: null,
  asin: null,
  priceOverride: null,
  bullets: Object.freeze([]),
  conditionNote: null,
  title: null,
  description: null,
  browseNode: null,
  handlingTimeDays: null,
  giftWrap: null,
  giftMessage: null,
  shippingTemplate: null,
  shippingOverride: null,
  amazonFulfilled: null,
  amazonFulfilledSupplement: null,
});

/**
 * What the Amazon tab says for one item on one marketplace: field by field the narrowest row that says anything,
 * combination over product, and within each marketplace over all.
 *
 * @param rows of the product, in any order; undefined as well as empty means none
 * @param combinationId 0 for a product without combinations
 * @param marketplaceId 0 asks for what holds on all: the options of quantities, which Amazon keeps once per account
 */
export function resolveOptions(
  rows: readonly ProductOptionRow[] | undefined,
  combinationId: number,
  marketplaceId: number,
): ProductOptions {
  if (rows === undefined || rows.length === 0) return NO_OPTIONS;
  const layers = rows
    .filter((row) => isFor(row, combinationId, marketplaceId))
    .sort((a, b) => b.combinationId - a.combinationId || b.marketplaceId - a.marketplaceId);
  if (layers.length === 0) return NO_OPTIONS;
  const said = <F extends OptionField>(field: F): OptionValues[F] | null =>
    layers.find((row) => row[field] !== null)?.[field] ?? null;
  return {
    disabled: said('disabled'),
    forceInStock: said('forceInStock'),
    noPrice: said('noPrice'),
    noQuantity: said('noQuantity'),
    asin: said('asin'),
    priceOverride: said('priceOverride'),
    bullets: [said('bullet1'), said('bullet2'), said('bullet3'), said('bullet4'), said('bullet5')].filter(
      (bullet) => bullet !== null,
    ),
    conditionNote: said('conditionNote'),
    title: said('title'),
    description: said('description'),
    browseNode: said('browseNode'),
    handlingTimeDays: said('handlingTimeDays'),
    giftWrap: said('giftWrap'),
    giftMessage: said('giftMessage'),
    shippingTemplate: said('shippingTemplate'),
    shippingOverride: said('shippingOverride'),
    amazonFulfilled: said('amazonFulfilled'),
    amazonFulfilledSupplement: said('amazonFulfilledSupplement'),
  };
}

function isFor(row: ProductOptionRow, combinationId: number, marketplaceId: number): boolean {
  return (
    (row.combinationId === combinationId || row.combinationId === 0) &&
    (row.marketplaceId === marketplaceId || row.marketplaceId === 0)
  );
}
