import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roundToMinor } from '../../../../src/core/money.js';
import type { CatalogueItem, CatalogueQuery, ItemPriceResult, StockDigests } from '../../../../src/shop/catalogue.js';
import { readDocument } from '../../../../src/shop/prestashop-webservice/read-document.js';
import type { XmlElement } from '../../../../src/shop/prestashop-webservice/webservice-record.js';
import { whyNoPrestashopDatabase } from '../../../support/prestashop-database.js';
import { batchesOf, itemsOf } from '../../../support/prestashop-items.js';
import { sharedFile } from '../../../support/shared-material.js';
import { answerRequest } from '../../../support/webservice-shop/answer-request.js';
import { AT_MS, type BothWays, openBothWays } from '../../../support/webservice-shop/both-ways.js';
import { TEST_KEY } from '../../../support/webservice-shop/wire.js';

const reason = whyNoPrestashopDatabase();
const view = (currency: string, country: string, groupId: number | null = null) => ({
  ...{ currency, country, groupId },
  fixedRate: currency === 'SEK' ? '11.25' : null,
});
const QUERY: CatalogueQuery = {
  selection: { kind: 'all' },
  priceViews: [view('EUR', 'FR'), view('USD', 'DE', 3), view('JPY', 'FR'), view('SEK', 'FR'), view('PLN', 'FR')],
  textLanguages: ['fr', 'en', 'de', 'nl'],
  withImages: true,
  atMs: AT_MS,
};

const RECORDED = [
  ...[
    'products',
    'combinations',
    'specific_prices',
    'stock_availables',
    'tags',
    'currencies',
    'groups',
    'product_suppliers',
  ].map((name) => [`enriched/${name}.xml`, `${name}?display=full`]),
  ...[
    'languages',
    'shops',
    'shop_groups',
    'shop_urls',
    'tax_rules',
    'taxes',
    'tax_rule_groups',
    'product_options',
    'product_option_values',
    'countries',
  ].map((name) => [`${name}-full.xml`, `${name}?display=full`]),
  [
    'enriched/combinations-price.xml',
    `combinations?display=[id,id_product,price,web]&${webPrice('decimals=6 country=8 group=1')}`,
  ],
  ['enriched/products-price-decimals6.xml', `products?display=[id,price,web]&${webPrice('decimals=6 group=1')}`],
  ['enriched/products-price-usd.xml', `products?display=[id,price,web]&${webPrice('currency=2 country=1 group=1')}`],
  ['enriched/filter-name.xml', 'products?display=[id,name]&filter[name]=%[Mug]%&language=2'],
  ['enriched/filter-reference-exact.xml', 'combinations?display=[id,reference,ean13]&filter[ean13]=5012345000015'],
  ['enriched/limit-beyond.xml', 'products?display=[id]&limit=100,10'],
  ['enriched/limit-zero.xml', 'products?display=[id]&limit=0'],
  ['enriched/combos-list-empty-filter.xml', 'products?display=[id]&filter[active]=9'],
  ['enriched/id-list.xml', 'products?display=full&filter[id]=[1|20]&limit=2'],
] as [string, string][];

function webPrice(parameters: string): string {
  return ['use_tax=1', 'use_reduction=1', ...parameters.split(' ')]
    .map((one) => one.replace(/^(\w+)=/, 'price[web][$1]='))
    .join('&');
}

const TEST_AUTHORIZATION = `Basic ${Buffer.from(`${TEST_KEY}:`).toString('base64')}`;

function requestOf(call: string) {
  const [path = '', query = ''] = call.split('?');
  return { method: 'GET', path, body: '', query: new URLSearchParams(query.replaceAll('%', '%25')) };
}

/**
 * The list of countries was recorded before some were switched on. What PrestaShop computes for a product with combinations is in
 * no table of its prices, and nothing is made of it.
 */
function isComparable(call: string, entry: Shown, field: string): boolean {
  if (call.startsWith('countries')) return field !== 'active';
  return field !== 'web' || call.startsWith('combinations') || SIMPLE_PRODUCTS.includes(String(entry.id));
}

