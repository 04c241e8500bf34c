import { describe, expect, it } from 'vitest';
import { groupBy } from '../../../src/core/group-by.js';

describe('Grouping', () => {
  it('keeps the order of the things, and of the keys by their first thing', () => {
    const groups = groupBy(['pear', 'apple', 'plum', 'avocado', 'fig'], (word) => word[0]);
    expect([...groups]).toEqual([
      ['p', ['pear', 'plum']],
      ['a', ['apple', 'avocado']],
      ['f', ['fig']],
    ]);
  });

  it('of nothing gives nothing', () => {
    expect(groupBy([], String).size).toBe(0);
  });
});
