import { hash } from 'node:crypto';
import { groupBy } from '../../core/group-by.js';
import type { PreparedItem, PreparedOffer } from '../export/plan/prepare-items.js';
import {
  imagesValue,
  metadataValue,
  writeOfferValue,
  writePriceValue,
  writeQuantityValue,
} from '../offers/part-values.js';

/**
 * What everything that enters the offers of a product comes to, as 32 hexadecimal digits.
 *
 * It is made of the computed values, not of the shop's fields: so it changes when a sale begins or ends by the clock, a tax rate or a
 * setting changes, and it does not when a field changes that no offer uses.
 *
 * @param items of one product, in order; none = the product is there but has nothing to sell
 */
export function fingerprintOf(items: readonly PreparedItem[]): string {
  return hash('sha256', items.map(describe).join('\n'), 'hex').slice(0, 32);
}

/**
 * The fingerprints of a batch of products, in the order of their ids.
 *
 * @param items of these products alone, in catalogue order
 */
export function fingerprintsOf(
  productIds: readonly number[],
  items: readonly PreparedItem[],
): ReadonlyMap<number, string> {
  const byProduct = groupBy(items, ({ item }) => item.productId);
  return new Map(productIds.map((id) => [id, fingerprintOf(byProduct.get(id) ?? [])]));
}

/** What an item comes to for the one stock of its account, in one line. */
export function describePool({ item, sku, skuFault, quantity }: PreparedItem): string {
  return [item.combinationId, sku, skuFault?.code ?? '', quantity ? writeQuantityValue(quantity) : ''].join('|');
}

/** What an item comes to on one marketplace, in one line. */
export function describeOffer({ frame, offer }: PreparedOffer): string {
  const { price, identity, condition, metadata, imageUrls, verdicts } = offer;
  return [
    frame.marketplace.id,
    verdicts.map((verdict) => verdict.code).join(','),
    price ? writePriceValue(price) : '',
    identity && condition ? writeOfferValue({ identity, condition }) : '',
    metadata ? metadataValue(metadata) : '',
    imageUrls ? imagesValue(imageUrls) : '',
  ].join(';');
}

function describe(prepared: PreparedItem): string {
  return [describePool(prepared), ...prepared.offers.map(describeOffer)].join('|');
}