/** What is associated comes in any order, but images come by position. */
function inAnyOrder(name: string, value: unknown): unknown {
  if (!name.endsWith('[]') || name === 'images[]' || !Array.isArray(value)) return value;
  return value.map((one) => JSON.stringify(one)).sort();
}

const SIMPLE_PRODUCTS = ['6', '7', '8', '12', '13', '14', '15', '19', '20'];

type Shown = Readonly<Record<string, unknown>>;

/** The entries of a list: each field as text, or as texts by language, and what is associated. */
function readAnswer(xml: string): readonly Shown[] {
  const reading = readDocument(xml);
  if (reading.root === null) throw new Error(reading.reason);
  const shown = ({ text, children }: XmlElement): unknown => {
    if (children.length === 0) return text.trim();
    if (children[0]?.name !== 'language') return children.map((child) => [child.name, shown(child)]);
    return children.map(({ attributes, text: translated }) => [attributes.id, translated.trim()]);
  };
  return (reading.root.children[0]?.children ?? []).map((entry) => {
    const fields = entry.children.flatMap((field) =>
      field.name === 'associations'
        ? field.children.map((one) => [`${one.name}[]`, shown(one)])
        : [[field.name, shown(field)]],
    );
    return Object.fromEntries(fields) as Shown;
  });
}

/** The Webservice of a shop context does not list what the context does not have. */
function inShop(items: readonly CatalogueItem[]): readonly CatalogueItem[] {
  return items.filter((item) => item.inShop);
}

