import { checkedCount, checkedName, checkedSku } from './checked-values.js';
import type { FeedMessage } from './feed-message.js';
import { htmlToText } from './html-text.js';
import { InvalidFeedInput } from './invalid-feed-input.js';
import { COUNT_LIMITS, TEXT_LIMITS } from './limits.js';
import { cutText, oneLine } from './plain-text.js';
import { parentElement, textElement, type XmlElement } from './xml-element.js';

/** Amazon's words for the state of an item. The condition of an existing SKU cannot be changed. */
export const CONDITION_TYPES = [
  ...(['New', 'UsedLikeNew', 'UsedVeryGood', 'UsedGood', 'UsedAcceptable', 'CollectibleLikeNew'] as const),
  ...(['CollectibleVeryGood', 'CollectibleGood', 'CollectibleAcceptable', 'Club', 'NewOpenBox', 'NewOem'] as const),
  'Refurbished',
] as const;

export type ConditionType = (typeof CONDITION_TYPES)[number];

export interface StandardProductId {
  readonly type: 'EAN' | 'UPC' | 'GTIN' | 'ASIN';
  /** 8 to 16 letters or digits. */
  readonly value: string;
}

/** The offer of one SKU on a product of Amazon's catalogue, and on request the texts of the product. */
export interface ProductInput {
  readonly sku: string;
  /** `Update` says everything anew, `PartialUpdate` only what is given here. */
  readonly operationType: 'Update' | 'PartialUpdate';
  readonly standardProductId?: StandardProductId | undefined;
  /** For example "A_GEN_STANDARD"; at most 50 characters. */
  readonly productTaxCode?: string | undefined;
  readonly condition?: { readonly type: ConditionType; readonly note?: string | undefined } | undefined;
  readonly description?: ProductDescription | undefined;
}

/** Texts may be longer than Amazon's limits: they are cleaned and cut. Those that end up empty are left out. */
export interface ProductDescription {
  readonly title: string;
  readonly brand?: string | undefined;
  /** HTML as the shop keeps it. */
  readonly descriptionHtml?: string | undefined;
  /** The first five that are not empty are sent. */
  readonly bulletPoints?: readonly string[] | undefined;
  /** Pieces that one order may hold, from 1. */
  readonly maxOrderQuantity?: number | undefined;
  readonly manufacturer?: string | undefined;
  readonly mfrPartNumber?: string | undefined;
  readonly searchTerms?: string | undefined;
  readonly giftWrapAvailable?: boolean | undefined;
  readonly giftMessageAvailable?: boolean | undefined;
  /** Amazon's category numbers; the first two are sent. */
  readonly recommendedBrowseNodes?: readonly number[] | undefined;
  /** The name of a shipping template, exactly as in Seller Central; at most 500 characters. */
  readonly merchantShippingGroupName?: string | undefined;
}

/**
 * Makes the Product message of a SKU.
 *
 * @returns elements in schema order; texts cut at `TEXT_LIMITS`, every text on one line as the schema's type folds it anyway
 * @throws InvalidFeedInput when the SKU, the identifier or a code cannot be sent, or nothing is left of the title
 * @source Amazon Product feed, set of 2021 (checked 2026-11)
 */
export function productMessage(input: ProductInput): FeedMessage {
  const { sku, condition, description } = input;
  const children = [textElement('SKU', checkedSku('SKU', sku))];
  if (input.standardProductId) children.push(standardProductIdElement(sku, input.standardProductId));
  if (input.productTaxCode !== undefined) {
    const where = { sku, field: 'ProductTaxCode', maxLength: TEXT_LIMITS.productTaxCode };
    children.push(textElement('ProductTaxCode', checkedName(where, input.productTaxCode)));
  }
  if (condition) {
    const type = textElement('ConditionType', condition.type);
    children.push(
      parentElement('Condition', [type, ...textUpTo('ConditionNote', condition.note, TEXT_LIMITS.conditionNote)]),
    );
  }
  if (description) children.push(parentElement('DescriptionData', descriptionElements(sku, description)));
  return { operationType: input.operationType, body: parentElement('Product', children) };
}

