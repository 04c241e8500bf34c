import { describe, expect, it } from 'vitest';
import { offerStatus, priceAt, samePrice } from '../../../../src/simulator/state/buyable.js';
import { effectiveTerms, NO_TERMS, type Offer, withTerms } from '../../../../src/simulator/state/listing.js';

const SALE = { ...NO_TERMS, price: '10.00', salePrice: '8.00', saleStartMs: 100, saleEndMs: 200 };

describe('An offer', () => {
  it('costs its sale price from the start of the sale up to its end', () => {
    expect([99, 100, 199, 200].map((atMs) => priceAt(SALE, atMs))).toEqual(['10.00', '8.00', '8.00', '10.00']);
  });

  it('is incomplete without a price, and inactive without stock', () => {
    expect(offerStatus(NO_TERMS, 5, 0)).toBe('Incomplete');
    expect(offerStatus(SALE, 0, 0)).toBe('Inactive');
    expect(offerStatus(SALE, 1, 0)).toBe('Active');
    expect(offerStatus(SALE, null, 0)).toBe('Active');
  });

  it('is inactive while what a buyer pays lies outside its bounds, or the sale is no saving', () => {
    expect(offerStatus({ ...SALE, minPrice: '9.00' }, 1, 0)).toBe('Active');
    expect(offerStatus({ ...SALE, minPrice: '9.00' }, 1, 150)).toBe('Inactive');
    expect(offerStatus({ ...SALE, maxPrice: '9.99' }, 1, 0)).toBe('Inactive');
    expect(offerStatus({ ...SALE, salePrice: '10.0' }, 1, 150)).toBe('Inactive');
  });

  it('has the same price however it is written', () => {
    expect([samePrice('9.9', '9.90'), samePrice('9.9', '9.91')]).toEqual([true, false]);
  });

  it('shows readers the terms before until the new ones take effect, also when they change again meanwhile', () => {
    const offer = { terms: NO_TERMS, termsBefore: null, termsFromMs: 0 } as Offer;
    const first = withTerms(offer, { ...NO_TERMS, price: '1.00' }, { atMs: 10, fromMs: 20 });
    expect([effectiveTerms(first, 19).price, effectiveTerms(first, 20).price]).toEqual([null, '1.00']);
    const early = withTerms(first, { ...NO_TERMS, price: '2.00' }, { atMs: 15, fromMs: 25 });
    expect([effectiveTerms(early, 24).price, effectiveTerms(early, 25).price]).toEqual([null, '2.00']);
    const late = withTerms(first, { ...NO_TERMS, price: '3.00' }, { atMs: 21, fromMs: 31 });
    expect([effectiveTerms(late, 30).price, effectiveTerms(late, 31).price]).toEqual(['1.00', '3.00']);
  });
});
