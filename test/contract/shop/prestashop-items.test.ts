import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CatalogueItem, CatalogueQuery, Shop } from '../../../src/shop/catalogue.js';
import { openShop } from '../../../src/shop/open-shop.js';
import {
  loadPrestashopDump,
  type PrestashopDatabase,
  whyNoPrestashopDatabase,
} from '../../support/prestashop-database.js';
import { itemsOf } from '../../support/prestashop-items.js';
import { sharedFile } from '../../support/shared-material.js';

/** One item as the shop itself shows it, in the shared oracle. */
interface OracleOffer {
  readonly id_product: number;
  readonly id_product_attribute: number;
  readonly name_fr: string;
  readonly reference: string;
  readonly ean13: string;
  readonly quantity: number;
  readonly is_available_when_out: number;
  readonly cover_url_original: string | null;
  readonly combination_images: readonly number[];
  readonly active: number;
  readonly visibility: string;
  readonly available_for_order: number;
  readonly condition: string;
  readonly state: number;
  readonly type: string;
}

const reason = whyNoPrestashopDatabase();
const QUERY: CatalogueQuery = {
  selection: { kind: 'all' },
  priceViews: [{ currency: 'EUR', country: 'FR', groupId: null, fixedRate: null }],
  textLanguages: ['fr', 'en'],
  withImages: true,
  atMs: Date.parse('2026-11-21T12:00:00Z'),
};

describe.skipIf(reason !== null)(`items of a real PrestaShop database (${reason ?? 'measured'})`, () => {
  let database: PrestashopDatabase;
  let shop: Shop;
  let items: readonly CatalogueItem[];
  let offers: readonly OracleOffer[];

  beforeAll(async () => {
    database = await loadPrestashopDump('prestashop-8.2.1');
    shop = openShop(database.url);
    await shop.check();
    items = await itemsOf(shop.catalogue(1), QUERY);
    offers = JSON.parse(readFileSync(sharedFile('prestashop', 'prices', 'offers-8.2.1.json'), 'utf8'));
  });
  afterAll(async () => {
    await shop?.close();
    await database?.drop();
  });

  it('are the ones the shop shows, in key order, with their codes, stock and flags', () => {
    const ours = items.map((item) => ({
      id_product: item.productId,
      id_product_attribute: item.combinationId,
      reference: item.reference,
      ean13: item.ean13,
      quantity: item.stockQuantity,
      is_available_when_out: Number(item.sellsWhenOutOfStock),
      active: Number(item.active),
      visibility: item.visibility,
      available_for_order: Number(item.availableForOrder),
      condition: item.condition,
      state: Number(!item.draft),
      virtual: item.virtual,
    }));
    const theirs = offers.map((offer) => ({
      id_product: offer.id_product,
      id_product_attribute: offer.id_product_attribute,
      reference: offer.reference,
      ean13: offer.ean13,
      quantity: offer.quantity,
      is_available_when_out: offer.is_available_when_out,
      active: offer.active,
      visibility: offer.visibility,
      available_for_order: offer.available_for_order,
      condition: offer.condition === '' ? 'new' : offer.condition,
      state: offer.state,
      virtual: offer.type === 'virtual',
    }));
    expect(ours).toEqual(theirs);
  });

  it('have the pictures of the shop: the original of the combination, else the cover first', () => {
    // The name in a friendly address is free (measured), so only what finds the file is compared.
    const idOf = (url: string) => /^http:\/\/127\.0\.0\.1:8080\/(\d+)\/[a-z0-9-]+\.jpg$/.exec(url)?.[1];
    for (const [index, item] of items.entries()) {
      const offer = offers[index];
      const expected =
        offer && offer.combination_images.length > 0
          ? offer.combination_images.map(String)
          : [offer?.cover_url_original].flatMap((url) => (url ? [idOf(url)] : []));
      expect(item.imageUrls?.slice(0, Math.max(expected.length, 1)).map(idOf)).toEqual(expected);
    }
  });

  it('have the name of the language asked for and the combination in group order', () => {
    const item = items.find(({ combinationId }) => combinationId === 1);
    expect(item?.texts?.get('fr')).toMatchObject({
      name: 'T-shirt imprimé colibri',
      attributes: [
        { group: 'Size', value: 'S' },
        { group: 'Color', value: 'White' },
      ],
      fallback: false,
    });
    expect(items.find(({ productId }) => productId === 6)?.texts?.get('fr')?.tags).toEqual(['cadeau', 'café', 'mug']);
  });

  it('are 48, of which 39 have nothing that stops their sale', () => {
    const stops = items.flatMap((item) => {
      if (item.draft) return ['draft'];
      if (!item.active) return ['inactive'];
      if (!item.availableForOrder) return ['not for order'];
      if (item.virtual) return ['virtual'];
      return item.minimalQuantity > 1 ? ['lots'] : [];
    });
    const count = (stop: string) => stops.filter((found) => found === stop).length;
    expect(items).toHaveLength(48);
    expect(['draft', 'inactive', 'not for order', 'virtual', 'lots'].map(count)).toEqual([1, 1, 1, 1, 5]);
  });

  it('have the supplier reference of their own row, the manufacturer, the categories and the cost', () => {
    const item = items.find(({ combinationId }) => combinationId === 1);
    expect(item).toMatchObject({ manufacturerName: 'Studio Design', supplierId: 1, cost: 9_560_000_000_000n });
    expect(item?.categoryIds).toContain(4);
  });
});
