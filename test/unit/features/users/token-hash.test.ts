import { describe, expect, it } from 'vitest';
import { hashToken, randomToken, sameSecret } from '../../../../src/features/users/token-hash.js';

describe('A token', () => {
  it('is 32 random bytes in characters safe for cookies and headers', () => {
    const tokens = Array.from({ length: 50 }, randomToken);
    expect(new Set(tokens).size).toBe(50);
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('is stored as its SHA-256', () => {
    expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('equals only itself, also against texts of other lengths', () => {
    expect(sameSecret('abc', 'abc')).toBe(true);
    expect(sameSecret('abc', 'abd')).toBe(false);
    expect(sameSecret('abc', '')).toBe(false);
    expect(sameSecret('abc', 'abcd')).toBe(false);
  });
});
