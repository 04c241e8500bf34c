import { describe, expect, it } from 'vitest';
import { parsePrice } from '../../../../src/core/money.js';
import {
  amount,
  cadence,
  idSet,
  isoCountry,
  isoLanguage,
  oneOf,
  onOff,
  rate,
  someOf,
  wholeNumber,
} from '../../../../src/features/settings/basic-kinds.js';
import { conditionMap } from '../../../../src/features/settings/condition-map-kind.js';
import { orWord, type SettingKind } from '../../../../src/features/settings/setting-kind.js';

/** The canonical text of an accepted one, or "refused: why". */
function canonical<T>(kind: SettingKind<T>, text: string): string {
  const result = kind.schema.safeParse(text);
  return result.success ? kind.print(result.data) : `refused: ${result.error.issues[0]?.message}`;
}

describe('The text of a setting', () => {
  it('switches with on and off only', () => {
    expect(onOff.schema.parse(' on ')).toBe(true);
    expect(onOff.schema.parse('off')).toBe(false);
    expect(canonical(onOff, 'yes')).toBe('refused: on or off');
  });

  it('is one of the words where there is a choice', () => {
    expect(canonical(oneOf(['reference', 'ids']), 'ids')).toBe('ids');
    expect(canonical(oneOf(['reference', 'ids']), 'Ids')).toBe('refused: one of reference, ids');
  });

  it('may choose several words, printed in one order, but never none', () => {
    const parts = someOf(['offer', 'price', 'quantity']);
    expect(canonical(parts, 'quantity, offer,offer')).toBe('offer,quantity');
    expect(canonical(parts, '')).toContain('refused: one or more of');
    expect(canonical(parts, 'offer,')).toContain('refused: one or more of');
  });

  it('lists ids in ascending order, or says the word for none', () => {
    expect(canonical(idSet('all'), '14, 3,14')).toBe('3,14');
    expect(canonical(idSet('all'), '')).toBe('all');
    expect(idSet('all').schema.parse('all').size).toBe(0);
    expect(canonical(idSet('all'), '3,-1')).toContain('refused: ids separated by commas');
    expect(canonical(idSet('all'), '0')).toContain('refused');
  });

  it('keeps whole numbers inside their limits', () => {
    expect(canonical(wholeNumber(1, 30), '007')).toBe('7');
    for (const text of ['0', '31', '2.5', '-3', '1e1', ''])
      expect(canonical(wholeNumber(1, 30), text)).toBe('refused: a whole number from 1 to 30');
  });

  it('keeps amounts exact', () => {
    expect(amount.schema.parse('0.1')).toBe(parsePrice('0.1'));
    expect(canonical(amount, '12.50')).toBe('12.5');
    expect(canonical(amount, '100')).toBe('100');
    for (const text of ['-1', '1,5', '1.', 'abc', '1e3', '1234567890'])
      expect(canonical(amount, text)).toContain('refused');
  });

  it('takes only rates above zero', () => {
    expect(canonical(rate, '0.8525')).toBe('0.8525');
    expect(canonical(rate, '0.0')).toContain('refused');
  });

  it('says UK for the country that taxes call GB', () => {
    expect(canonical(isoCountry, 'uk')).toBe('GB');
    expect(canonical(isoCountry, 'FRA')).toContain('refused');
    expect(canonical(isoLanguage, 'FR')).toBe('fr');
    expect(canonical(isoLanguage, 'fr_FR')).toContain('refused');
  });

  it('has five crontab fields for a cadence', () => {
    expect(canonical(cadence, '*/5  * * * *')).toBe('*/5 * * * *');
    expect(canonical(cadence, '0 */5 * * * *')).toContain('refused: five crontab fields');
    expect(canonical(cadence, '61 * * * *')).toContain('refused: five crontab fields');
    expect(canonical(cadence, 'hourly')).toContain('refused');
  });

  it('maps each condition of the shop once', () => {
    expect(canonical(conditionMap, 'used = UsedGood, new=New')).toBe('new=New,used=UsedGood');
    expect(canonical(conditionMap, 'new=New,new=UsedGood')).toContain('refused: pairs such as');
    expect(canonical(conditionMap, 'new=Brandnew')).toContain('UsedLikeNew');
    expect(canonical(conditionMap, '')).toContain('refused');
  });

  it('may be a word for "no value", which an empty text means too', () => {
    const cap = orWord('none', wholeNumber(0, 9));
    expect(cap.schema.parse('none')).toBeNull();
    expect(cap.schema.parse('')).toBeNull();
    expect(cap.schema.parse('0')).toBe(0);
    expect(cap.print(null)).toBe('none');
    expect(canonical(cap, '10')).toBe('refused: a whole number from 0 to 9, or "none"');
  });
});