describe.skipIf(reason !== null)(`a shop by its Webservice (${reason ?? 'measured'})`, () => {
  let both: BothWays;
  beforeAll(async () => {
    both = await openBothWays('prestashop-8.2.1', { 1: '8.2.1.csv.gz' });
  });
  afterAll(() => both?.close());

  it('has the items of its database, in batches of whole products and at most two calls at once', async () => {
    const batches = await batchesOf(both.byWebservice.catalogue(1), { ...QUERY, productsPerBatch: 7 });
    const items = batches.flatMap((batch) => batch.items);
    expect(items).toEqual(await itemsOf(both.byDatabase.catalogue(1), QUERY));
    expect([batches.length, items.length]).toEqual([3, 48]);
    expect(both.server.mostAtOnce()).toBeLessThanOrEqual(2);
    expect(both.server.seen.some(({ query }) => query.has('ws_key'))).toBe(false);
  });

  it.each(RECORDED)('is served as PrestaShop itself did: %s', (file, call) => {
    const ours = readAnswer(answerRequest(both.model, requestOf(call), TEST_AUTHORIZATION).body);
    const theirs = readAnswer(readFileSync(sharedFile('prestashop', 'webservice', ...file.split('/')), 'utf8'));
    // Without an order PrestaShop gives its rows in any.
    const known = new Map(theirs.map((entry) => [entry.id, entry]));
    expect(ours.map(({ id }) => id).sort()).toEqual([...known.keys()].sort());
    for (const entry of ours)
      for (const [name, value] of Object.entries(entry).filter(([field]) => isComparable(call, entry, field)))
        expect([entry.id, name, inAnyOrder(name, known.get(entry.id)?.[name])]).toEqual([
          entry.id,
          name,
          inAnyOrder(name, value),
        ]);
  });

  it('gives products by id and by category, with those that it does not have', async () => {
    const byId = { ...QUERY, selection: { kind: 'products', productIds: [9, 4711, 2, 9] } } as const;
    const batches = await batchesOf(both.byWebservice.catalogue(1), byId);
    expect(batches.flatMap(({ productIds }) => productIds)).toEqual([2, 9, 4711]);
    expect(batches.flatMap(({ items }) => items)).toEqual(await itemsOf(both.byDatabase.catalogue(1), byId));
    const byCategory = { ...QUERY, selection: { kind: 'category', categoryId: 8 } } as const;
    expect(await itemsOf(both.byWebservice.catalogue(1), byCategory)).toEqual(
      await itemsOf(both.byDatabase.catalogue(1), byCategory),
    );
    for (const { selection } of [QUERY, byId, byCategory])
      expect(await both.byWebservice.catalogue(1).countProducts(selection)).toBe(
        await both.byDatabase.catalogue(1).countProducts(selection),
      );
  });

  it.each([
    ['reference', ['demo_1', 'DEMO_3', 'demo_11', 'demo_21', 'a|b', '[x]', '']],
    ['ean13', ['5012345000015', '5012345000022', '0', '123']],
    ['supplier-reference', ['demo_1_46', 'demo_3_46', 'demo_11_53']],
  ] as const)('finds who carries a %s', async (field, skus) => {
    const found = await both.byWebservice.catalogue(1).holdersOf(field, skus);
    const expected = await both.byDatabase.catalogue(1).holdersOf(field, skus);
    expect(found).toEqual(expected.filter(({ sku }) => sku !== ''));
    expect(found.length).toBeGreaterThan(0);
  });

  it.each(['2039-12-31T22:59:00Z', '2019-12-31T22:59:00Z', '2020-12-31T22:58:30Z', '2041-01-01T00:00:00Z'])(
    'knows what the clock changes after %s',
    async (at) => {
      const afterMs = Date.parse(at);
      const [byWebservice, byDatabase] = [both.byWebservice.catalogue(1), both.byDatabase.catalogue(1)];
      const next = await byDatabase.nextPriceChangeMs(afterMs);
      expect(await byWebservice.nextPriceChangeMs(afterMs)).toBe(next);
      const untilMs = next ?? afterMs + 1;
      const repriced = async (catalogue: typeof byDatabase) => {
        const pages = [];
        for await (const page of catalogue.repricedBetween(afterMs, untilMs)) pages.push(...page);
        return pages;
      };
      expect(await repriced(byWebservice)).toEqual(await repriced(byDatabase));
      expect((await repriced(byWebservice)).length).toBe(next === null ? 0 : 1);
    },
  );

  it('tells the same stock digests in batches and in stretches, and another one after any change that counts', async () => {
    const before = await digestsOf(both);
    expect(await stretchesOf(both)).toEqual(new Map([...before].filter(([, digest]) => digest !== '0'.repeat(16))));
    const rows = both.model.tables.stock_available;
    const [one, other] = rows.filter((row) => row.id_product === 1 && row.id_product_attribute !== 0);
    const component = rows.find((row) => row.id_product === 7);
    if (one === undefined || other === undefined || component === undefined) throw new Error('No such stock rows.');
    const quantities = [one.quantity ?? 0, other.quantity ?? 0, component.quantity ?? 0] as const;
    one.quantity = 11;
    other.quantity = 22;
    const changed = await digestsOf(both);
    expect(changedOf(before, changed)).toEqual([1]);
    one.quantity = 22;
    other.quantity = 11;
    expect(changedOf(changed, await digestsOf(both))).toEqual([1]);
    component.quantity = 1;
    expect(changedOf(changed, await stretchesOf(both))).toEqual([1, 7, 15]);
    [one.quantity, other.quantity, component.quantity] = quantities;
    expect(await digestsOf(both)).toEqual(before);
  });

  it('takes what PrestaShop computes for right where rows do not explain it, with no dates', async () => {
    const rows = both.model.tables.specific_price;
    const own = rows.filter((row) => row.id_product === 1 && row.id_specific_price === 1);
    const query = { ...QUERY, selection: { kind: 'products', productIds: [1] } } as const;
    const known = (await itemsOf(both.byWebservice.catalogue(1), query)).map(({ prices }) => prices[0]);
    for (const row of own) row.reduction = '0.300000';
    const items = await itemsOf(both.byWebservice.catalogue(1), query);
    for (const row of own) row.reduction = '0.200000';
    expect(own.length).toBe(1);
    expect(items.map(({ prices }) => microPrice(prices[0]))).toEqual(known.map(microPrice));
  });

  it('reads no dates of sales with a key that may not, and says which right is missing where prices need it', async () => {
    const { rights } = both.model;
    const catalogue = both.byWebservice.catalogue(1);
    (rights as Map<string, ReadonlySet<string>>).delete('taxes');
    (rights as Map<string, ReadonlySet<string>>).delete('specific_prices');
    const items = await itemsOf(catalogue, QUERY);
    expect(await catalogue.nextPriceChangeMs(0)).toBeNull();
    const expected = await itemsOf(both.byDatabase.catalogue(1), QUERY);
    expect(items.map(({ prices }) => microPrice(prices[0]))).toEqual(
      expected.map(({ prices }) => microPrice(prices[0])),
    );
    (rights as Map<string, ReadonlySet<string>>).delete('groups');
    await expect(itemsOf(catalogue, QUERY)).rejects.toThrow('may not GET groups');
    await expect(both.byWebservice.check()).rejects.toThrow('Tick GET for groups');
  });
});

