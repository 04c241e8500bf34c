import * as z from 'zod';
import type { OptionField, OptionValue } from './product-option.js';

/** One option as people name and type it. */
export interface ProductOptionDefinition {
  readonly name: string;
  readonly field: OptionField;
  /** `account`: Amazon keeps it once per account and SKU, so it can only be said for all marketplaces. */
  readonly scope: 'marketplace' | 'account';
  readonly description: string;
  /** What may be typed, in words. */
  readonly expected: string;
  /** From the typed text to the stored value. */
  readonly schema: z.ZodType<OptionValue, string>;
}

type Format = Pick<ProductOptionDefinition, 'expected' | 'schema'>;

const YES = new Set(['yes', 'true', 'on', '1']);
const NO = new Set(['no', 'false', 'off', '0']);
// Line breaks and tabs are text; other control characters and lone surrogates are not.
const UNREADABLE = /[^\P{Cc}\t\r\n]|\p{Cs}/u;

const yesNo: Format = {
  expected: 'yes or no',
  schema: z
    .string()
    .transform((text) => text.trim().toLowerCase())
    .refine((text) => YES.has(text) || NO.has(text))
    .transform((text) => YES.has(text)),
};

/** @source Amazon: B and nine letters or digits, or the ISBN-10 of a book */
const asin: Format = {
  expected: 'an ASIN: B and nine letters or digits, or ten digits of an ISBN',
  schema: z
    .string()
    .transform((text) => text.trim().toUpperCase())
    .pipe(z.string().regex(/^(B[0-9A-Z]{9}|\d{9}[\dX])$/)),
};

const priceAboveZero: Format = {
  expected: 'a price above 0 with a decimal point and at most 4 decimals, such as 12.50',
  schema: decimal().refine((text) => /[1-9]/.test(text)),
};

const price: Format = {
  expected: 'an amount of 0 or more with a decimal point and at most 4 decimals, such as 1.20',
  schema: decimal(),
};

const priceOrEmpty: Format = {
  expected: 'an amount of 0 or more such as 4.90, or an empty text',
  schema: z.union([z.literal(''), decimal()]),
};

const browseNode: Format = {
  expected: 'the digits of a browse node',
  schema: z
    .string()
    .trim()
    .regex(/^[1-9]\d{0,19}$/),
};

const handlingDays: Format = {
  expected: 'whole days from 0 to 30',
  schema: z
    .string()
    .trim()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .refine((days) => days <= 30),
};

/** Every option of the product's Amazon tab, in the order people see them. */
export const productOptionDefinitions: readonly ProductOptionDefinition[] = [
  option('disabled', 'disabled', { ...yesNo, description: 'Do not sell it on Amazon.' }),
  option('force-in-stock', 'forceInStock', {
    ...yesNo,
    scope: 'account',
    description: "Send the account's fixed quantity whatever the shop's stock says.",
  }),
  option('no-price', 'noPrice', { ...yesNo, description: 'Never send a price; the one at Amazon stays.' }),
  option('no-quantity', 'noQuantity', {
    ...yesNo,
    scope: 'account',
    description: 'Never send a quantity; the one at Amazon stays.',
  }),
  option('asin', 'asin', { ...asin, description: "Amazon's own number of the product; replaces EAN and UPC." }),
  option('price-override', 'priceOverride', {
    ...priceAboveZero,
    description: "Tax included, in the marketplace's currency; replaces the shop's price and every price rule.",
  }),
  option('bullet-1', 'bullet1', { ...textOf(500), description: 'First bullet point.' }),
  option('bullet-2', 'bullet2', { ...textOf(500), description: 'Second bullet point.' }),
  option('bullet-3', 'bullet3', { ...textOf(500), description: 'Third bullet point.' }),
  option('bullet-4', 'bullet4', { ...textOf(500), description: 'Fourth bullet point.' }),
  option('bullet-5', 'bullet5', { ...textOf(500), description: 'Fifth bullet point.' }),
  option('condition-note', 'conditionNote', {
    ...textOf(2_000),
    description: 'What a buyer of used goods should know.',
  }),
  option('title', 'title', { ...textOf(500), description: "Title in place of the product's name." }),
  option('description', 'description', { ...textOf(2_000), description: "Description in place of the product's own." }),
  option('browse-node', 'browseNode', { ...browseNode, description: 'Recommended browse node.' }),
  option('handling-time', 'handlingTimeDays', {
    ...handlingDays,
    scope: 'account',
    description: 'Business days from the order to the shipment.',
  }),
  option('gift-wrap', 'giftWrap', { ...yesNo, description: 'Gift wrap is offered.' }),
  option('gift-message', 'giftMessage', { ...yesNo, description: 'A gift message is offered.' }),
  option('shipping-template', 'shippingTemplate', {
    ...textOf(191),
    description: "Name of the seller's shipping template.",
  }),
  option('shipping-override', 'shippingOverride', {
    ...priceOrEmpty,
    description: 'Shipping costs of this product: 0 is free, an empty text removes an override.',
  }),
  option('amazon-fulfilled', 'amazonFulfilled', {
    ...yesNo,
    scope: 'account',
    description: 'Amazon stores and ships it; no quantity is sent.',
  }),
  option('amazon-fulfilled-supplement', 'amazonFulfilledSupplement', {
    ...price,
    description: "Added to the price when Amazon ships it, in the marketplace's currency.",
  }),
];

/** The definition of an option by the name people type, or null. */
export function productOptionByName(name: string): ProductOptionDefinition | null {
  return productOptionDefinitions.find((one) => one.name === name) ?? null;
}

function option(
  name: string,
  field: OptionField,
  rest: Format & { description: string; scope?: ProductOptionDefinition['scope'] },
): ProductOptionDefinition {
  return { scope: 'marketplace', ...rest, name, field };
}

function decimal(): z.ZodType<string, string> {
  return z
    .string()
    .trim()
    .regex(/^\d{1,10}(\.\d{1,4})?$/);
}

function textOf(maxCharacters: number): Format {
  return {
    expected: `a text of 1 to ${maxCharacters} characters without control characters`,
    schema: z
      .string()
      .trim()
      .refine((text) => text !== '' && [...text].length <= maxCharacters && !UNREADABLE.test(text)),
  };
}
