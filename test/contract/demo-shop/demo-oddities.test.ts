import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CatalogueItem } from '../../../src/shop/catalogue.js';
import { demoOddities } from '../../../src/shop/demo-shop/demo-catalogue.js';
import { type DemoShop, openDemoShop } from '../../../src/shop/demo-shop/open-demo-shop.js';
import { demoFolder, demoProduct, readItems, SEEDING_DAY } from './demo-shop-file.js';

let folder: Awaited<ReturnType<typeof demoFolder>>;
let shop: DemoShop;
let items: readonly CatalogueItem[];

beforeAll(async () => {
  folder = await demoFolder();
  shop = await openDemoShop({ file: folder.file, now: SEEDING_DAY });
  items = await readItems(shop, { textLanguages: ['fr', 'de', 'it'], withImages: true });
});
afterAll(async () => {
  await shop.close();
  folder.remove();
});

function itemsOf(key: string): readonly CatalogueItem[] {
  return items.filter((item) => item.productId === demoProduct(key).productId);
}

function textsOf(key: string, language: string) {
  const texts = itemsOf(key)[0]?.texts?.get(language);
  if (!texts) throw new Error(`Expected ${language} texts of ${key}.`);
  return texts;
}

function checkDigitIsRight(code: string): boolean {
  const digits = [...code.padStart(14, '0')].map(Number);
  return digits.reduce((sum, digit, at) => sum + digit * (at % 2 === 0 ? 3 : 1), 0) % 10 === 0;
}

function stopsOf(item: CatalogueItem): string[] {
  return [
    ...(item.draft ? ['draft'] : []),
    ...(item.inShop ? [] : ['not in shop']),
    ...(item.inShop && !item.active ? ['inactive'] : []),
    ...(item.inShop && !item.availableForOrder ? ['not for order'] : []),
    ...(item.virtual ? ['virtual'] : []),
    ...(item.inShop && item.visibility === 'none' ? ['visibility none'] : []),
    ...(item.minimalQuantity > 1 ? ['minimal quantity'] : []),
  ];
}

function codeFaultOf(code: string): string[] {
  if (code === '' || code === '0') return ['no code'];
  if (!/^\d+$/.test(code) || ![12, 13].includes(code.length)) return ['code length'];
  if (!checkDigitIsRight(code)) return ['check digit'];
  return code.startsWith('2') ? ['private range'] : [];
}

function pointsOf(item: CatalogueItem): readonly string[] {
  const [price] = item.prices;
  const standard = price && 'standard' in price ? price.standard : 0n;
  return [
    ...stopsOf(item),
    ...codeFaultOf(item.ean13 || item.upc),
    ...(item.stockQuantity === 0 ? ['quantity 0'] : []),
    ...(item.stockQuantity < 0 ? ['negative stock'] : []),
    ...(item.condition === 'new' ? [] : ['condition']),
    ...(item.inShop && standard === 0n ? ['price 0'] : []),
    ...(item.cost !== null && item.cost * 12n > standard * 10n && standard > 0n ? ['below cost'] : []),
    ...(item.reference === '' ? ['reference empty'] : []),
    ...([...item.reference].length > 40 ? ['reference too long'] : []),
    ...(item.reference === item.reference.trim() ? [] : ['outer space']),
    ...(items.some((other) => other !== item && other.reference === item.reference && stopsOf(other).length === 0) &&
    item.reference !== ''
      ? ['duplicate']
      : []),
    ...(item.availableDate === null ? [] : ['date']),
  ];
}

/** What a careful reader finds in each oddity beside nothing else, over all its items; what is not listed shows no point at all. */
const expectedPoints: Readonly<Record<string, readonly string[]>> = {
  draft: ['draft'],
  'not-in-shop': ['not in shop', 'quantity 0'],
  inactive: ['inactive'],
  'not-for-order': ['not for order'],
  virtual: ['virtual'],
  'visibility-none': ['visibility none'],
  'minimal-quantity': ['minimal quantity'],
  'minimal-quantity-of-combination': ['minimal quantity'],
  'combination-not-in-shop': ['not in shop', 'quantity 0'],
  'no-code': ['no code'],
  'code-zero': ['no code'],
  'no-code-of-combinations': ['no code'],
  'wrong-check-digit': ['check digit'],
  'code-too-short': ['code length'],
  'code-of-letters': ['code length'],
  'private-range': ['private range'],
  'quantity-0': ['quantity 0'],
  used: ['condition'],
  refurbished: ['condition'],
  'unknown-condition': ['condition'],
  'price-0': ['price 0'],
  'below-cost': ['below cost'],
  'slipped-decimal-point': ['below cost'],
  'empty-reference': ['reference empty'],
  'empty-reference-of-combination': ['reference empty'],
  'reference-of-41-characters': ['reference too long'],
  'space-before-reference': ['outer space'],
  'space-after-reference': ['outer space'],
  'duplicate-first': ['duplicate'],
  'duplicate-second': ['duplicate'],
  'inactive-duplicate': ['duplicate', 'inactive'],
  'one-reference-for-all-combinations': ['duplicate'],
  'negative-stock': ['negative stock'],
  'negative-stock-of-combination': ['negative stock'],
  'missing-stock-row': ['quantity 0'],
  'sold-when-out-of-stock': ['quantity 0'],
  'refused-when-out-of-stock': ['quantity 0'],
  'available-later': ['date', 'quantity 0'],
  'available-later-with-stock': ['date'],
  'available-since': ['date'],
  'combination-available-later': ['date', 'quantity 0'],
  'sold-out-combination': ['quantity 0'],
};

