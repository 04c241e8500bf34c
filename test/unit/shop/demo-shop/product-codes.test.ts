import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demoCatalogue, demoOddities } from '../../../../src/shop/demo-shop/demo-catalogue.js';
import {
  demoEan13,
  demoUpc,
  gtinCheckDigit,
  privateEan13,
  withWrongCheckDigit,
} from '../../../../src/shop/demo-shop/product-codes.js';

/** The rule once more, from the other end: all digits weighted, check digit included, must give a multiple of ten. */
function isValidGtin(code: string): boolean {
  const digits = [...code.padStart(14, '0')].map(Number);
  return digits.reduce((sum, digit, at) => sum + digit * (at % 2 === 0 ? 3 : 1), 0) % 10 === 0;
}

describe('the codes of the demo shop', () => {
  it('has the check digits that are printed on real boxes', () => {
    expect(gtinCheckDigit('400638133393')).toBe('1');
    expect(gtinCheckDigit('978014044913')).toBe('6');
    expect(gtinCheckDigit('03600029145')).toBe('2');
  });

  it('makes valid codes for every product and combination number, and tells one wrong by its last digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 0, max: 99 }), (product, combination) => {
        expect(demoEan13(product, combination)).toMatch(/^952\d{10}$/);
        expect(demoUpc(product, combination)).toMatch(/^6\d{11}$/);
        expect(isValidGtin(demoEan13(product, combination))).toBe(true);
        expect(isValidGtin(demoUpc(product, combination))).toBe(true);
        expect(privateEan13(product)).toMatch(/^2\d{12}$/);
        expect(isValidGtin(privateEan13(product))).toBe(true);
        expect(isValidGtin(withWrongCheckDigit(demoEan13(product, combination)))).toBe(false);
      }),
    );
  });

  it('gives every ordinary item exactly one valid code of its own', () => {
    const odd = new Set(demoOddities.map((one) => one.name));
    const items = demoCatalogue()
      .filter((product) => !odd.has(product.key))
      .flatMap((product): readonly { readonly ean13: string; readonly upc: string }[] =>
        product.combinations.length > 0 ? product.combinations : [product],
      );
    const codes = items.map((item) => item.ean13 + item.upc);
    expect(
      codes.filter((code) => !isValidGtin(code) || ![12, 13].includes(code.length) || code.startsWith('2')),
    ).toEqual([]);
    expect(new Set(codes).size).toBe(items.length);
    expect(items.filter((item) => item.upc !== '').length).toBeGreaterThan(50);
  });
});
