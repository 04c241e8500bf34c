import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CatalogueItem, CatalogueQuery } from '../../../src/shop/catalogue.js';
import { demoCatalogue, type PlacedProduct } from '../../../src/shop/demo-shop/demo-catalogue.js';
import type { DemoShop } from '../../../src/shop/demo-shop/open-demo-shop.js';

/** 16:00 in the shop, a Saturday. */
export const SEEDING_DAY = new Date('2026-11-21T15:00:00Z');

/** A folder of its own with the path of a file that does not exist yet. */
export async function demoFolder(): Promise<{ file: string; remove(): void }> {
  const folder = await mkdtemp(join(tmpdir(), 'feedbridge-demo-'));
  return {
    file: join(folder, 'made', 'demo-shop.sqlite'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Reads all items through the port, without texts and images unless the query asks for them. */
export async function readItems(
  shop: DemoShop,
  query: Partial<CatalogueQuery> = {},
  shopId = 1,
): Promise<readonly CatalogueItem[]> {
  const whole: CatalogueQuery = {
    selection: { kind: 'all' },
    priceViews: [{ currency: 'EUR', country: 'FR', groupId: null, fixedRate: null }],
    textLanguages: [],
    withImages: false,
    atMs: SEEDING_DAY.getTime(),
    ...query,
  };
  const items: CatalogueItem[] = [];
  for await (const batch of shop.catalogue(shopId).batches(whole)) items.push(...batch.items);
  return items;
}

const products = demoCatalogue();

/** The product that the demo catalogue calls by this key. */
export function demoProduct(key: string): PlacedProduct {
  const product = products.find((one) => one.key === key);
  if (!product) throw new Error(`Expected the product ${key} in the demo catalogue.`);
  return product;
}
