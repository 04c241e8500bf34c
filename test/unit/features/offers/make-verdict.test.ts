import { describe, expect, it } from 'vitest';
import { makeVerdict } from '../../../../src/features/offers/make-verdict.js';
import { type VerdictCode, verdictKinds } from '../../../../src/features/offers/verdict.js';
import { verdictTexts } from '../../../../src/features/offers/verdict-texts.js';

describe('A verdict', () => {
  it('says the figures of the case', () => {
    expect(makeVerdict('minimal-quantity', { lot: 6 })).toEqual({
      kind: 'stop',
      code: 'minimal-quantity',
      sentence: 'Sold only in lots of 6.',
      advice: 'Set the minimal quantity to 1 in the shop: Amazon sells single units.',
    });
  });

  it('takes figures as they are, also where they look like braces or patterns', () => {
    expect(makeVerdict('sku-outer-spaces', { sku: ' $& {lot}' }).sentence).toContain('" $& {lot}"');
  });

  it('without figures is one object however often it is given', () => {
    expect(makeVerdict('no-code')).toBe(makeVerdict('no-code'));
  });

  it.each(Object.keys(verdictKinds) as VerdictCode[])('%s has whole sentences', (code) => {
    const { sentence, advice } = verdictTexts[code];
    expect(sentence).toMatch(/^[A-Z].*(\.|\{reason\})$/);
    expect(advice).toMatch(/^[A-Z].*\.$/);
  });
});
