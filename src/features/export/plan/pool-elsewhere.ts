import type { Catalogue } from '../../../shop/catalogue.js';
import { computeQuantity } from '../../offers/compute-quantity.js';
import type { PoolQuantity } from '../../offers/offer.js';
import type { ShopFrame } from './account-frame.js';
import { isSellable, type OptionsOf } from './prepare-items.js';
import { keyOf } from './sku-carriers.js';

/** Another shop context that sells for the same account: Amazon has one stock of a SKU for both. */
export interface SiblingShop {
  readonly catalogue: Catalogue;
  readonly frame: ShopFrame;
  readonly loadOptions: (productIds: readonly number[]) => Promise<OptionsOf>;
}

/** What the other shops of an account can sell, by item, null = without a quantity; an item that none of them sells is missing. */
export type PoolElsewhere = ReadonlyMap<string, readonly (PoolQuantity | null)[]>;

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
  const found = new Map<string, (PoolQuantity | null)[]>();
  for (const { catalogue, frame, loadOptions } of siblings) {
    const optionsOf = await loadOptions(productIds);
    const query = { ...frame.query, textLanguages: [], withImages: false };
    for await (const { items } of catalogue.batches({ ...query, selection: { kind: 'products', productIds } }))
      for (const item of items) {
        if (!isSellable(item, frame, optionsOf)) continue;
        const quantity = computeQuantity({ item, options: optionsOf(item, 0) }, frame.pool);
        found.set(keyOf(item), [...(found.get(keyOf(item)) ?? []), quantity]);
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
    if (least === null || one.quantity < least.quantity) least = one;
  }
  return least;
}
