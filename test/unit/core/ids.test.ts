import { describe, expect, it } from 'vitest';
import { randomId } from '../../../src/core/ids.js';

describe('A random id', () => {
  it('is sixteen hexadecimal digits and never the same twice', () => {
    const ids = Array.from({ length: 1_000 }, () => randomId());
    expect(ids.filter((id) => !/^[0-9a-f]{16}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
