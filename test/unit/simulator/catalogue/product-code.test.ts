import { describe, expect, it } from 'vitest';
import { gtin14OrEmpty, readProductCode } from '../../../../src/simulator/catalogue/product-code.js';

describe('A product code', () => {
  it('is the same article as EAN, UPC or GTIN', () => {
    expect(readProductCode('UPC', '036000291452')).toBe('00036000291452');
    expect(readProductCode('EAN', '0036000291452')).toBe('00036000291452');
    expect(readProductCode('GTIN', '00036000291452')).toBe('00036000291452');
    expect(readProductCode('EAN', '96385074')).toBe('00000096385074');
  });

  it.each([
    ['EAN', '4006381333932'],
    ['EAN', '036000291452'],
    ['UPC', '4006381333931'],
    ['EAN', '400638133393X'],
    ['ASIN', 'B0ABCDEF12'],
    ['EAN', ''],
  ])('is refused as %s %s', (type, value) => {
    expect(readProductCode(type, value)).toBeNull();
  });

  it('of a shop counts whatever its length, and nothing else counts', () => {
    expect(gtin14OrEmpty('4006381333931')).toBe('04006381333931');
    expect([null, '', '4006381333932', 'abc'].map(gtin14OrEmpty)).toEqual(['', '', '', '']);
  });
});