/**
 * Makes the message that erases a SKU and all that Amazon knows of it. Not for "out of stock": a SKU erased may be unusable for
 * a day, and its re-creation counts against the seller's limits.
 *
 * @throws InvalidFeedInput when the SKU cannot be sent
 */
export function productDeletion(sku: string): FeedMessage {
  return { operationType: 'Delete', body: parentElement('Product', [textElement('SKU', checkedSku('SKU', sku))]) };
}

function standardProductIdElement(sku: string, id: StandardProductId): XmlElement {
  if (!/^[0-9A-Za-z]{8,16}$/.test(id.value)) {
    const field = `StandardProductID (${id.type})`;
    throw new InvalidFeedInput({ sku, field, expected: '8 to 16 letters or digits', received: id.value });
  }
  return parentElement('StandardProductID', [textElement('Type', id.type), textElement('Value', id.value)]);
}

function descriptionElements(sku: string, input: ProductDescription): XmlElement[] {
  const title = textUpTo('Title', input.title, TEXT_LIMITS.title);
  if (title.length === 0) {
    throw new InvalidFeedInput({
      sku,
      field: 'Title',
      expected: 'a text with a visible character',
      received: input.title,
    });
  }
  return [
    ...title,
    ...textUpTo('Brand', input.brand, TEXT_LIMITS.brand),
    ...textUpTo('Description', input.descriptionHtml && htmlToText(input.descriptionHtml), TEXT_LIMITS.description),
    ...bulletPointElements(input.bulletPoints ?? []),
    ...countElement(sku, 'MaxOrderQuantity', input.maxOrderQuantity),
    ...textUpTo('Manufacturer', input.manufacturer, TEXT_LIMITS.manufacturer),
    ...textUpTo('MfrPartNumber', input.mfrPartNumber, TEXT_LIMITS.mfrPartNumber),
    ...textUpTo('SearchTerms', input.searchTerms, TEXT_LIMITS.searchTerms),
    ...flagElement('IsGiftWrapAvailable', input.giftWrapAvailable),
    ...flagElement('IsGiftMessageAvailable', input.giftMessageAvailable),
    ...browseNodeElements(sku, input.recommendedBrowseNodes ?? []),
    ...shippingGroupElement(sku, input.merchantShippingGroupName),
  ];
}

function textUpTo(name: string, text: string | undefined, maxLength: number): XmlElement[] {
  const cut = text === undefined ? '' : cutText(oneLine(text), maxLength);
  return cut === '' ? [] : [textElement(name, cut)];
}

function bulletPointElements(bulletPoints: readonly string[]): XmlElement[] {
  const all = bulletPoints.flatMap((text) => textUpTo('BulletPoint', text, TEXT_LIMITS.bulletPoint));
  return all.slice(0, COUNT_LIMITS.bulletPoints);
}

function browseNodeElements(sku: string, nodes: readonly number[]): XmlElement[] {
  const sent = nodes.slice(0, COUNT_LIMITS.recommendedBrowseNodes);
  return sent.flatMap((node) => countElement(sku, 'RecommendedBrowseNode', node));
}

function shippingGroupElement(sku: string, name: string | undefined): XmlElement[] {
  if (name === undefined) return [];
  const where = { sku, field: 'MerchantShippingGroupName', maxLength: TEXT_LIMITS.merchantShippingGroupName };
  return [textElement(where.field, checkedName(where, name))];
}

function countElement(sku: string, name: string, count: number | undefined): XmlElement[] {
  return count === undefined ? [] : [textElement(name, checkedCount({ sku, field: name, min: 1 }, count))];
}

function flagElement(name: string, flag: boolean | undefined): XmlElement[] {
  return flag === undefined ? [] : [textElement(name, String(flag))];
}