/** The standard price as PrestaShop gives it, to six decimals; undated. */
function microPrice(price: ItemPriceResult | undefined): string | undefined {
  return price !== undefined && 'standard' in price ? roundToMinor(price.standard, 6, 'half-up').toString() : undefined;
}

function changedOf(before: StockDigests, after: StockDigests): readonly number[] {
  return [...after].filter(([id, digest]) => before.get(id) !== digest).map(([id]) => id);
}

async function digestsOf({ byWebservice }: BothWays): Promise<StockDigests> {
  const batches = await batchesOf(byWebservice.catalogue(1), {
    ...QUERY,
    priceViews: [],
    textLanguages: [],
    withImages: false,
  });
  return new Map(batches.flatMap((batch) => [...batch.stockDigests()]));
}

async function stretchesOf({ byWebservice }: BothWays): Promise<StockDigests> {
  const digests: [number, string][] = [];
  for await (const stretch of byWebservice.catalogue(1).stockStretches()) digests.push(...(await stretch.products()));
  return new Map(digests);
}

describe.skipIf(reason !== null)(`several shops by their Webservice (${reason ?? 'measured'})`, () => {
  let both: BothWays;
  beforeAll(async () => {
    both = await openBothWays('prestashop-8.2.1-multistore', {
      1: 'multistore-shop1.csv.gz',
      2: 'multistore-shop2.csv.gz',
      3: '',
      4: '',
    });
  });
  afterAll(() => both?.close());

  it.each([1, 2])('have the items of the database in shop %i', async (shopId) => {
    const items = await itemsOf(both.byWebservice.catalogue(shopId), QUERY);
    expect(items).toEqual(inShop(await itemsOf(both.byDatabase.catalogue(shopId), QUERY)));
    expect(items.length).toBeGreaterThan(40);
  });

  it.each([3, 4])('have the items, texts and the shared stock of the database in shop %i', async (shopId) => {
    const query = { ...QUERY, priceViews: [] };
    const items = await itemsOf(both.byWebservice.catalogue(shopId), query);
    expect(items).toEqual(inShop(await itemsOf(both.byDatabase.catalogue(shopId), query)));
    expect(items.length).toBeGreaterThan(1);
  });

  it('are surveyed: version, contexts, countries, rates, and what the key may do', async () => {
    const [byWebservice, byDatabase] = [await both.byWebservice.survey(), await both.byDatabase.survey()];
    expect(byWebservice).toMatchObject({ version: '8.2.1', absent: [], contexts: byDatabase.contexts });
    expect(byWebservice.details).toEqual(byDatabase.details.map(({ withoutStock, ...rest }) => rest));
    expect(byWebservice.rights.excess).toEqual([]);
    expect(byWebservice.rights.notes).toEqual([
      expect.stringContaining('travel unsealed'),
      expect.stringContaining('Customer group 4 has a reduction'),
    ]);
    expect(JSON.stringify(byWebservice)).not.toContain('ABCDEFGH');
  });
});
