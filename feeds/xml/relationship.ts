import { checkedSku } from './checked-values.js';
import type { FeedMessage } from './feed-message.js';
import { InvalidFeedInput } from './invalid-feed-input.js';
import { parentElement, textElement } from './xml-element.js';

/** What a child is to its parent, as far as a shop knows. */
export type RelationType = 'Variation' | 'Accessory' | 'Part' | 'ReplacementPart' | 'Component';

/** All children of one parent: Amazon takes those away that are not named again. */
export interface RelationshipInput {
  readonly parentSku: string;
  /** At least one. */
  readonly children: readonly { readonly sku: string; readonly type: RelationType }[];
}

/**
 * Makes the Relationship message of a parent SKU.
 *
 * @throws InvalidFeedInput when a SKU cannot be sent or no child is named
 * @source Amazon Relationship feed: ParentSKU, then Relation with SKU and Type (checked 2026-11)
 */
export function relationshipMessage(input: RelationshipInput): FeedMessage {
  const { parentSku, children } = input;
  const parent = textElement('ParentSKU', checkedSku('ParentSKU', parentSku));
  if (children.length === 0) {
    throw new InvalidFeedInput({ sku: parentSku, field: 'Relation', expected: 'at least one child', received: 0 });
  }
  const relations = children.map((child) =>
    parentElement('Relation', [textElement('SKU', checkedSku('SKU', child.sku)), textElement('Type', child.type)]),
  );
  return { operationType: 'Update', body: parentElement('Relationship', [parent, ...relations]) };
}
