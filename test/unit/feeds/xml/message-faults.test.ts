import { describe, expect, test } from 'vitest';
import { isFeedCurrency } from '../../../../feeds/xml/currencies.js';
import { LISTING_FEEDS, LISTING_MESSAGE_TYPES, messageTypeOfFeed } from '../../../../feeds/xml/feed-types.js';
import { imageMessage } from '../../../../feeds/xml/image.js';
import { InvalidFeedInput } from '../../../../feeds/xml/invalid-feed-input.js';
import { amazonFulfillmentMessage, inventoryMessage } from '../../../../feeds/xml/inventory.js';
import { overrideMessage } from '../../../../feeds/xml/override.js';
import { priceMessage, type Sale } from '../../../../feeds/xml/price.js';
import { productDeletion, productMessage } from '../../../../feeds/xml/product.js';
import { relationshipMessage } from '../../../../feeds/xml/relationship.js';
import { writeXml } from '../../../../feeds/xml/write-xml.js';

describe('a SKU', () => {
  test.each([
    '',
    ' PS-1',
    'PS-1 ',
    'a\tb',
    'a\u0000b',
    'a\nb',
    'x'.repeat(41),
    'é\ud83d',
    'é\u00a0',
    'é\u0085x',
    '😀'.repeat(41),
  ])('%j is refused, not repaired', (sku) => {
    expect(() => productDeletion(sku)).toThrow(InvalidFeedInput);
  });

  test.each(['007', 'a  b', 'é  ü', 'x'.repeat(40), '😀'.repeat(40), '-', '0'])('%j goes out byte by byte', (sku) => {
    expect(writeXml(productDeletion(sku).body)).toBe(`<Product><SKU>${sku}</SKU></Product>`);
  });

  test('a child of a relationship is checked like any other', () => {
    expect(() => relationshipMessage({ parentSku: 'P', children: [{ sku: '', type: 'Variation' }] })).toThrow(
      /expected SKU to be 1 to 40/,
    );
    expect(() => relationshipMessage({ parentSku: 'P', children: [] })).toThrow(
      'SKU "P": expected Relation to be at least one child, got 0.',
    );
  });
});

describe('a price', () => {
  const price = (standardPrice: string, sale?: Partial<Sale>) =>
    priceMessage({
      sku: 'PS-1',
      currency: 'EUR',
      standardPrice,
      sale: sale && {
        startsAt: '2026-11-21T00:00:00+01:00',
        endsAt: '2026-12-01T00:00:00+01:00',
        salePrice: '9.90',
        ...sale,
      },
    });

  test.each(['29,90', '29.90123', '-1', '+1', '1e3', '', ' 1', '1.', '.5', 'NaN', '12345678901234567', '29.90 €'])(
    '%j is refused',
    (amount) => {
      expect(() => price(amount)).toThrow(`SKU "PS-1": expected StandardPrice to be a decimal`);
    },
  );

  test.each(['0', '0.0001', '29.90', '1234567890123456.1234'])('%j goes out as it is', (amount) => {
    expect(writeXml(price(amount).body)).toContain(`>${amount}</StandardPrice>`);
  });

  test.each([
    '2026-11-21',
    '2026-11-21T00:00:00',
    '2026-02-30T00:00:00Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T00:00:00+15:00',
    '',
  ])('a sale from %j is refused', (startsAt) => {
    expect(() => price('10', { startsAt })).toThrow(/expected StartDate to be an instant such as/);
  });

  test('a sale must end after it starts, also across zones', () => {
    expect(() => price('10', { endsAt: '2026-11-20T23:00:00Z' })).toThrow(/expected EndDate to be an instant after/);
    expect(writeXml(price('10', { endsAt: '2026-11-20T23:00:01Z' }).body)).toContain(
      '<EndDate>2026-11-20T23:00:01Z</EndDate>',
    );
  });

  test('quantity steps rise and are at most five', () => {
    const steps = (...bounds: number[]) =>
      priceMessage({
        sku: 'PS-1',
        currency: 'EUR',
        standardPrice: '10',
        quantityPrices: { type: 'fixed', steps: bounds.map((lowerBound) => ({ lowerBound, price: '9' })) },
      });
    expect(() => steps(2, 3, 4, 5, 6, 7)).toThrow('expected QuantityPrice to be at most 5 steps, got 6');
    expect(() => steps(5, 5)).toThrow('expected QuantityLowerBound2 to be more than 5, got 5');
    expect(() => steps(0)).toThrow('expected QuantityLowerBound1 to be a whole number of at least 1, got 0');
    expect(writeXml(steps().body)).not.toContain('Quantity');
  });

  test('only currencies that Amazon writes in XML are feed currencies', () => {
    expect(['EUR', 'PLN', 'CHF', 'ZAR', 'DEFAULT', 'eur'].filter(isFeedCurrency)).toEqual(['EUR', 'PLN']);
  });
});

