import { error, type FeedKind, type MessageIssue, type MessageWork } from './feed-kind.js';
import type { XmlNode } from './xml-node.js';

/** POST_PRODUCT_RELATIONSHIP_DATA: which SKUs are variations of a parent. They are logged; nothing else here depends on them. */
export const relationshipKind: FeedKind = {
  messageType: 'Relationship',
  operations: ['Update', 'Delete'],
  skusOf: (payload) => [parentOf(payload), ...childrenOf(payload)],
  subjectOf: parentOf,
  apply: (work) => work.marketplaces.flatMap(({ id }) => applyTo(id, work)),
};

function applyTo(marketplaceId: string, work: MessageWork): readonly MessageIssue[] {
  const { payload, shelf, source, operation } = work;
  const sku = parentOf(payload);
  if (!shelf.offer(sku, marketplaceId))
    return [error('8007', `The parent SKU ${sku} is not known in this marketplace.`)];
  const unknown = childrenOf(payload).filter((child) => !shelf.offer(child, marketplaceId));
  if (unknown.length > 0)
    return [error('13013', `These SKUs do not exist in the catalogue of the seller: ${unknown.join(', ')}.`)];
  shelf.record({
    ...source,
    kind: 'relationship',
    sku,
    marketplaceId,
    what: { operation, children: childrenOf(payload) },
  });
  return [];
}

function parentOf(payload: XmlNode): string {
  return payload.child('ParentSKU')?.text ?? '';
}

function childrenOf(payload: XmlNode): readonly string[] {
  return payload.children.flatMap((node) => node.child('SKU')?.text ?? []);
}
