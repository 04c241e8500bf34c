import { describe, expect, it } from 'vitest';
import { computeMetadata } from '../../../../src/features/offers/compute-metadata.js';
import type { MarketplaceOfferSettings, ProductOptions } from '../../../../src/features/offers/offer-settings.js';
import type { CatalogueItem, ItemTexts } from '../../../../src/shop/catalogue.js';
import { sampleSettings, sampleSubject, sampleTexts } from './sample-items.js';

interface Case {
  readonly texts?: Partial<ItemTexts>;
  readonly item?: Partial<CatalogueItem>;
  readonly options?: Partial<ProductOptions>;
  readonly settings?: Partial<MarketplaceOfferSettings>;
}

const compute = ({ texts, item, options, settings }: Case) =>
  computeMetadata(
    sampleSubject({ texts: new Map([['fr', sampleTexts(texts)]]), ...item }, options),
    sampleSettings(settings),
  );

describe('Extended data', () => {
  it('is what the shop says in the language of the marketplace', () => {
    const texts = { tags: ['mug, thé', 'Mug cadeau'], attributes: [{ group: 'Couleur', value: 'Noir' }] };
    expect(compute({ texts })).toEqual({
      metadata: {
        title: 'Mug colibri, Noir',
        brand: 'Graphic Corner',
        description: '<p>Un mug.</p>',
        bullets: [],
        manufacturer: 'Graphic Corner',
        manufacturerPartNumber: 'M7',
        searchTerms: 'mug thé cadeau',
        browseNode: null,
        shippingTemplate: null,
        productTaxCode: null,
        shippingOverride: null,
        giftWrap: null,
        giftMessage: null,
      },
      note: null,
    });
  });

  it('takes what the Amazon tab says before what shop and marketplace say', () => {
    const settings = { defaultBrowseNode: '1', shippingTemplate: 'Default', productTaxCode: 'A_GEN_STANDARD' };
    expect(compute({ settings }).metadata).toMatchObject({
      browseNode: '1',
      shippingTemplate: 'Default',
      productTaxCode: 'A_GEN_STANDARD',
    });
    const options = {
      title: 'Mug Amazon',
      description: 'Court',
      bullets: ['Un', 'Deux'],
      browseNode: '2',
      shippingTemplate: 'Express',
      shippingOverride: '0',
      giftWrap: true,
    };
    expect(compute({ settings, options }).metadata).toMatchObject(options);
  });

  it('falls back to the short description where there is no other', () => {
    expect(compute({ texts: { description: '' } }).metadata?.description).toBe('<p>Mug</p>');
  });

  it('is withheld without a brand', () => {
    expect(compute({ item: { manufacturerName: ' ' } })).toMatchObject({
      metadata: null,
      note: { code: 'brand-missing' },
    });
  });

  it('is withheld in another language, unless that is allowed or both texts were typed for Amazon', () => {
    const foreign = { texts: { fallback: true } };
    expect(compute(foreign).note).toMatchObject({
      code: 'language-missing',
      sentence: 'Extended data is withheld: the shop has no name and description in the language "fr".',
    });
    expect(compute({ ...foreign, settings: { allowForeignLanguage: true } }).metadata?.title).toBe('Mug colibri');
    expect(compute({ ...foreign, options: { title: 'T', description: 'D' } }).metadata?.title).toBe('T');
    expect(compute({ ...foreign, options: { title: 'T' } }).note?.code).toBe('language-missing');
  });

  it('is withheld where the shop lacks the language, and taken from another one where that is allowed', () => {
    const settings = { language: 'de' };
    expect(compute({ settings }).note?.code).toBe('language-missing');
    expect(compute({ settings: { ...settings, allowForeignLanguage: true } }).metadata?.title).toBe('Mug colibri');
    expect(compute({ item: { texts: null } }).note?.code).toBe('language-missing');
    const typed = { title: 'T', description: 'D' };
    expect(compute({ item: { texts: null }, options: typed }).metadata).toMatchObject({ ...typed, searchTerms: '' });
  });

  it('is withheld without a title', () => {
    expect(compute({ texts: { name: ' ' } }).note?.code).toBe('title-missing');
  });
});
