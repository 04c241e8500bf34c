import type { FeedMessage } from '../../../../feeds/xml/feed-message.js';
import type { ListingMessageType } from '../../../../feeds/xml/feed-types.js';
import { imageDeletion, imageMessage } from '../../../../feeds/xml/image.js';
import { amazonFulfillmentMessage, inventoryMessage } from '../../../../feeds/xml/inventory.js';
import { overrideMessage } from '../../../../feeds/xml/override.js';
import { priceMessage } from '../../../../feeds/xml/price.js';
import { productDeletion, productMessage } from '../../../../feeds/xml/product.js';
import { relationshipMessage } from '../../../../feeds/xml/relationship.js';

const fullProduct = productMessage({
  sku: 'PS-1-7',
  operationType: 'Update',
  standardProductId: { type: 'EAN', value: '4006381333931' },
  productTaxCode: 'A_GEN_STANDARD',
  condition: { type: 'UsedLikeNew', note: 'Boîte ouverte,\n jamais porté' },
  description: {
    title: '  Pull « Été » 2"  taille M & L ',
    brand: 'Maison Exemple',
    descriptionHtml:
      '<p>Laine &amp; coton, 5 &lt; 6&nbsp;kg.</p><ul><li>Chaud</li><li>L&eacute;ger<script>x()</script></li></ul>',
    bulletPoints: ['Chaud', '', 'Léger', 'Lavable', 'Doux', 'Beau', 'Sixième'],
    maxOrderQuantity: 5,
    manufacturer: 'Exemple SARL',
    mfrPartNumber: 'EX-1',
    searchTerms: 'pull laine hiver',
    giftWrapAvailable: true,
    giftMessageAvailable: false,
    recommendedBrowseNodes: [192407031, 192407032, 192407033],
    merchantShippingGroupName: 'Modèle par défaut',
  },
});

const fullPrice = priceMessage({
  sku: 'PS-1-7',
  currency: 'EUR',
  standardPrice: '29.90',
  businessPrice: '27.5',
  quantityPrices: {
    type: 'fixed',
    steps: [
      { lowerBound: 5, price: '26.00' },
      { lowerBound: 20, price: '24.1234' },
    ],
  },
  minimumSellerAllowedPrice: '20.00',
  maximumSellerAllowedPrice: '60.00',
  minimumAdvertisedPrice: '25.00',
  sale: { startsAt: '2026-11-21T00:00:00+01:00', endsAt: '2026-12-01T00:00:00+01:00', salePrice: '24.90' },
});

/** One document of each type; its bytes are in test/fixtures/feeds. */
export const GOLDEN_MESSAGES: Readonly<Record<ListingMessageType, readonly FeedMessage[]>> = {
  Product: [
    fullProduct,
    productMessage({
      sku: 'PS-2',
      operationType: 'PartialUpdate',
      standardProductId: { type: 'ASIN', value: 'B000EXAMPL' },
    }),
    productDeletion('PS-OLD'),
  ],
  Inventory: [
    inventoryMessage({ sku: 'PS-1-7', quantity: 12, handlingDays: 2 }),
    inventoryMessage({ sku: 'A&B <1>', quantity: 0, restockDate: '2026-12-24' }),
    amazonFulfillmentMessage({ sku: 'PS-2', fulfillmentCenterId: 'AMAZON_EU' }),
  ],
  Price: [fullPrice, priceMessage({ sku: 'PS-2', currency: 'PLN', standardPrice: '131' })],
  ProductImage: [
    imageMessage({
      sku: 'PS-1-7',
      imageType: 'Main',
      imageLocation: 'https://shop.example/1-large/été pull.jpg?a=1&b=2',
    }),
    imageDeletion({ sku: 'PS-1-7', imageType: 'PT8' }),
  ],
  Relationship: [
    relationshipMessage({
      parentSku: 'PS-1',
      children: [
        { sku: 'PS-1-7', type: 'Variation' },
        { sku: 'PS-3', type: 'Accessory' },
      ],
    }),
  ],
  Override: [
    overrideMessage({
      sku: 'PS-1-7',
      shippingOverrides: [
        { shipOption: 'Std FR Dom', type: 'Exclusive', shipAmount: '4.90', currency: 'EUR' },
        { shipOption: 'Exp FR Dom', restricted: true },
      ],
    }),
    overrideMessage({ sku: 'PS-2', shippingOverrides: [] }),
  ],
};
