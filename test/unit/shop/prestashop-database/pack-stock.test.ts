import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PACK_STOCK, type PackComponent, PackStock } from '../../../../src/shop/prestashop-database/pack-stock.js';

const { own, components, both, shopDefault } = PACK_STOCK;
const PACK = 1;

const thing = (productId: number, needed: number, stock: number): PackComponent => ({
  packId: PACK,
  productId,
  needed,
  stock,
  packStockType: null,
});

function stockOf(rows: readonly PackComponent[], defaultType: number = own): PackStock {
  const stock = new PackStock(defaultType);
  stock.add(rows);
  return stock;
}

describe('the stock of a pack', () => {
  it.each([
    [own, own, 100],
    [components, own, 4],
    [both, own, 4],
    [shopDefault, own, 100],
    [shopDefault, components, 4],
    [shopDefault, both, 4],
    [shopDefault, shopDefault, 100],
  ])(
    'of type %i where the shop says %i is %i of its own 100 and 23 and 50 of things needed five times',
    (type, shop, expected) => {
      expect(stockOf([thing(2, 5, 23), thing(3, 5, 50)], shop).quantityOf(PACK, type, 100)).toBe(expected);
    },
  );

  it('is never more than its own under "both"', () => {
    expect(stockOf([thing(2, 1, 50)]).quantityOf(PACK, both, 3)).toBe(3);
    expect(stockOf([thing(2, 1, 50)]).quantityOf(PACK, components, 3)).toBe(50);
  });

  it('falls below 0 with an oversold component, never above it', () => {
    expect(stockOf([thing(2, 2, -3), thing(3, 1, 9)]).quantityOf(PACK, components, 7)).toBeLessThan(0);
  });

  it('is its own when it has no components at all', () => {
    expect(stockOf([]).quantityOf(PACK, components, 7)).toBe(7);
  });

  it('counts a pack within it by what that can be packed of', () => {
    const inner = { ...thing(2, 2, 1_000), packStockType: components };
    const stock = stockOf([inner, thing(3, 1, 9)]);
    expect(stock.missingPacks()).toEqual([2]);
    stock.add([{ ...thing(4, 3, 20), packId: 2 }]);
    expect(stock.missingPacks()).toEqual([]);
    // 20 of the innermost make 6 inner packs, of which 2 go into each.
    expect(stock.quantityOf(PACK, components, 0)).toBe(3);
  });

  it('takes a pack within it by its own stock where that one says so', () => {
    const stock = stockOf([{ ...thing(2, 2, 11), packStockType: own }]);
    expect(stock.missingPacks()).toEqual([]);
    expect(stock.quantityOf(PACK, components, 0)).toBe(5);
  });

  it('is 0 when a pack contains itself, or one within it was not looked into', () => {
    expect(stockOf([{ ...thing(PACK, 1, 50), packStockType: components }]).quantityOf(PACK, components, 9)).toBe(0);
    expect(stockOf([{ ...thing(2, 1, 50), packStockType: both }]).quantityOf(PACK, components, 9)).toBe(0);
  });

  it('never needs more of a component than there is, and one more pack would', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 500 })), { minLength: 1 });
    fc.assert(
      fc.property(rows, (things) => {
        const all = things.map(([needed, stock], index) => thing(index + 2, needed, stock));
        const packs = stockOf(all).quantityOf(PACK, components, 0);
        expect(all.every(({ needed, stock }) => packs * needed <= stock)).toBe(true);
        expect(all.some(({ needed, stock }) => (packs + 1) * needed > stock)).toBe(true);
      }),
    );
  });
});
