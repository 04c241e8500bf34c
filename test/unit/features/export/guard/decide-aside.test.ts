import { expect, it } from 'vitest';
import { lessWaiting, type PlacedRows } from '../../../../../src/features/export/end-work.js';
import { type DecidingContext, decideAside } from '../../../../../src/features/export/guard/decide-aside.js';
import type { SetAsidePart, SetAsideSku } from '../../../../../src/features/export/guard/set-aside.js';

const PRODUCT = 5;

/** A SKU of a shop whose price is set aside, and whose quantity waits for it. */
function pricedSku(shopId: number): SetAsideSku {
  const price = { marketplaceId: 3, part: 'price', value: '90.00|EUR' } as const;
  const line = { ...price, sku: 'A', shopId, productId: PRODUCT, isDeletion: false, valueBefore: '50.00|EUR' };
  const to = { marketplaceId: 3, country: 'FR' };
  const rendered = { messageType: 'Price', messages: [], parts: [] } as unknown as SetAsidePart['rendered'];
  return {
    parts: [{ kind: 'price', line, isCounted: false, to, rendered, handovers: [] }],
    logLine: {
      ...{ sku: 'A', shopId, productId: PRODUCT, combinationId: 0, verdicts: [], notes: [] },
      parts: [
        { ...price, before: '50.00|EUR', decision: 'send', why: null },
        { marketplaceId: 0, part: 'quantity', value: '9', before: '0', decision: 'wait', why: 'price-first' },
      ],
    },
    shopId,
    productIds: [PRODUCT],
  };
}

/** A context in which every price is too much. */
const tripping = {
  documents: { endPromises: () => undefined, placePromised: () => undefined },
  guard: { run: {}, count: () => Promise.resolve({ kind: 'price', changes: 11, listings: 20 }) },
  recorder: {
    tally: { addHeld: () => undefined, addLeftAlone: () => undefined },
    log: { append: () => undefined, drain: () => Promise.resolve() },
  },
  on: { guard: { trip: () => Promise.resolve() } },
} as unknown as DecidingContext;

const placedOf = (shopId: number): PlacedRows => ({
  rows: [{ shopId, productId: PRODUCT } as PlacedRows['rows'][number]],
  waitingByProduct: new Map([[PRODUCT, 1]]),
});

it('a held price makes nothing of another shop wait less, also where its product has the same number', async () => {
  const waitingLess = await decideAside([pricedSku(1)], tripping);
  expect([...lessWaiting(placedOf(1), waitingLess).waitingByProduct]).toEqual([[PRODUCT, 0]]);
  expect([...lessWaiting(placedOf(2), waitingLess).waitingByProduct]).toEqual([[PRODUCT, 1]]);
});
