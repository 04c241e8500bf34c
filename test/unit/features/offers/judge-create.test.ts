import { describe, expect, it } from 'vitest';
import { judgeCreate } from '../../../../src/features/offers/judge-create.js';
import type { ItemWithOptions } from '../../../../src/features/offers/offer-settings.js';
import { sampleSettings, sampleSubject } from './sample-items.js';

const inStock = { quantity: { quantity: 5, handlingTimeDays: null, restockDay: null } };
const judge = (subject: ItemWithOptions, facts: Parameters<typeof judgeCreate>[2] = inStock) =>
  judgeCreate(subject, sampleSettings(), facts);

describe('Creating an offer', () => {
  it('is by the code of the shop in the mapped condition', () => {
    expect(judge(sampleSubject())).toEqual({
      identity: { type: 'EAN', value: '4006381333931' },
      condition: 'New',
      verdicts: [],
    });
  });

  it('is by the ASIN where one is known, whatever is wrong with the code', () => {
    const subject = sampleSubject({ ean13: '123' }, { asin: 'B000TEST01' });
    expect(judge(subject)).toMatchObject({ identity: { type: 'ASIN', value: 'B000TEST01' }, verdicts: [] });
  });

  it.each([
    ['', 'no-code', 'Has no EAN or UPC, and no ASIN.'],
    ['12345', 'code-length', 'The code 12345 is not a number of 8, 12, 13 or 14 digits.'],
    ['4006381333932', 'code-check-digit', 'The code 4006381333932 has a wrong check digit: 2, expected 1.'],
    ['2000000000008', 'code-private', 'The code 2000000000008 is from a range for private use.'],
  ])('is refused for the code %j', (ean13, code, sentence) => {
    const { identity, verdicts } = judge(sampleSubject({ ean13 }));
    expect(identity).toBeNull();
    expect(verdicts).toMatchObject([{ kind: 'create', code, sentence }]);
  });

  it('is refused without stock, but not where Amazon has the stock', () => {
    const none = { quantity: { quantity: 0, handlingTimeDays: null, restockDay: null } };
    expect(judge(sampleSubject(), none)).toMatchObject({ identity: null, verdicts: [{ code: 'out-of-stock' }] });
    expect(judge(sampleSubject(), { quantity: null }).verdicts).toEqual([]);
  });

  it('is refused in a condition that stands for none of Amazon, and that has no default', () => {
    const { condition, verdicts } = judge(sampleSubject({ condition: 'refurbished' }));
    expect(condition).toBeNull();
    expect(verdicts[0]?.sentence).toBe('The condition "refurbished" stands for none of Amazon\'s conditions.');
  });

  it('is refused where Amazon restricts it, with its reason', () => {
    const { verdicts } = judge(sampleSubject(), {
      ...inStock,
      restriction: 'You need approval to list in this brand.',
    });
    expect(verdicts[0]?.sentence).toBe('Amazon restricts it for this seller: You need approval to list in this brand.');
  });

  it('names every fault at once', () => {
    const facts = { quantity: { quantity: 0, handlingTimeDays: null, restockDay: null }, restriction: 'No.' };
    const { verdicts } = judge(sampleSubject({ ean13: '', condition: 'used' }), facts);
    expect(verdicts.map(({ code }) => code)).toEqual(['no-code', 'out-of-stock', 'restricted', 'condition-not-mapped']);
  });
});
