import fc from 'fast-check';
import { FEED_CURRENCIES } from '../../../../feeds/xml/currencies.js';
import type { FeedMessage } from '../../../../feeds/xml/feed-message.js';
import type { ListingMessageType } from '../../../../feeds/xml/feed-types.js';
import { IMAGE_TYPES, imageDeletion, imageMessage } from '../../../../feeds/xml/image.js';
import { amazonFulfillmentMessage, inventoryMessage } from '../../../../feeds/xml/inventory.js';
import { overrideMessage } from '../../../../feeds/xml/override.js';
import { priceMessage } from '../../../../feeds/xml/price.js';
import { CONDITION_TYPES, productDeletion, productMessage } from '../../../../feeds/xml/product.js';
import { relationshipMessage } from '../../../../feeds/xml/relationship.js';
import { amount, hostileText, sku } from './hostile-text.js';

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const count = fc.integer({ min: 1, max: 999_999_999 });
const longText = hostileText.map((text) => `x ${text.repeat(200)}`);
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const charge = fc.integer({ min: 0, max: 99_999 }).map((minor) => (minor / 100).toFixed(2));
const currency = fc.constantFrom(...FEED_CURRENCIES);

const description = fc.record({
  title: longText,
  brand: optional(hostileText),
  descriptionHtml: optional(longText),
  bulletPoints: optional(fc.array(longText, { maxLength: 8 })),
  maxOrderQuantity: optional(count),
  manufacturer: optional(longText),
  mfrPartNumber: optional(longText),
  searchTerms: optional(longText),
  giftWrapAvailable: optional(fc.boolean()),
  giftMessageAvailable: optional(fc.boolean()),
  recommendedBrowseNodes: optional(fc.array(count, { maxLength: 4 })),
  merchantShippingGroupName: optional(hostileText.map((text) => `x${text}`.slice(0, 400))),
});

const product = fc.record({
  sku,
  operationType: fc.constantFrom('Update', 'PartialUpdate'),
  standardProductId: optional(
    fc.record({ type: fc.constantFrom('EAN', 'UPC', 'GTIN', 'ASIN'), value: fc.stringMatching(/^[0-9A-Z]{8,16}$/) }),
  ),
  productTaxCode: optional(fc.constant('A_GEN_STANDARD')),
  condition: optional(fc.record({ type: fc.constantFrom(...CONDITION_TYPES), note: optional(longText) })),
  description: optional(description),
});

const price = fc.record({
  sku,
  currency,
  standardPrice: amount,
  businessPrice: optional(amount),
  quantityPrices: optional(
    fc.record({
      type: fc.constantFrom('fixed', 'percent'),
      steps: fc
        .array(amount, { maxLength: 5 })
        .map((prices) => prices.map((one, index) => ({ lowerBound: index * 7 + 2, price: one }))),
    }),
  ),
  minimumSellerAllowedPrice: optional(amount),
  maximumSellerAllowedPrice: optional(amount),
  minimumAdvertisedPrice: optional(amount),
  sale: optional(
    fc.record({
      startsAt: day.map((date) => `${date}T00:00:00+01:00`),
      endsAt: fc.constantFrom('2100-01-01T00:00:00Z', '2100-12-31T23:59:59.999-11:00'),
      salePrice: amount,
    }),
  ),
});

const inventory = fc.record({
  sku,
  quantity: fc.nat(),
  restockDate: optional(day),
  handlingDays: optional(fc.integer({ min: 1, max: 30 })),
});

const image = fc.record({
  sku,
  imageType: fc.constantFrom(...IMAGE_TYPES),
  imageLocation: fc.webUrl({ withQueryParameters: true, withFragments: true }),
});

const relation = fc.record({
  sku,
  type: fc.constantFrom('Variation', 'Accessory', 'Part', 'ReplacementPart', 'Component'),
});
const shipOption = hostileText.map((text) => `x${text}`.slice(0, 200));
const shippingOverride = fc.oneof(
  fc.record({ shipOption, restricted: fc.constant(true as const) }),
  fc.record({ shipOption, type: fc.constantFrom('Additive', 'Exclusive'), shipAmount: charge, currency }),
);

/** Any message of a kind that our builders accept, with the worst texts in it. */
export const ARBITRARY_MESSAGES: Readonly<Record<ListingMessageType, fc.Arbitrary<FeedMessage>>> = {
  Product: fc.oneof(product.map(productMessage), sku.map(productDeletion)),
  Inventory: fc.oneof(
    inventory.map(inventoryMessage),
    sku.map((one) => amazonFulfillmentMessage({ sku: one, fulfillmentCenterId: 'AMAZON_EU' })),
  ),
  Price: price.map(priceMessage),
  ProductImage: fc.oneof(image.map(imageMessage), image.map(imageDeletion)),
  Relationship: fc
    .record({ parentSku: sku, children: fc.array(relation, { minLength: 1, maxLength: 5 }) })
    .map(relationshipMessage),
  Override: fc.record({ sku, shippingOverrides: fc.array(shippingOverride, { maxLength: 4 }) }).map(overrideMessage),
};
