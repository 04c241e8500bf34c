import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop } from '../../../src/shop/open-shop.js';
import { openPrestashopDatabase } from '../../../src/shop/prestashop-database/prestashop-database.js';
import {
  loadPrestashopDump,
  type PrestashopDatabase,
  whyNoPrestashopDatabase,
} from '../../support/prestashop-database.js';
import { batchesOf, itemsOf, PLAIN_QUERY } from '../../support/prestashop-items.js';
import { copyShopToSqlite } from '../../support/prestashop-sqlite.js';

const reason = whyNoPrestashopDatabase();
const EVERYTHING = { ...PLAIN_QUERY, textLanguages: ['fr', 'de'], withImages: true };
const BIG_PRODUCT = 500;
const BIG_COMBINATIONS = 10_000;

describe.skipIf(reason !== null)(`reading a PrestaShop database (${reason ?? 'real'})`, () => {
  let database: PrestashopDatabase;

  beforeAll(async () => {
    database = await loadPrestashopDump('prestashop-8.2.1');
  });
  afterAll(() => database?.drop());

  it('gives the same items from MariaDB and from SQLite', async () => {
    const onServer = openShop(database.url);
    const onFile = openPrestashopDatabase({
      knex: await copyShopToSqlite(database.knex),
      ...{ prefix: 'ps_', shopIds: [1], where: 'memory' },
    });
    await onFile.check();
    const expected = await itemsOf(onServer.catalogue(1), EVERYTHING);
    expect(await itemsOf(onFile.catalogue(1), EVERYTHING)).toEqual(expected);
    expect(await onFile.catalogue(1).context()).toEqual(await onServer.catalogue(1).context());
    expect(expected).toHaveLength(48);
    await Promise.all([onServer.close(), onFile.close()]);
  });

  it('takes the same number of statements for a batch of one product and for one of all', async () => {
    const { count, shop } = countingShop(database);
    const one = { ...EVERYTHING, selection: { kind: 'products', productIds: [6] } } as const;
    const all = { ...EVERYTHING, selection: { kind: 'products', productIds: allProducts() } } as const;
    await shop.check();
    const forOne = await count(() => itemsOf(shop.catalogue(1), one));
    const forAll = await count(() => itemsOf(shop.catalogue(1), all));
    await shop.close();
    expect(forAll.result).toHaveLength(47);
    expect(forAll.statements).toBe(forOne.statements);
    expect(forOne.statements).toBeLessThan(60);
  });

  it('gives whole products in pages, each once, whatever the size of a page', async () => {
    const shop = openShop(database.url);
    const batches = await batchesOf(shop.catalogue(1), { ...PLAIN_QUERY, productsPerBatch: 3 });
    expect(batches.map((batch) => batch.productIds.length)).toEqual([3, 3, 3, 3, 3, 3, 2]);
    expect(batches.flatMap((batch) => batch.items)).toEqual(await itemsOf(shop.catalogue(1), PLAIN_QUERY));
    await shop.close();
  });

  it('gives the products asked for in key order, an unknown one without items', async () => {
    const shop = openShop(database.url);
    const selection = { kind: 'products', productIds: [19, 999, 6, 19] } as const;
    const [batch, ...more] = await batchesOf(shop.catalogue(1), { ...PLAIN_QUERY, selection });
    expect(more).toEqual([]);
    expect(batch?.productIds).toEqual([6, 19, 999]);
    expect(batch?.items.map((item) => item.productId)).toEqual([6, 19]);
    expect(await shop.catalogue(1).countProducts(selection)).toBe(3);
    await shop.close();
  });

  it('gives the products of a category', async () => {
    const shop = openShop(database.url);
    const selection = { kind: 'category', categoryId: 7 } as const;
    const ids = (await itemsOf(shop.catalogue(1), { ...PLAIN_QUERY, selection, productsPerBatch: 2 })).map(
      (i) => i.productId,
    );
    expect([...new Set(ids)]).toEqual([16, 17, 18]);
    expect(await shop.catalogue(1).countProducts(selection)).toBe(3);
    expect(await shop.catalogue(1).countProducts({ kind: 'all' })).toBe(20);
    await shop.close();
  });

  it('keeps (product, combination) order when combinations and stock rows were created in another order', async () => {
    await database
      .knex('ps_product_attribute')
      .insert({ id_product_attribute: 4_000, id_product: 3, reference: 'late' });
    await database.knex('ps_product_attribute_shop').insert({ id_product_attribute: 4_000, id_product: 3, id_shop: 1 });
    const stock = { id_product: 3, id_product_attribute: 4_000, id_shop: 1, id_shop_group: 0, quantity: 77 };
    await database.knex('ps_stock_available').insert(stock);
    const shop = openShop(database.url);
    const items = await itemsOf(shop.catalogue(1), PLAIN_QUERY);
    const keys = items.map((item) => item.productId * 1e6 + item.combinationId);
    expect(keys).toEqual(keys.toSorted((a, b) => a - b));
    expect(items.find((item) => item.combinationId === 4_000)).toMatchObject({ reference: 'late', stockQuantity: 77 });
    expect(items.find((item) => item.combinationId === 15)?.stockQuantity).toBe(300);
    await database.knex('ps_product_attribute').where({ id_product_attribute: 4_000 }).del();
    await shop.close();
  });

  it('leaves no connection in use when the caller stops early', async () => {
    const { handle, shop } = countingShop(database);
    for await (const batch of shop.catalogue(1).batches({ ...PLAIN_QUERY, productsPerBatch: 2 })) {
      expect(batch.productIds).toEqual([1, 2]);
      break;
    }
    expect(handle.client.pool.numUsed()).toBe(0);
    await shop.close();
  });

  it('fills a missing translation from the default language, then from any other', async () => {
    await database.knex('ps_product_lang').where({ id_product: 2, id_lang: 4 }).update({ name: '', description: '' });
    await database.knex('ps_product_lang').where({ id_product: 3 }).update({ name: '' });
    await database.knex('ps_product_lang').where({ id_product: 3, id_lang: 3 }).update({ name: 'Póster' });
    const shop = openShop(database.url);
    const items = await itemsOf(shop.catalogue(1), { ...PLAIN_QUERY, textLanguages: ['fr', 'it'] });
    const french = (productId: number) => items.find((item) => item.productId === productId)?.texts?.get('fr');
    expect(french(2)).toMatchObject({ name: 'Hummingbird printed sweater', fallback: true });
    expect(french(3)).toMatchObject({ name: 'Póster', fallback: true });
    expect(french(6)?.fallback).toBe(false);
    expect(items[0]?.texts?.get('it')).toMatchObject({ name: 'Hummingbird printed t-shirt', fallback: true });
    await shop.close();
  });

  it('prices a currency that the shop lacks by a fixed rate, and says when there is none', async () => {
    const shop = openShop(database.url);
    const view = { currency: 'PLN', country: 'FR', groupId: null };
    const priceViews = [
      { ...view, fixedRate: '4.25' },
      { ...view, fixedRate: null },
      { ...view, country: 'XX', fixedRate: '1' },
    ];
    const items = await itemsOf(shop.catalogue(1), { ...PLAIN_QUERY, priceViews });
    expect(items.find((item) => item.productId === 6)?.prices).toEqual([
      // 11.90 × 4.25 × 1.2
      { standard: 60_690_000_000_000n, steps: [] },
      { fault: 'currency-missing' },
      { fault: 'country-missing' },
    ]);
    await shop.close();
  });

  it('limits a pack by its components when the shop says so', async () => {
    const shop = openShop(database.url);
    const pack = async () => (await itemsOf(shop.catalogue(1), PLAIN_QUERY)).find((item) => item.productId === 15);
    const setType = (type: number) =>
      database.knex('ps_product_shop').where({ id_product: 15 }).update({ pack_stock_type: type });
    expect((await pack())?.stockQuantity).toBe(100);
    await database.knex('ps_stock_available').where({ id_product: 7 }).update({ quantity: 23 });
    await setType(1);
    expect((await pack())?.stockQuantity).toBe(4);
    await setType(3);
    await database.knex('ps_stock_available').where({ id_product: 7 }).update({ quantity: -3 });
    expect((await pack())?.stockQuantity).toBe(100);
    await shop.close();
  });

  it('finds who carries a text, byte for byte', async () => {
    const shop = openShop(database.url);
    const catalogue = shop.catalogue(1);
    expect(await catalogue.holdersOf('reference', ['demo_11', 'DEMO_12', 'demo_13 '])).toEqual([
      { sku: 'demo_11', productId: 6, combinationId: 0 },
    ]);
    const demo1 = await catalogue.holdersOf('reference', ['demo_1']);
    expect(demo1.map((holder) => holder.combinationId)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await catalogue.holdersOf('ean13', ['5012345000022'])).toEqual([
      { sku: '5012345000022', productId: 1, combinationId: 2 },
    ]);
    expect(await catalogue.holdersOf('supplier-reference', ['demo_12'])).toEqual([
      { sku: 'demo_12', productId: 7, combinationId: 0 },
    ]);
    await shop.close();
  });

  it('reads a product with 10,000 combinations whole, and small ones around it', async () => {
    await addBigProduct(database.knex, BIG_PRODUCT);
    await addBigProduct(database.knex, BIG_PRODUCT + 1);
    await addBigProduct(database.knex, BIG_PRODUCT + 2);
    const shop = openShop(database.url);
    const batches = await batchesOf(shop.catalogue(1), PLAIN_QUERY);
    const counts = new Map<number, number>();
    for (const { items } of batches)
      for (const { productId } of items) counts.set(productId, (counts.get(productId) ?? 0) + 1);
    expect(batches.map((batch) => batch.items.length)).toEqual([48 + BIG_COMBINATIONS, 2 * BIG_COMBINATIONS]);
    expect([0, 1, 2].map((more) => counts.get(BIG_PRODUCT + more))).toEqual(Array(3).fill(BIG_COMBINATIONS));
    await shop.close();
  });
});

