import type { Catalogue } from '../../../shop/catalogue.js';
import { computeQuantity } from '../../offers/compute-quantity.js';
import type { PoolQuantity } from '../../offers/offer.js';
import { judgeSku, skuOf } from '../../offers/sku.js';
import type { ShopFrame } from './account-frame.js';
import { isSellable, type OptionsOf } from './prepare-items.js';
import { keyOf } from './sku-carriers.js';

/** Another shop context that sells for the same account: Amazon has one stock of a SKU for both. */
export interface SiblingShop {
  readonly catalogue: Catalogue;
  readonly frame: ShopFrame;
  readonly loadOptions: (productIds: readonly number[]) => Promise<OptionsOf>;
}

/** An item that other shops of an account sell. */
export interface SoldElsewhere {
  readonly productId: number;
  /** The same in every shop; null = it has a fault there, and its listing is left to those shops. */
  readonly sku: string | null;
  /** What each of them has; null = without a quantity. */
  readonly pools: readonly (PoolQuantity | null)[];
}

/** What the other shops of an account sell, by item; one that none of them sells is missing. */
export type PoolElsewhere = ReadonlyMap<string, SoldElsewhere>;

const NOWHERE: PoolElsewhere = new Map();

/**
 * Reads what the account's other shops have of some products. A product has the same id and the same codes in every shop context of one PrestaShop, so
 * these are the items that share their SKUs with those of the batch.
 */
export async function readPoolElsewhere(
  productIds: readonly number[],
  siblings: readonly SiblingShop[],
): Promise<PoolElsewhere> {
  if (siblings.length === 0 || productIds.length === 0) return NOWHERE;
  const found = new Map<string, SoldElsewhere>();
  for (const { catalogue, frame, loadOptions } of siblings) {
    const optionsOf = await loadOptions(productIds);
    const query = { ...frame.query, textLanguages: [], withImages: false };
    for await (const { items } of catalogue.batches({ ...query, selection: { kind: 'products', productIds } }))
      for (const item of items) {
        if (!isSellable(item, frame, optionsOf)) continue;
        const quantity = computeQuantity({ item, options: optionsOf(item, 0) }, frame.pool);
        const carried = skuOf(item, frame.skuSource);
        const sku = judgeSku(carried, frame.skuSource) === null ? carried : null;
        const pools = [...(found.get(keyOf(item))?.pools ?? []), quantity];
        found.set(keyOf(item), { productId: item.productId, sku, pools });
      }
  }
  return found;
}

/**
 * The one stock of an item that several shops of an account sell: the least that any of them has, so that whichever an order comes to has the goods.
 *
 * @param own of this shop, left out of account when it does not sell the item
 * @returns null where no quantity is sent
 */
export function sharedPool(
  own: PoolQuantity | null,
  isSoldHere: boolean,
  elsewhere: readonly (PoolQuantity | null)[],
): PoolQuantity | null {
  let least: PoolQuantity | null = null;
  for (const one of isSoldHere ? [own, ...elsewhere] : elsewhere) {
    if (one === null) return null;
    if (least === null || isLess(one, least)) least = one;
  }
  return least;
}

/** Of equal stocks the one that promises less, so that every shop's look comes to the same. */
function isLess(one: PoolQuantity, other: PoolQuantity): boolean {
  if (one.quantity !== other.quantity) return one.quantity < other.quantity;
  const [day, otherDay] = [one.restockDay ?? '', other.restockDay ?? ''];
  if (day !== otherDay) return day > otherDay;
  return (one.handlingTimeDays ?? 0) > (other.handlingTimeDays ?? 0);
}
