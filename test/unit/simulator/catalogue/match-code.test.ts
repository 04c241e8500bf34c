import { describe, expect, it } from 'vitest';
import { asinFor, isAsin, matchCode } from '../../../../src/simulator/catalogue/match-code.js';

const CODES = Array.from({ length: 20_000 }, (_, at) => String(at).padStart(14, '0'));

describe('The simulated catalogue', () => {
  it('knows 70 % of all codes once, 10 % not at all, 10 % twice, and refuses 5 % each', () => {
    const counts: Record<string, number> = {};
    for (const code of CODES) counts[matchCode(code).kind] = (counts[matchCode(code).kind] ?? 0) + 1;
    const share = (kind: string) => Math.round(((counts[kind] ?? 0) / CODES.length) * 100);
    expect(['one', 'none', 'several', 'other-brand', 'restricted'].map(share)).toEqual([70, 10, 10, 5, 5]);
  });

  it('answers the same for ever, and other codes with other ASINs', () => {
    expect(matchCode('04006381333009')).toEqual({ kind: 'one', asin: asinFor('04006381333009') });
    expect(new Set(CODES.map(asinFor)).size).toBe(CODES.length);
  });

  it('invents ASINs in the form of real ones', () => {
    expect(CODES.filter((code) => !isAsin(asinFor(code)))).toEqual([]);
    expect(['B0ABCDEF12', '3868733515', '080442957X'].map(isAsin)).toEqual([true, true, true]);
    expect(['b0abcdef12', 'B0ABCDEF1', '4006381333009', ''].map(isAsin)).toEqual([false, false, false, false]);
  });
});
