import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharedPool } from '../../../../../src/features/export/plan/pool-elsewhere.js';
import type { PoolQuantity } from '../../../../../src/features/offers/offer.js';

const pool = (quantity: number): PoolQuantity => ({ quantity, handlingTimeDays: null, restockDay: null });

describe('The one stock of a SKU that several shops sell', () => {
  it('is the least of those that sell it, in whatever order they are looked at', () => {
    const stocks = fc.array(fc.nat(50), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(stocks, fc.nat(50), fc.boolean(), (elsewhere, own, isSoldHere) => {
        const selling = isSoldHere ? [own, ...elsewhere] : elsewhere;
        const found = sharedPool(pool(own), isSoldHere, elsewhere.map(pool));
        expect(found?.quantity).toBe(Math.min(...selling));
        expect(sharedPool(pool(own), isSoldHere, elsewhere.toReversed().map(pool))).toEqual(found);
      }),
    );
  });

  it('is of equal ones that which promises less, whichever shop looks', () => {
    const [now, later] = [pool(3), { ...pool(3), restockDay: '2027-01-01', handlingTimeDays: 5 }];
    expect(sharedPool(now, true, [later])).toEqual(later);
    expect(sharedPool(later, true, [now])).toEqual(later);
    const slow = { ...pool(3), handlingTimeDays: 4 };
    expect([sharedPool(now, true, [slow]), sharedPool(slow, true, [now])]).toEqual([slow, slow]);
  });

  it('is not sent at all where one of them has it fulfilled by Amazon', () => {
    expect(sharedPool(pool(3), true, [null])).toBeNull();
    expect(sharedPool(null, true, [pool(3)])).toBeNull();
  });
});