function allProducts(): readonly number[] {
  return Array.from({ length: 19 }, (_, index) => index + 1);
}

/** A shop whose statements are counted, one for each SELECT. */
function countingShop(database: PrestashopDatabase) {
  const handle: Knex = knex({
    client: 'mysql2',
    // Spread copies would lack the password, which knex hides from enumeration.
    connection: { ...database.connection, multipleStatements: true },
  });
  let statements = 0;
  handle.on('query', ({ sql }: { sql: string }) => {
    statements += sql.split('SELECT').length - 1;
  });
  const shop = openPrestashopDatabase({ knex: handle, prefix: 'ps_', shopIds: [1], where: database.name });
  const count = async <T>(read: () => Promise<T>) => {
    statements = 0;
    return { result: await read(), statements };
  };
  return { count, handle, shop };
}

async function addBigProduct(db: Knex, id: number): Promise<void> {
  const first = id * 100_000;
  const sequence = `SELECT seq FROM seq_1_to_${BIG_COMBINATIONS}`;
  await db.raw(
    `INSERT INTO ps_product (id_product, id_tax_rules_group, date_add, date_upd) VALUES (?, 1, NOW(), NOW())`,
    [id],
  );
  await db.raw(
    `INSERT INTO ps_product_shop (id_product, id_shop, id_tax_rules_group, price, active, date_add, date_upd)
     VALUES (?, 1, 1, 10, 1, NOW(), NOW())`,
    [id],
  );
  await db.raw(
    `INSERT INTO ps_product_attribute (id_product_attribute, id_product, reference)
     SELECT ${first} + seq, ${id}, CONCAT('big-', ${id}, '-', seq) FROM (${sequence}) s`,
  );
  await db.raw(
    `INSERT INTO ps_product_attribute_shop (id_product_attribute, id_product, id_shop) SELECT ${first} + seq, ${id}, 1 FROM (${sequence}) s`,
  );
}
