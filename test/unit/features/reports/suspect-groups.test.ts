import { describe, expect, it } from 'vitest';
import type { CarriedPart } from '../../../../src/features/listings/listing.js';
import type { Feed } from '../../../../src/features/reports/feed.js';
import { decideSuspects } from '../../../../src/features/reports/suspect-groups.js';

const FEED = { id: 7, suspectGroup: 6 } as Feed;
const FIRST = 14;
const SECOND = 15;

const quantities = (...values: readonly number[]) =>
  values.map((value, index): CarriedPart => {
    const place = { poolListingId: index + 1, marketplaceId: 0, shopId: 1, productId: index + 1 };
    return { ...place, part: 'quantity', sku: `SKU-${index}`, value: String(value), tries: 0 };
  });
const groupsOf = (carried: readonly CarriedPart[], feed = FEED) =>
  decideSuspects(carried, feed, true).map((outcome) => outcome.suspectGroup);

describe('A group that ends FATAL', () => {
  it('is halved by SKU', () => {
    expect(groupsOf(quantities(5, 6, 7, 8))).toEqual([FIRST, FIRST, SECOND, SECOND]);
    expect(groupsOf(quantities(0, 0, 0))).toEqual([FIRST, SECOND, SECOND]);
  });

  it('lets what is brought to 0 go first and apart, so that no stock-out waits while others are halved', () => {
    expect(groupsOf(quantities(5, 0, 7, 0, 9))).toEqual([SECOND, FIRST, SECOND, FIRST, SECOND]);
  });

  it('goes once more whole before that', () => {
    expect(groupsOf(quantities(5, 0, 7), { ...FEED, suspectGroup: null })).toEqual([FIRST, FIRST, FIRST]);
  });
});