describe('a quantity', () => {
  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('of %d is refused', (quantity) => {
    expect(() => inventoryMessage({ sku: 'PS-1', quantity })).toThrow(
      /expected Quantity to be a whole number of at least 0/,
    );
  });

  test.each([0, 31, 2.5])('with %d handling days is refused', (handlingDays) => {
    expect(() => inventoryMessage({ sku: 'PS-1', quantity: 1, handlingDays })).toThrow(
      /FulfillmentLatency to be 1 to 30 business days/,
    );
  });

  test.each(['2026-02-29', '24/12/2026', '2026-12-24T00:00:00Z', '0000-00-00'])(
    'restocked on %j is refused',
    (restockDate) => {
      expect(() => inventoryMessage({ sku: 'PS-1', quantity: 1, restockDate })).toThrow(
        /expected RestockDate to be a day such as/,
      );
    },
  );

  test('never goes to Amazon for a SKU that Amazon fulfils', () => {
    const xml = writeXml(amazonFulfillmentMessage({ sku: 'PS-1', fulfillmentCenterId: 'AMAZON_EU' }).body);
    expect(xml).not.toContain('<Quantity>');
  });
});

describe('a product', () => {
  const product = (title: string) => productMessage({ sku: 'PS-1', operationType: 'Update', description: { title } });

  test('without a visible title is refused', () => {
    expect(() => product(' \u0000\n')).toThrow('SKU "PS-1": expected Title to be a text with a visible character');
  });

  test('a title of 600 characters is cut to 500 before the emoji that would not fit', () => {
    const xml = writeXml(product(`${'a'.repeat(499)}👩‍👩‍👧‍👦${'b'.repeat(100)}`).body);
    expect(xml).toContain(`<Title>${'a'.repeat(499)}</Title>`);
  });

  test('a NUL in a description is removed', () => {
    const description = { title: 'Pull', descriptionHtml: '<p>La\u0000ine</p>' };
    const xml = writeXml(productMessage({ sku: 'PS-1', operationType: 'Update', description }).body);
    expect(xml).toContain('<Description>Laine</Description>');
  });

  test('an identifier of the wrong length is refused with its kind', () => {
    const message = () =>
      productMessage({ sku: 'PS-1', operationType: 'Update', standardProductId: { type: 'EAN', value: '4006381' } });
    expect(message).toThrow(
      'SKU "PS-1": expected StandardProductID (EAN) to be 8 to 16 letters or digits, got "4006381".',
    );
  });

  test('a tax code or shipping template that is too long is refused, because Amazon compares it as it is', () => {
    const taxed = () => productMessage({ sku: 'PS-1', operationType: 'Update', productTaxCode: 'x'.repeat(51) });
    expect(taxed).toThrow(/expected ProductTaxCode to be 1 to 50 characters/);
    const description = { title: 'Pull', merchantShippingGroupName: '' };
    expect(() => productMessage({ sku: 'PS-1', operationType: 'Update', description })).toThrow(
      /MerchantShippingGroupName to be 1 to 500/,
    );
  });
});

test('a picture needs an address that Amazon can fetch', () => {
  for (const imageLocation of ['', '/img/1.jpg', 'ftp://shop.example/1.jpg', 'javascript:alert(1)']) {
    expect(() => imageMessage({ sku: 'PS-1', imageType: 'Main', imageLocation })).toThrow(/an http or https address/);
  }
});

test('a shipping charge has at most two decimals', () => {
  const override = { shipOption: 'Std', type: 'Additive', shipAmount: '4.901', currency: 'EUR' } as const;
  expect(() => overrideMessage({ sku: 'PS-1', shippingOverrides: [override] })).toThrow(
    /ShipAmount to be at most 2 decimals/,
  );
});

test('every feed type leads to its message type and back', () => {
  for (const messageType of LISTING_MESSAGE_TYPES)
    expect(messageTypeOfFeed(LISTING_FEEDS[messageType].feedType)).toBe(messageType);
  expect(messageTypeOfFeed('POST_ORDER_FULFILLMENT_DATA')).toBeNull();
});
