import type { CatalogueItem } from '../../../shop/catalogue.js';
import { computeOffer } from '../../offers/compute-offer.js';
import { computeQuantity } from '../../offers/compute-quantity.js';
import { judgeStops } from '../../offers/judge-stops.js';
import type { Offer, PoolQuantity } from '../../offers/offer.js';
import type { ItemWithOptions } from '../../offers/offer-settings.js';
import type { ProductOptionRow } from '../../offers/product-option.js';
import { resolveOptions } from '../../offers/resolve-options.js';
import { judgeSku, skuOf } from '../../offers/sku.js';
import type { Verdict } from '../../offers/verdict.js';
import type { MarketplaceFrame, ShopFrame } from './account-frame.js';

/** An item with everything that was computed of it: steps 3 and 4 of the run. */
export interface PreparedItem {
  readonly item: CatalogueItem;
  readonly sku: string;
  /** Whether no stop stands against it on at least one active marketplace of its shop, or another shop of the account sells it. */
  readonly sellable: boolean;
  /** A fault of its SKU, or null; a duplicate is added once all items are known. */
  skuFault: Verdict | null;
  readonly quantity: PoolQuantity | null;
  /** Its Amazon tab says so; then it gets no quantity from us, not even 0. */
  readonly amazonFulfilled: boolean;
  /** For the marketplaces of the run. */
  readonly offers: readonly PreparedOffer[];
}

export interface PreparedOffer {
  readonly frame: MarketplaceFrame;
  readonly offer: Offer;
  readonly stopped: boolean;
}

/** The options of an item's Amazon tab, resolved for a marketplace (0 = all of them). */
export type OptionsOf = (
  item: Pick<CatalogueItem, 'productId' | 'combinationId'>,
  marketplaceId: number,
) => ItemWithOptions['options'];

/** Resolves the options of items from the rows of their products; a product without rows says nothing. */
export function optionsBy(rows: ReadonlyMap<number, readonly ProductOptionRow[]>): OptionsOf {
  return (item, marketplaceId) => resolveOptions(rows.get(item.productId), item.combinationId, marketplaceId);
}

/**
 * Judges and computes one item on every marketplace of the run; the other marketplaces of its shop are only asked whether they sell it.
 *
 * @param pooled of an item that other shops of the account sell as well: gives the one stock of all, told what this shop alone has, null = it sells none
 */
export function prepareItem(
  item: CatalogueItem,
  frame: ShopFrame,
  optionsOf: OptionsOf,
  pooled?: (own: PoolQuantity | null, isSoldHere: boolean) => PoolQuantity | null,
): PreparedItem {
  const poolOptions = optionsOf(item, 0);
  const own = computeQuantity({ item, options: poolOptions }, frame.pool);
  const quantity = pooled === undefined ? own : pooled(own, isSellable(item, frame, optionsOf));
  const amazonFulfilled = poolOptions.amazonFulfilled === true;
  // Mapped, not pushed: a list that grows keeps room for seventeen, and thousands of items are in memory at once.
  const offers = frame.exported.map((marketplace): PreparedOffer => {
    const subject = { item, options: optionsOf(item, marketplace.marketplace.id) };
    const offer = computeOffer(subject, marketplace.offers, { quantity });
    return { frame: marketplace, offer, stopped: offer.verdicts.some((verdict) => verdict.kind === 'stop') };
  });
  const sellable =
    pooled !== undefined || offers.some((one) => !one.stopped) || isSoldElsewhere(item, frame, optionsOf);
  const sku = skuOf(item, frame.skuSource);
  return { item, sku, sellable, skuFault: skuFaultOf(sku, offers[0], frame), quantity, amazonFulfilled, offers };
}

/** Whether a marketplace sells it that this run does not export. */
function isSoldElsewhere(item: CatalogueItem, frame: ShopFrame, optionsOf: OptionsOf): boolean {
  return frame.exported.length < frame.marketplaces.length && isSellable(item, frame, optionsOf);
}

/** Every offer has judged the SKU already. */
function skuFaultOf(sku: string, first: PreparedOffer | undefined, { skuSource }: ShopFrame): Verdict | null {
  if (first === undefined) return judgeSku(sku, skuSource);
  const { verdicts } = first.offer;
  return verdicts.length === 0 ? null : (verdicts.find((verdict) => verdict.kind === 'sku') ?? null);
}

/** Whether anything in this shop sells the item, for items that are only looked at as rivals for a SKU. */
export function isSellable(item: CatalogueItem, frame: ShopFrame, optionsOf: OptionsOf): boolean {
  return frame.marketplaces.some(
    (one) => judgeStops({ item, options: optionsOf(item, one.marketplace.id) }, one.offers).length === 0,
  );
}
