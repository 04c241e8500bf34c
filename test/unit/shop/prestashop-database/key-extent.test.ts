import { describe, expect, it } from 'vitest';
import { whereInExtent } from '../../../../src/shop/prestashop-database/key-extent.js';
import { rangeBetween, rangeOf } from '../../../../src/shop/prestashop-database/product-range.js';
import { sortRows } from '../../../../src/shop/prestashop-database/sort-rows.js';

const COLUMNS = { column: 'k', product: 'p' };

describe('whereInExtent', () => {
  it('goes by the primary key where the rows lie close together, still for these products only', () => {
    const where = whereInExtent({ rows: 60, first: 1, last: 100 }, rangeBetween(1, 9), COLUMNS);
    expect(where).toBe('k BETWEEN 1 AND 100 AND p + 0 BETWEEN 1 AND 9');
  });

  it('goes by product where they are scattered, or where there are none', () => {
    expect(whereInExtent({ rows: 10, first: 1, last: 100 }, rangeOf([3, 4]), COLUMNS)).toBe('p IN (3,4)');
    expect(whereInExtent({ rows: 0, first: 0, last: 0 }, rangeOf([3]), COLUMNS)).toBe('p IN (3)');
  });

  it('refuses an id that is no whole number, since it becomes part of SQL', () => {
    expect(() => rangeOf([1.5])).toThrow(RangeError);
  });
});

describe('sortRows', () => {
  it('leaves rows alone that are in order', () => {
    const rows = [
      [1, 1],
      [1, 2],
      [2, 1],
    ];
    expect(sortRows(rows, [0, 1])).toBe(rows);
  });

  it('orders by the first column, then by the second', () => {
    const rows = [
      [2, 1],
      [1, 20],
      [1, 3],
    ];
    expect(sortRows(rows, [0, 1])).toEqual([
      [1, 3],
      [1, 20],
      [2, 1],
    ]);
  });
});
