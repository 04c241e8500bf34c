import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeSku, skuOf } from '../../../../src/features/offers/sku.js';
import { sampleItem } from './sample-items.js';

describe('The SKU of an item', () => {
  it('is the field that the source names, such as the reference (S3-016), byte for byte', () => {
    const item = sampleItem({ reference: ' Ärm-1 ', supplierReference: 'sup', ean13: '4006381333931' });
    expect(skuOf(item, 'reference')).toBe(' Ärm-1 ');
    expect(skuOf(item, 'supplier-reference')).toBe('sup');
    expect(skuOf(item, 'ean13')).toBe('4006381333931');
  });

  it('made of ids names the combination only where there is one', () => {
    expect(skuOf(sampleItem({ productId: 7, combinationId: 0 }), 'ids')).toBe('7');
    expect(skuOf(sampleItem({ productId: 7, combinationId: 12 }), 'ids')).toBe('7-12');
  });

  it.each(['0', '0000000000000'])('is empty where the EAN is the %s that shops write for none', (ean13) => {
    expect(skuOf(sampleItem({ ean13 }), 'ean13')).toBe('');
  });
});

describe('A SKU', () => {
  const codeOf = (sku: string) => judgeSku(sku, 'reference')?.code ?? null;

  it('that is empty says which field of the shop is empty', () => {
    expect(judgeSku('', 'supplier-reference')).toMatchObject({
      kind: 'sku',
      code: 'sku-empty',
      sentence: 'Has no supplier reference, so it has no SKU.',
    });
  });

  it('of 40 characters is taken and one of 41 refused with its length', () => {
    expect(codeOf('x'.repeat(40))).toBeNull();
    expect(judgeSku('x'.repeat(41), 'reference')?.sentence).toBe('The SKU has 41 characters, Amazon takes 40.');
  });

  it('counts characters, not the halves of which a computer makes some', () => {
    expect(codeOf('😀'.repeat(40))).toBeNull();
    expect(codeOf('😀'.repeat(41))).toBe('sku-too-long');
  });

  it.each([' a', 'a ', '\u00a0a', 'a\u3000'])('with an outer space is refused: %j', (sku) => {
    expect(codeOf(sku)).toBe('sku-outer-spaces');
  });

  it('with a character that documents change is refused by its number', () => {
    expect(judgeSku('a\tb', 'reference')?.sentence).toContain('U+0009');
    expect(codeOf('a\u0000')).toBe('sku-characters');
    expect(codeOf('a\ud800b')).toBe('sku-characters');
  });

  it('of printable characters within 40 is never refused', () => {
    const printable = fc.stringMatching(/^[!-~]([ -~]{0,38}[!-~])?$/);
    fc.assert(fc.property(printable, (sku) => codeOf(sku) === null));
  });
});
