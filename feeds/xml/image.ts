import { checkedSku } from './checked-values.js';
import type { FeedMessage } from './feed-message.js';
import { InvalidFeedInput } from './invalid-feed-input.js';
import { parentElement, textElement } from './xml-element.js';

/** The places of pictures that we fill: the main one, eight more of the product, and those of a single offer. */
export const IMAGE_TYPES = [
  ...(['Main', 'PT1', 'PT2', 'PT3', 'PT4', 'PT5', 'PT6', 'PT7', 'PT8', 'Swatch'] as const),
  ...(['MainOfferImage', 'OfferImage1', 'OfferImage2', 'OfferImage3', 'OfferImage4', 'OfferImage5'] as const),
] as const;

export type ImageType = (typeof IMAGE_TYPES)[number];

/** One picture of one SKU, which Amazon fetches from the shop. */
export interface ImageInput {
  readonly sku: string;
  readonly imageType: ImageType;
  /** A public http or https address. */
  readonly imageLocation: string;
}

/**
 * Makes the ProductImage message of one picture.
 *
 * @returns the address in its ASCII form: spaces and accents percent-encoded
 * @throws InvalidFeedInput when the SKU cannot be sent or the address is none that Amazon could fetch
 * @source Amazon ProductImage feed: SKU, ImageType, ImageLocation (checked 2026-11)
 */
export function imageMessage(input: ImageInput): FeedMessage {
  const { sku, imageType, imageLocation } = input;
  const children = [
    textElement('SKU', checkedSku('SKU', sku)),
    textElement('ImageType', imageType),
    textElement('ImageLocation', publicAddress(sku, imageLocation)),
  ];
  return { operationType: 'Update', body: parentElement('ProductImage', children) };
}

/**
 * Makes the message that takes one picture away.
 *
 * @throws InvalidFeedInput when the SKU cannot be sent
 */
export function imageDeletion(input: Pick<ImageInput, 'sku' | 'imageType'>): FeedMessage {
  const children = [textElement('SKU', checkedSku('SKU', input.sku)), textElement('ImageType', input.imageType)];
  return { operationType: 'Delete', body: parentElement('ProductImage', children) };
}

function publicAddress(sku: string, address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url !== null && (url.protocol === 'https:' || url.protocol === 'http:')) return url.href;
  throw new InvalidFeedInput({ sku, field: 'ImageLocation', expected: 'an http or https address', received: address });
}
