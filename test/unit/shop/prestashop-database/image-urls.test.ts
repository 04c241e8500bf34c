import { describe, expect, it } from 'vitest';
import { imageUrlsOf } from '../../../../src/shop/prestashop-database/image-urls.js';
import type { ShopGround } from '../../../../src/shop/prestashop-database/shop-ground.js';

const IMAGE = { productId: 9, imageId: 123, name: 'red mug' };

function ground(settings: Readonly<Record<string, string>>): Parameters<typeof imageUrlsOf>[0] {
  const text = (name: string) => settings[name] ?? '';
  const configuration: ShopGround['configuration'] = { text, integer: () => 0, flag: (name) => text(name) === '1' };
  return {
    identity: { physicalPath: '/shop/' },
    context: { baseUrl: 'https://www.example.com/shop/outlet/' },
    configuration,
  };
}

describe('imageUrlsOf', () => {
  it.each([
    [{}, 'https://www.example.com/shop/img/p/1/2/3/123.jpg'],
    [{ PS_REWRITING_SETTINGS: '1' }, 'https://www.example.com/shop/outlet/123/red%20mug.jpg'],
    [{ PS_LEGACY_IMAGES: '1' }, 'https://www.example.com/shop/img/p/9-123.jpg'],
    [{ PS_MEDIA_SERVER_1: 'cdn.example.net' }, 'https://cdn.example.net/shop/img/p/1/2/3/123.jpg'],
  ])('with %j', (settings, expected) => {
    expect(imageUrlsOf(ground(settings))(IMAGE)).toBe(expected);
  });
});
