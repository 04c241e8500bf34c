import { describe, expect, it } from 'vitest';
import { leftOutPrices } from '../../../../../src/features/export/plan/left-out-prices.js';
import { prepareItem } from '../../../../../src/features/export/plan/prepare-items.js';
import { sampleItem, steady } from '../../offers/sample-items.js';
import { type FrameWishes, sameOptions, sampleShopFrame } from '../sample-frame.js';
import { DE, FR } from '../sample-memory.js';

describe('The prices that a run does not decide', () => {
  const leftOut = (wishes: FrameWishes, options = sameOptions()) => {
    const frame = sampleShopFrame(wishes);
    const prepared = prepareItem(sampleItem({ prices: [steady('29.90'), steady('25.50')] }), frame, options);
    const prices = leftOutPrices(prepared, frame, options);
    return prices && [...prices()].map(({ marketplaceId, value }) => [marketplaceId, value]);
  };
  const BOTH = [
    [FR, '29.90|EUR'],
    [DE, '25.50|EUR'],
  ];

  it.each([{ stockOnly: true }, { noPrice: true }])('are those of every marketplace with %j', (options) => {
    expect(leftOut({ options })).toEqual(BOTH);
  });

  it('are those of the marketplaces that it does not export', () => {
    expect(leftOut({ selected: [FR], allPrices: true })).toEqual([BOTH[1]]);
  });

  it('are none where it decides them all, or where none are exported', () => {
    expect(leftOut({})).toBeUndefined();
    expect(leftOut({ options: { stockOnly: true }, settings: { parts: new Set(['quantity']) } })).toBeUndefined();
  });

  it('are not those of a marketplace that does not sell the item', () => {
    expect(leftOut({ options: { stockOnly: true } }, sameOptions({ disabled: true }))).toEqual([]);
  });
});
