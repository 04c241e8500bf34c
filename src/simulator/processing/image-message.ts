import { error, type FeedKind, type MessageIssue, type MessageWork, skuOf } from './feed-kind.js';

/** POST_PRODUCT_IMAGE_DATA: one image place of one SKU. Nothing is downloaded. */
export const imageKind: FeedKind = {
  messageType: 'ProductImage',
  operations: ['Update', 'Delete'],
  skusOf: (payload) => [skuOf(payload)],
  subjectOf: (payload) => `${skuOf(payload)} ${payload.textAt('ImageType') ?? ''}`,
  apply: (work) => work.marketplaces.flatMap(({ id }) => applyTo(id, work)),
};

function applyTo(marketplaceId: string, work: MessageWork): readonly MessageIssue[] {
  const { payload, shelf, source, operation } = work;
  const sku = skuOf(payload);
  const offer = shelf.offer(sku, marketplaceId);
  if (!offer) return [error('13013', `This SKU does not exist in the catalogue of the seller: ${sku}.`)];
  const place = payload.textAt('ImageType') ?? '';
  if (place === '') return [error('99001', 'A value is missing: image_type.')];
  const { [place]: before, ...others } = offer.images;
  const location = payload.textAt('ImageLocation') ?? '';
  if (operation === 'Update' && !/^https?:\/\/[^\s/]+\/\S*$/.test(location))
    return [error('15', `"${location}" is not a valid absolute image address.`)];
  shelf.putOffer({ ...offer, images: operation === 'Delete' ? others : { ...others, [place]: location } }, source);
  const what = { place, location: operation === 'Delete' ? null : location, locationBefore: before ?? null };
  shelf.record({ ...source, kind: 'image', sku, marketplaceId, what });
  return [];
}
