import { error, type FeedKind, type MessageIssue, type MessageWork, skuOf } from './feed-kind.js';

/** POST_PRODUCT_OVERRIDES_DATA: shipping charges of one SKU. They are logged; nothing else here depends on them. */
export const overrideKind: FeedKind = {
  messageType: 'Override',
  operations: ['Update', 'Delete'],
  skusOf: (payload) => [skuOf(payload)],
  subjectOf: skuOf,
  apply: (work) => work.marketplaces.flatMap(({ id }) => applyTo(id, work)),
};

function applyTo(marketplaceId: string, work: MessageWork): readonly MessageIssue[] {
  const { payload, shelf, source, operation } = work;
  const sku = skuOf(payload);
  if (!shelf.offer(sku, marketplaceId))
    return [error('13013', `This SKU does not exist in the catalogue of the seller: ${sku}.`)];
  const options = payload.children
    .filter((node) => node.name === 'ShippingOverride')
    .map((node) => Object.fromEntries(node.children.map((one) => [one.name, one.text.trim()])));
  shelf.record({ ...source, kind: 'override', sku, marketplaceId, what: { operation, options } });
  return [];
}
