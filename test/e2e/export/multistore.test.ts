import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../../src/features/export/run/run.js';
import { readFeedXml } from '../../support/export-documents.js';
import {
  display,
  type ExportProgram,
  openExportProgram,
  SELLER,
  send,
  settleFeeds,
} from '../../support/export-program.js';
import {
  loadPrestashopDump,
  type PrestashopDatabase,
  whyNoPrestashopDatabase,
} from '../../support/prestashop-database.js';

const reason = whyNoPrestashopDatabase();
const EVERYTHING = { all: true, create: true } as const;

/** Shops 1 and 2 have a stock each; shops 3 and 4 share theirs; product 9 is not in shop 4. */
describe.skipIf(reason !== null)(`one bridge for several shops of a multistore (${reason ?? 'real'})`, () => {
  let dump: PrestashopDatabase;
  let shown: ExportProgram;
  beforeAll(async () => {
    dump = await loadPrestashopDump('prestashop-8.2.1-multistore');
    shown = await openExportProgram({ databaseUrl: 'sqlite::memory:', shopUrl: `${dump.url},2,4` });
    await addSeller('both', { FR: 1, ES: 2 });
    await addSeller('other', { DE: 4 });
    await setStock(dump.knex, [1, 1], { 1: 7, 2: 3 });
    await setStock(dump.knex, [1, 2], { 1: 2, 2: 9 });
  });
  afterAll(async () => {
    await shown?.close();
    await dump?.drop();
  });

  /** An account whose countries sell from these shops. */
  async function addSeller(name: string, shops: Readonly<Record<string, number>>): Promise<void> {
    const { program, clock } = shown;
    const sellerId = `SELLER-${name}`;
    const contexts = new Map<string, Awaited<ReturnType<ReturnType<typeof program.shop.catalogue>['context']>>>();
    for (const [country, id] of Object.entries(shops))
      contexts.set(country, await program.shop.catalogue(id).context());
    const [shop] = contexts.values();
    if (shop === undefined) throw new Error('Expected a shop.');
    const account = await program.accounts.add(
      {
        ...{ ...SELLER, name, sellerId, region: 'EU', shop, otherShops: contexts, baseUrl: 'simulator' },
        ...{ marketplaces: [...contexts.keys()], ...program.simulator.secrets(sellerId) },
      },
      'test',
    );
    const scope = { kind: 'account', accountId: account.id } as const;
    await program.settings.set('sending', 'on', scope, { actor: 'test' });
    await program.settings.set('sku-source', 'ids', scope, { actor: 'test' });
    const marketplaces = await program.accounts.marketplaces(account.id);
    await program.simulator.seed({ sellerId, marketplaces, items: [], nowMs: clock.nowMs() });
  }

  /** Texts of one field by "COUNTRY sku", of the documents of a run. */
  async function valuesOf(run: Run, messageType: string, read: (body: Record<string, unknown>) => unknown) {
    const { program } = shown;
    const names = new Map((await program.accounts.marketplaces()).map((one) => [one.id, one.country]));
    const found = new Map<string, string>();
    for (const { marketplaceId, path } of await program.export.documents(run)) {
      const document = readFeedXml(await program.archive.read(path));
      if (document.messageType !== messageType) continue;
      for (const { sku, body } of document.messages) {
        const key = `${names.get(marketplaceId)} ${sku}`;
        expect(found.has(key)).toBe(false);
        found.set(key, String(read(body as Record<string, unknown>)));
      }
    }
    return found;
  }
  const quantities = (run: Run) => valuesOf(run, 'Inventory', (body) => body.Quantity);
  const prices = (run: Run) =>
    valuesOf(run, 'Price', (body) => (body.StandardPrice as Record<string, string>)['#text']);

  it('gives each marketplace the prices of its own shop', async () => {
    const found = await prices(await display(shown, EVERYTHING));
    // 23.90 × 1.2 less 20 % in the shop; (11.95 + 1.00) × 1.2 less 20 % in its outlet.
    expect([found.get('FR 1-1'), found.get('ES 1-1')]).toEqual(['22.94', '12.43']);
    const counts = ['FR', 'ES', 'DE'].map(
      (country) => [...found.keys()].filter((key) => key.startsWith(country)).length,
    );
    expect(counts).toEqual([39, 39, 37]);
    expect([found.has('ES 9-22'), found.has('DE 9-22'), found.has('DE 9-23')]).toEqual([true, false, false]);
  });

  it('sends one stock for each SKU of an account, the least of the shops that sell it, and another account has its own', async () => {
    const found = await quantities(await display(shown, EVERYTHING));
    expect([found.get('FR 1-1'), found.get('FR 1-2'), found.has('ES 1-1')]).toEqual(['3', '2', false]);
    const [shared] = await dump.knex('ps_stock_available').where({ id_shop_group: 2, id_product_attribute: 1 });
    expect(found.get('DE 1-1')).toBe(String(Math.max(0, shared.quantity)));
  });

  it('keeps the stock of what one of its shops stops selling, and takes its offer off there', async () => {
    const shop2 = dump.knex('ps_product_shop').where({ id_product: 1, id_shop: 2 });
    await shop2.clone().update({ active: 0 });
    const run = await display(shown, { ...EVERYTHING, account: 'both' });
    expect((await quantities(run)).get('FR 1-1')).toBe('7');
    expect((await prices(run)).has('ES 1-1')).toBe(false);
    await shop2.clone().update({ active: 1 });
  });

  it('is sent, settled and then in step: the shops do not take turns in changing the stock of each other', async () => {
    await send(shown, { products: [1], create: true, account: 'both' });
    const { id } = await shown.program.accounts.byName('both');
    for (let round = 0; round < 3; round += 1) {
      await settleFeeds(shown, id);
      await send(shown, { account: 'both' });
    }
    const stock = async () =>
      (await shown.program.listings.ofSkus(id, ['1-1', '1-2'])).map((one) => one.quantity?.acceptedValue);
    expect(await stock()).toEqual(['3', '2']);
    const again = await send(shown, { products: [1], account: 'both', stockOnly: true });
    expect(again.totals).toMatchObject({ rejected: 0, unknown: 0 });
    expect(await stock()).toEqual(['3', '2']);
    await setStock(dump.knex, [1, 1], { 1: 1, 2: 3 });
    const lower = await display(shown, { products: [1], account: 'both' });
    expect((await quantities(lower)).get('FR 1-1')).toBe('1');
    // Rule 4: what another shop of the account still sells is not brought to 0.
    await dump.knex('ps_product_shop').where({ id_product: 1, id_shop: 2 }).update({ active: 0 });
    const barred = await quantities(await display(shown, { products: [1], account: 'both' }));
    expect(barred.get('FR 1-1')).toBe('1');
    await dump.knex('ps_product_shop').where({ id_product: 1, id_shop: 2 }).update({ active: 1 });
  });

  it.each([
    { left: 1, country: 'FR', stock: '5' },
    { left: 2, country: 'ES', stock: '4' },
  ])(
    'keeps the stock of what is taken out of shop $left alone, and takes its offer off there',
    async ({ left, country, stock }) => {
      await setStock(dump.knex, [1, 1], { 1: 4, 2: 5 });
      const taken = await takeOut(dump.knex, 1, left);
      const run = await display(shown, { products: [1], account: 'both' });
      expect((await quantities(run)).get('FR 1-1')).toBe(stock);
      const gone = await valuesOf(run, 'Product', () => 'Delete');
      expect([...gone.keys()]).toEqual(expect.arrayContaining([`${country} 1-1`, `${country} 1-2`]));
      await taken.putBack();
    },
  );

  it('names, addresses and pictures are those of each shop', async () => {
    await dump
      .knex('ps_product_lang')
      .where({ id_product: 6, id_shop: 2, id_lang: 4 })
      .update({ name: 'Mug du magasin' });
    const read = async (shopId: number) => {
      const selection = { kind: 'products', productIds: [6] } as const;
      const query = { selection, priceViews: [], textLanguages: ['fr'], withImages: true, atMs: shown.clock.nowMs() };
      for await (const { items } of shown.program.shop.catalogue(shopId).batches(query))
        return { name: items[0]?.texts?.get('fr')?.name, image: items[0]?.imageUrls?.[0] };
      return null;
    };
    const [first, outlet] = [await read(1), await read(2)];
    expect(outlet).toMatchObject({ name: 'Mug du magasin', image: expect.stringContaining('/outlet/') });
    expect(first?.name).not.toBe('Mug du magasin');
    expect(first?.image).not.toContain('/outlet/');
  });
});

async function setStock(
  db: Knex,
  [product, combination]: readonly [number, number],
  quantities: Readonly<Record<number, number>>,
): Promise<void> {
  for (const [shop, quantity] of Object.entries(quantities))
    await db('ps_stock_available')
      .where({ id_product: product, id_product_attribute: combination, id_shop: Number(shop), id_shop_group: 0 })
      .update({ quantity });
}

/** Takes a product out of one shop, as the back office does: its rows there go. */
async function takeOut(db: Knex, product: number, shop: number) {
  const tables = ['ps_product_shop', 'ps_product_attribute_shop'];
  const rows = await Promise.all(tables.map((name) => db(name).where({ id_product: product, id_shop: shop })));
  for (const name of tables) await db(name).where({ id_product: product, id_shop: shop }).delete();
  const putBack = async () => {
    for (const [index, name] of tables.entries()) await db(name).insert(rows[index] ?? []);
  };
  return { putBack };
}
