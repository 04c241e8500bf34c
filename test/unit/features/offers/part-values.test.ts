import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OfferMetadata, OfferPrice, PoolQuantity } from '../../../../src/features/offers/offer.js';
import {
  comparablePrice,
  imagesValue,
  isRaised,
  metadataValue,
  type OfferStart,
  parseOfferValue,
  parsePriceValue,
  parseQuantityValue,
  unitsOfValue,
  writeOfferValue,
  writePriceValue,
  writeQuantityValue,
} from '../../../../src/features/offers/part-values.js';

const amount = fc
  .tuple(fc.nat(99_999_999), fc.nat(99))
  .map(([whole, rest]) => `${whole}.${String(rest).padStart(2, '0')}`);
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const prices: fc.Arbitrary<OfferPrice> = fc.record({
  currency: fc.constantFrom('EUR', 'GBP', 'JPY'),
  standard: amount,
  sale: fc.option(fc.record({ startDay: day, endDay: day, price: amount })),
});
const quantities: fc.Arbitrary<PoolQuantity> = fc.record({
  quantity: fc.nat(),
  handlingTimeDays: fc.option(fc.nat(30)),
  restockDay: fc.option(day),
});
const starts: fc.Arbitrary<OfferStart> = fc.record({
  identity: fc.record({
    type: fc.constantFrom('EAN' as const, 'UPC' as const, 'GTIN' as const, 'ASIN' as const),
    value: fc.stringMatching(/^[0-9A-Z]{8,14}$/),
  }),
  condition: fc.constantFrom('New' as const, 'UsedLikeNew' as const, 'CollectibleAcceptable' as const),
});

describe('The value of a part', () => {
  it('reads as people would write it', () => {
    const sale = { price: '24.90', startDay: '2026-11-21', endDay: '2026-12-01' };
    expect(writePriceValue({ standard: '29.90', currency: 'EUR', sale: null })).toBe('29.90|EUR');
    expect(writePriceValue({ standard: '29.90', currency: 'EUR', sale })).toBe('29.90|EUR|24.90|2026-11-21|2026-12-01');
    expect(writeQuantityValue({ quantity: 12, handlingTimeDays: null, restockDay: null })).toBe('12');
    expect(writeQuantityValue({ quantity: 12, handlingTimeDays: 0, restockDay: null })).toBe('12|0');
    expect(writeQuantityValue({ quantity: 12, handlingTimeDays: 2, restockDay: '2026-12-24' })).toBe('12|2|2026-12-24');
    expect(writeQuantityValue({ quantity: 12, handlingTimeDays: null, restockDay: '2026-12-24' })).toBe(
      '12||2026-12-24',
    );
    expect(writeOfferValue({ identity: { type: 'EAN', value: '4006381333931' }, condition: 'New' })).toBe(
      'EAN:4006381333931|New',
    );
  });

  it('is read back as what was written, and fits its column', () => {
    fc.assert(
      fc.property(prices, quantities, starts, (price, quantity, start) => {
        const texts = [writePriceValue(price), writeQuantityValue(quantity), writeOfferValue(start)] as const;
        expect(parsePriceValue(texts[0])).toEqual(price);
        expect(parseQuantityValue(texts[1])).toEqual(quantity);
        expect(parseOfferValue(texts[2])).toEqual(start);
        expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(191);
      }),
    );
  });

  it.each(['', '29.90', '|EUR', '29.90|EUR|24.90', '29.90|EUR|24.90|2026-11-21|', '1|2|3|4|5|6'])(
    'of a price is not %j',
    (text) => {
      expect(() => parsePriceValue(text)).toThrow('stored value of a price');
    },
  );

  it.each(['', '-1', '1.5', 'x', '1|x', '1|2|3'])('of a quantity is not %j', (text) => {
    expect(() => parseQuantityValue(text)).toThrow('stored value of a quantity');
  });

  it.each(['', 'EAN:|New', 'ISBN:1|New', 'EAN:1'])('of an offer is not %j', (text) => {
    expect(() => parseOfferValue(text)).toThrow('stored value of a offer');
  });
});

describe('A price as it counts on a day', () => {
  const value = '29.90|EUR|24.90|2026-11-21|2026-12-01';

  it('has its sale until the day on which it ends', () => {
    expect(comparablePrice(value, '2026-11-01')).toBe(value);
    expect(comparablePrice(value, '2026-11-30')).toBe(value);
    expect(comparablePrice(value, '2026-12-01')).toBe('29.90|EUR');
  });

  it('without a sale is itself', () => {
    expect(comparablePrice('29.90|EUR', '2026-12-01')).toBe('29.90|EUR');
  });

  it('is the value without its sale exactly when that is over', () => {
    fc.assert(
      fc.property(prices, day, (price, today) => {
        const over = price.sale !== null && price.sale.endDay <= today;
        expect(comparablePrice(writePriceValue(price), today)).toBe(
          writePriceValue(over ? { ...price, sale: null } : price),
        );
      }),
    );
  });
});

describe('A quantity', () => {
  it('is raised when it shows more units than before', () => {
    expect(isRaised('5', '6|2')).toBe(true);
    expect(isRaised('5|2', '5|3')).toBe(false);
    expect(isRaised('10', '9')).toBe(false);
    expect(isRaised(null, '1')).toBe(true);
    expect(isRaised(null, '0')).toBe(false);
  });

  it('has its units before the first bar', () => {
    expect(unitsOfValue('12|2|2026-12-24')).toBe(12);
  });
});

describe('Values too long to keep', () => {
  const metadata: OfferMetadata = {
    title: 'Mug',
    brand: 'Acme',
    description: 'A mug',
    bullets: ['One'],
    manufacturer: 'Acme',
    manufacturerPartNumber: '',
    searchTerms: '',
    browseNode: null,
    shippingTemplate: null,
    productTaxCode: null,
    shippingOverride: null,
    giftWrap: null,
    giftMessage: null,
  };

  it('are fingerprints that differ with every field', () => {
    const value = metadataValue(metadata);
    expect(value).toMatch(/^sha256:[0-9a-f]{64}$/);
    for (const key of Object.keys(metadata)) expect(metadataValue({ ...metadata, [key]: 'other' })).not.toBe(value);
  });

  it('do not depend on the order in which fields were written', () => {
    const turned = Object.fromEntries(Object.entries(metadata).reverse()) as unknown as OfferMetadata;
    expect(metadataValue(turned)).toBe(metadataValue(metadata));
  });

  it('of pictures depend on their order', () => {
    expect(imagesValue(['a', 'b'])).not.toBe(imagesValue(['b', 'a']));
    expect(imagesValue(['a', 'b'])).toBe(imagesValue(['a', 'b']));
  });
});
