import { describe, expect, it } from 'vitest';
import { offerTitle } from '../../../../src/features/offers/offer-title.js';

const size = (value: string) => ({ group: 'Size', value });

describe('The title of an offer', () => {
  it('is the name with the values of the combination', () => {
    expect(offerTitle('T-shirt imprimé', [{ group: 'Color', value: 'Blanc' }, size('M')])).toBe(
      'T-shirt imprimé, Blanc, M',
    );
    expect(offerTitle('Mug', [])).toBe('Mug');
  });

  it('does not say a value twice that the name has as a word', () => {
    expect(offerTitle('T-shirt blanc', [{ group: 'Color', value: 'Blanc' }, size('S')])).toBe('T-shirt blanc, S');
    expect(offerTitle('Affiche 40x60cm', [size('40x60cm')])).toBe('Affiche 40x60cm');
    expect(offerTitle('Affiche 40 x 60 cm', [size('60 cm')])).toBe('Affiche 40 x 60 cm');
  });

  it('says a value that is only a part of a word', () => {
    expect(offerTitle('Shirt', [size('S')])).toBe('Shirt, S');
    expect(offerTitle('Été', [size('T')])).toBe('Été, T');
  });

  it('leaves out what is empty and closes up spaces', () => {
    expect(offerTitle('  Mug \n noir ', [size(' '), size(' XL ')])).toBe('Mug noir, XL');
    expect(offerTitle('', [])).toBe('');
  });
});
