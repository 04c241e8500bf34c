import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDigitOf, productCodeOf, readProductCode } from '../../../../src/features/offers/product-code.js';

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const faultOf = (code: string) => {
  const read = readProductCode(code);
  return read.status === 'faulty' ? read.fault : read.status;
};

describe('A product code', () => {
  it.each([
    ['4006381333931', 'EAN'],
    ['96385074', 'EAN'],
    ['012345678905', 'UPC'],
    ['00012345678905', 'GTIN'],
  ])('%s is told by its length to be of type %s', (code, type) => {
    expect(readProductCode(code)).toEqual({ status: 'valid', identity: { type, value: code } });
  });

  it.each(['', '0', '   ', '0000000000000'])('written as %j is none', (code) => {
    expect(readProductCode(code)).toEqual({ status: 'none' });
  });

  it.each(['12345', '123456789', '1234567890', '12345678901', '123456789012345', '978-2-123456-80-3', 'ABCDEFGHIJKLM'])(
    '%s has no length or form of a code',
    (code) => {
      expect(faultOf(code)).toBe('code-length');
    },
  );

  it('with a wrong check digit is refused', () => {
    expect(faultOf('4006381333932')).toBe('code-check-digit');
    expect(faultOf('012345678906')).toBe('code-check-digit');
  });

  it.each(['2012345678900', '0212345678901', '0412345678909', '20123451', '212345678901', '12012345678907'])(
    'starting like %s is for private use, in whatever length',
    (start) => {
      const body = start.slice(0, -1);
      expect(faultOf(body + checkDigitOf(body))).toBe('code-private');
    },
  );

  it('ignores spaces around it', () => {
    expect(readProductCode(' 4006381333931 ')).toMatchObject({ identity: { value: '4006381333931' } });
  });

  it('with its own check digit is valid or private, and with any other digit never valid', () => {
    const bodies = fc.constantFrom(7, 11, 12, 13).chain(digits);
    fc.assert(
      fc.property(bodies, fc.integer({ min: 1, max: 9 }), (body, shift) => {
        fc.pre(/[1-9]/.test(body));
        const check = checkDigitOf(body);
        expect(['valid', 'code-private']).toContain(faultOf(body + check));
        expect(faultOf(body + ((check + shift) % 10))).toBe('code-check-digit');
      }),
    );
  });

  it('keeps its check digit when zeros are put before it, since all lengths are one numbering', () => {
    fc.assert(fc.property(digits(11), (body) => checkDigitOf(body) === checkDigitOf(`00${body}`)));
  });

  it('that has any one digit changed is never valid', () => {
    fc.assert(
      fc.property(digits(12), fc.nat(11), fc.integer({ min: 1, max: 9 }), (body, place, shift) => {
        const code = body + checkDigitOf(body);
        const changed = String((Number(code[place]) + shift) % 10);
        const typo = code.slice(0, place) + changed + code.slice(place + 1);
        fc.pre(/[1-9]/.test(typo));
        expect(faultOf(typo)).toBe('code-check-digit');
      }),
    );
  });
});

describe('The code of an item', () => {
  it('is a UPC that was typed into the EAN field', () => {
    expect(productCodeOf({ ean13: '012345678905', upc: '' })).toMatchObject({
      identity: { type: 'UPC', value: '012345678905' },
    });
  });

  it('is the EAN where both are valid', () => {
    expect(productCodeOf({ ean13: '4006381333931', upc: '012345678905' })).toMatchObject({ identity: { type: 'EAN' } });
  });

  it('is the UPC where the EAN is none or faulty (S3-031)', () => {
    expect(productCodeOf({ ean13: '0', upc: '012345678905' })).toMatchObject({ identity: { type: 'UPC' } });
    expect(productCodeOf({ ean13: '4006381333932', upc: '012345678905' })).toMatchObject({ identity: { type: 'UPC' } });
  });

  it('names the fault of the first where none is valid', () => {
    expect(productCodeOf({ ean13: '4006381333932', upc: '123' })).toMatchObject({ fault: 'code-check-digit' });
    expect(productCodeOf({ ean13: '', upc: '123' })).toMatchObject({ fault: 'code-length', code: '123' });
    expect(productCodeOf({ ean13: '123', upc: '' })).toMatchObject({ fault: 'code-length', code: '123' });
    expect(productCodeOf({ ean13: '', upc: '0' })).toEqual({ status: 'none' });
  });
});
