import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrice } from '../../../../src/core/money.js';
import { priceRules } from '../../../../src/features/settings/price-rule-kind.js';

const read = (text: string) => priceRules.schema.parse(text);
const fault = (text: string) => priceRules.schema.safeParse(text).error?.issues[0]?.message ?? 'accepted';

describe('A text of price rules', () => {
  it('gives ranges with a percentage or a value', () => {
    expect(read('0-50:+10%;50-:+2.00')).toEqual([
      { from: 0n, to: parsePrice('50'), percent: parsePrice('10'), value: 0n },
      { from: parsePrice('50'), to: null, percent: 0n, value: parsePrice('2') },
    ]);
  });

  it('may change one range by both, upward and downward', () => {
    expect(read('9.99-20: -5% +0.50')).toEqual([
      { from: parsePrice('9.99'), to: parsePrice('20'), percent: parsePrice('-5'), value: parsePrice('0.5') },
    ]);
  });

  it('is printed in its shortest form', () => {
    expect(priceRules.print(read(' 0-50.00 : +10.0% ; 50-:-2.00 '))).toBe('0-50:+10%;50-:-2');
    expect(priceRules.print(read(''))).toBe('none');
    expect(priceRules.print(read('0-:+0%'))).toBe('0-:+0');
  });

  it.each([
    ['50:+10%', '"50:+10%" is not such a range'],
    ['0-50:10%', '"0-50:10%" is not such a range'],
    ['0-50:', '"0-50:" changes nothing'],
    ['50-50:+1', 'the range 50-50 is empty'],
    ['0-:-100%', '-100% leaves nothing of the price'],
    ['0-1.2.3:+1', '"0-1.2.3:+1" holds a number that is none'],
    ['0-50:+10%;', '"" is not such a range'],
  ])('that reads %s is refused with what is wrong', (text, reason) => {
    expect(fault(text)).toContain(reason);
    expect(fault(text)).toContain('ranges such as 0-50:+10%');
  });

  it('printed and read again gives the same rules', () => {
    const size = fc.bigInt({ min: 0n, max: 10n ** 20n });
    const change = fc.bigInt({ min: -(10n ** 14n) + 1n, max: 10n ** 20n });
    const rule = fc.record({
      from: size,
      width: fc.option(fc.bigInt({ min: 1n, max: 10n ** 18n })),
      percent: change,
      value: change,
    });
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), (drawn) => {
        const rules = drawn.map(({ from, width, percent, value }) => ({
          from,
          to: width === null ? null : from + width,
          percent,
          value,
        }));
        expect(read(priceRules.print(rules))).toEqual(rules);
      }),
    );
  });
});