describe('the oddities of the demo shop, read through the port', () => {
  it.each(demoOddities.map((oddity) => oddity.name))('%s shows its point and no other', (name) => {
    const found = new Set(itemsOf(name).flatMap(pointsOf));
    expect([...found].sort()).toEqual(expectedPoints[name] ?? []);
  });

  it('stand beside ordinary items that show nothing but a sold-out size', () => {
    const odd = new Set(demoOddities.map((oddity) => demoProduct(oddity.name).productId));
    const ordinary = items.filter((item) => !odd.has(item.productId));
    expect(ordinary.length).toBeGreaterThanOrEqual(400);
    expect([...new Set(ordinary.flatMap(pointsOf))]).toEqual(['quantity 0']);
  });

  it('read the row of the shop and not the stale one of its group', () => {
    expect(itemsOf('stale-stock-row').map((item) => item.stockQuantity)).toEqual([7]);
  });

  it('tell who may be ordered at stock 0', () => {
    expect(itemsOf('sold-when-out-of-stock').map((item) => item.sellsWhenOutOfStock)).toEqual([true]);
    expect(itemsOf('refused-when-out-of-stock').map((item) => item.sellsWhenOutOfStock)).toEqual([false]);
  });

  it('announce dates in the future and in the past', () => {
    expect(itemsOf('available-later').map((item) => item.availableDate)).toEqual(['2026-12-12']);
    expect(itemsOf('available-since').map((item) => item.availableDate)).toEqual(['2026-10-22']);
    expect(itemsOf('combination-available-later').map((item) => item.availableDate)).toEqual([null, '2026-11-30']);
  });

  it('give the pack its own stock, as the shop’s setting says', () => {
    expect(itemsOf('pack').map((item) => item.stockQuantity)).toEqual([20]);
  });

  it('tell two references apart that differ only by case, and leave spaces where they are', () => {
    const references = ['case-twin-lower', 'case-twin-upper', 'space-before-reference', 'space-after-reference'];
    expect(references.map((key) => itemsOf(key)[0]?.reference)).toEqual([
      'vase-lune',
      'VASE-LUNE',
      ' LAMP-60',
      'LAMP-61 ',
    ]);
  });

  it('keep one code twice, which matters only where the code is the SKU', async () => {
    const code = itemsOf('same-code-first')[0]?.ean13 ?? '';
    const holders = await shop.catalogue(1).holdersOf('ean13', [code]);
    expect(holders.map((holder) => holder.productId)).toEqual(
      ['same-code-first', 'same-code-second'].map((key) => demoProduct(key).productId),
    );
  });

  it('keep a title of 400 characters, a NUL and the longest description whole', () => {
    expect([...textsOf('title-of-400-characters', 'de').name].length).toBe(400);
    const description = textsOf('control-characters', 'fr').description;
    expect(description.startsWith('\u0000<p>')).toBe(true);
    expect(description.endsWith('</ul>\u000b\u001f\ufffe')).toBe(true);
    expect(textsOf('very-long-description', 'it').description.length).toBeGreaterThan(40_000);
    expect(textsOf('entity-soup', 'fr').description).toContain('&amp;amp; sucre&nbsp;');
    expect(textsOf('emoji', 'fr').name).toContain('🌿');
  });

  it('fall back where a translation is missing', () => {
    const french = textsOf('missing-translation', 'fr').name;
    expect(textsOf('missing-translation', 'it')).toMatchObject({ name: french, fallback: true });
    expect(textsOf('missing-default-language', 'fr')).toMatchObject({ name: 'Tischventilator Einsam', fallback: true });
    expect(textsOf('missing-translation', 'fr').fallback).toBe(false);
  });

  it('have no brand, no category or no picture where they say so', () => {
    expect(itemsOf('no-brand').map((item) => [item.manufacturerId, item.manufacturerName])).toEqual([[0, '']]);
    expect(itemsOf('no-category').map((item) => item.categoryIds)).toEqual([[2]]);
    expect(itemsOf('no-picture').map((item) => item.imageUrls)).toEqual([[]]);
    expect(itemsOf('pictures-of-other-shop').map((item) => item.imageUrls)).toEqual([[]]);
    expect(itemsOf('KNIFE-01')[0]?.imageUrls?.[0]).toBe('https://demo-shop.example/1/couteau-de-chef-corvane.jpg');
  });
});
