import type { Catalogue, CatalogueBatch, CatalogueItem, CatalogueQuery } from '../../src/shop/catalogue.js';

/** A query for everything in euro and France, without texts and pictures. */
export const PLAIN_QUERY: CatalogueQuery = {
  selection: { kind: 'all' },
  priceViews: [{ currency: 'EUR', country: 'FR', groupId: null, fixedRate: null }],
  textLanguages: [],
  withImages: false,
  atMs: Date.parse('2026-11-21T12:00:00Z'),
};

/** Reads a catalogue to its end. */
export async function batchesOf(catalogue: Catalogue, query: CatalogueQuery): Promise<readonly CatalogueBatch[]> {
  const batches: CatalogueBatch[] = [];
  for await (const batch of catalogue.batches(query)) batches.push(batch);
  return batches;
}

/** The items of all batches. */
export async function itemsOf(catalogue: Catalogue, query: CatalogueQuery): Promise<readonly CatalogueItem[]> {
  return (await batchesOf(catalogue, query)).flatMap((batch) => batch.items);
}
