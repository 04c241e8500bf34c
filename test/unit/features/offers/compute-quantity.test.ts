import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeQuantity } from '../../../../src/features/offers/compute-quantity.js';
import { poolFrame } from '../../../../src/features/offers/offer-frame.js';
import type { PoolOfferSettings, ProductOptions } from '../../../../src/features/offers/offer-settings.js';
import type { CatalogueItem, ShopContext } from '../../../../src/shop/catalogue.js';
import { NOON_MS, sampleContext, samplePool, sampleSubject } from './sample-items.js';

interface Case {
  readonly item?: Partial<CatalogueItem>;
  readonly options?: Partial<ProductOptions>;
  readonly pool?: Partial<PoolOfferSettings>;
  readonly context?: Partial<ShopContext>;
  readonly promised?: number;
}

const compute = ({ item, options, pool, context, promised }: Case) =>
  computeQuantity(sampleSubject(item, options), poolFrame(samplePool(pool), sampleContext(context), NOON_MS), promised);
const units = (one: Case) => compute(one)?.quantity;

describe('The quantity of an item', () => {
  it('is what the shop has', () => {
    expect(compute({ item: { stockQuantity: 12 } })).toEqual({
      quantity: 12,
      handlingTimeDays: null,
      restockDay: null,
    });
  });

  it('is less by the reserve and by what is promised, then capped', () => {
    expect(units({ item: { stockQuantity: 12 }, pool: { reserve: 2 }, promised: 3 })).toBe(7);
    expect(units({ item: { stockQuantity: 12 }, pool: { reserve: 2, cap: 8 }, promised: 3 })).toBe(7);
    expect(units({ item: { stockQuantity: 12 }, pool: { reserve: 2, cap: 5 } })).toBe(5);
    expect(units({ item: { stockQuantity: 12 }, pool: { cap: 0 } })).toBe(0);
  });

  it('is never below 0', () => {
    expect(units({ item: { stockQuantity: -4700 } })).toBe(0);
    expect(units({ item: { stockQuantity: 1 }, pool: { reserve: 2 } })).toBe(0);
  });

  it('is a whole number of at least 0 and at most the cap and the stock, whatever the figures', () => {
    const figures = fc.record({
      stockQuantity: fc.integer({ min: -10_000, max: 10_000 }),
      reserve: fc.nat(100),
      cap: fc.option(fc.nat(100)),
      promised: fc.nat(100),
    });
    fc.assert(
      fc.property(figures, ({ stockQuantity, reserve, cap, promised }) => {
        const quantity = units({ item: { stockQuantity }, pool: { reserve, cap }, promised }) ?? -1;
        expect(Number.isInteger(quantity) && Object.is(Math.abs(quantity), quantity)).toBe(true);
        expect(quantity).toBeLessThanOrEqual(Math.max(0, stockQuantity - reserve - promised));
        if (cap !== null) expect(quantity).toBeLessThanOrEqual(cap);
      }),
    );
  });

  it('that is allowed when out of stock does not become endless', () => {
    expect(units({ item: { stockQuantity: 0, sellsWhenOutOfStock: true } })).toBe(0);
  });

  it('is the fixed figure where stock is forced or not managed, and 0 where none is set', () => {
    const pool = { fixedQuantity: 50, reserve: 2, cap: 10 };
    expect(units({ options: { forceInStock: true }, pool })).toBe(50);
    expect(units({ context: { stockManagement: false }, pool })).toBe(50);
    expect(units({ options: { forceInStock: true } })).toBe(0);
    expect(units({ options: { forceInStock: false }, pool: { fixedQuantity: 50 } })).toBe(5);
  });

  it('is none at all where Amazon ships, or where the product says so', () => {
    expect(compute({ options: { amazonFulfilled: true, forceInStock: true } })).toBeNull();
    expect(compute({ options: { noQuantity: true } })).toBeNull();
  });

  it("carries the product's handling time, else the account's", () => {
    expect(compute({ pool: { handlingTimeDays: 2 } })?.handlingTimeDays).toBe(2);
    expect(compute({ pool: { handlingTimeDays: 2 }, options: { handlingTimeDays: 5 } })?.handlingTimeDays).toBe(5);
    expect(compute({ pool: { handlingTimeDays: 2 }, options: { handlingTimeDays: 0 } })?.handlingTimeDays).toBe(0);
  });
});

describe('An availability date ahead', () => {
  const item = { availableDate: '2026-12-24' };

  it('is the restock date where preorders are on', () => {
    expect(compute({ item, pool: { preorder: true } })).toEqual({
      quantity: 5,
      handlingTimeDays: null,
      restockDay: '2026-12-24',
    });
  });

  it('means 0 where they are off, unless stock is forced', () => {
    expect(compute({ item })).toMatchObject({ quantity: 0, restockDay: null });
    expect(units({ item, options: { forceInStock: true }, pool: { fixedQuantity: 9 } })).toBe(9);
    expect(units({ item, context: { stockManagement: false }, pool: { fixedQuantity: 9 } })).toBe(0);
  });

  it('is over on its day, by the calendar of the shop', () => {
    expect(compute({ item: { availableDate: '2026-11-21' }, pool: { preorder: true } })).toMatchObject({
      quantity: 5,
      restockDay: null,
    });
    const inKiritimati = { item: { availableDate: '2026-11-22' }, context: { timeZone: 'Pacific/Kiritimati' } };
    expect(units(inKiritimati)).toBe(5);
    expect(units({ ...inKiritimati, context: { timeZone: 'Europe/Paris' } })).toBe(0);
  });
});
