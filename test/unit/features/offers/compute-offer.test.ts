import { describe, expect, it } from 'vitest';
import { parsePrice } from '../../../../src/core/money.js';
import { computeOffer } from '../../../../src/features/offers/compute-offer.js';
import { NO_VERDICTS } from '../../../../src/features/offers/make-verdict.js';
import { sampleFrame, sampleSubject, steady } from './sample-items.js';

const facts = { quantity: { quantity: 5, handlingTimeDays: null, restockDay: null } };
const want = { metadata: true, images: true };

describe('An offer', () => {
  it('is all that one item should be on one marketplace', () => {
    const subject = sampleSubject({ combinationId: 12 }, { conditionNote: 'As new' });
    expect(computeOffer(subject, sampleFrame(), facts)).toEqual({
      sku: 'MUG-7',
      productId: 7,
      combinationId: 12,
      verdicts: [],
      identity: { type: 'EAN', value: '4006381333931' },
      condition: 'New',
      conditionNote: 'As new',
      price: { currency: 'EUR', standard: '29.90', sale: null },
      metadata: null,
      metadataNote: null,
      imageUrls: null,
    });
  });

  it('without a fault shares one empty list of verdicts with all others', () => {
    expect(computeOffer(sampleSubject(), sampleFrame(), facts).verdicts).toBe(NO_VERDICTS);
  });

  it('has extended data and pictures only when a run asks for them', () => {
    const offer = computeOffer(sampleSubject(), sampleFrame({}, { want }), facts);
    expect(offer.metadata?.title).toBe('Mug colibri');
    expect(offer.imageUrls).toEqual(['https://shop.example/1.jpg', 'https://shop.example/2.jpg']);
  });

  it('goes on without the extended data that is withheld, and says why', () => {
    const offer = computeOffer(sampleSubject({ manufacturerName: '' }), sampleFrame({}, { want }), facts);
    expect(offer).toMatchObject({
      verdicts: [],
      price: { standard: '29.90' },
      metadata: null,
      metadataNote: { code: 'brand-missing' },
    });
  });

  it('of a stopped item has its stops and nothing to send', () => {
    const subject = sampleSubject({ active: false, ean13: '', prices: [steady('0')] });
    const offer = computeOffer(subject, sampleFrame({}, { want }), facts);
    expect(offer.verdicts.map(({ code }) => code)).toEqual(['inactive']);
    expect(offer).toMatchObject({ identity: null, price: null, metadata: null, imageUrls: null });
  });

  it('names faults of every kind in the order stop, SKU, create, price', () => {
    const frame = sampleFrame({ minimumPrice: parsePrice('50') });
    const faulty = computeOffer(sampleSubject({ reference: ' X', ean13: '' }), frame, facts);
    expect(faulty.verdicts.map(({ kind, code }) => `${kind} ${code}`)).toEqual([
      'sku sku-outer-spaces',
      'create no-code',
      'price price-below-minimum',
    ]);
    const stopped = computeOffer(sampleSubject({ reference: '', virtual: true }), frame, facts);
    expect(stopped.verdicts.map(({ code }) => code)).toEqual(['virtual', 'sku-empty']);
  });

  it('keeps its price with a create fault, and its identity with a price fault', () => {
    expect(computeOffer(sampleSubject({ ean13: '' }), sampleFrame(), facts)).toMatchObject({
      identity: null,
      price: { standard: '29.90' },
    });
    expect(computeOffer(sampleSubject({ prices: [steady('0')] }), sampleFrame(), facts)).toMatchObject({
      identity: { type: 'EAN' },
      price: null,
    });
  });

  it('has no price, and no fault of one, where the marketplace does not export prices', () => {
    const frame = sampleFrame({ parts: new Set(['offer', 'quantity'] as const) });
    expect(computeOffer(sampleSubject({ prices: [steady('0')] }), frame, facts)).toMatchObject({
      price: null,
      verdicts: [],
    });
  });
});
