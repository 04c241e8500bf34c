import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Run } from '../../../src/features/export/run/run.js';
import { documentsOf, faultsOf, messagesOf } from '../../support/export-documents.js';
import { BOARD, DESK, ListedShop } from '../../support/export-listed-shop.js';
import { display, send } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const COMBINATIONS = 10_000;

describeEachDatabase('bad data in the shop', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });

  const verdictsOf = async (run: Run, sku: string) => {
    const [line] = await listed.shop.program.export.log(run.id, { sku, skip: 0, limit: 1 });
    return line?.verdicts ?? [];
  };
  const setText = (productId: number, texts: object) =>
    listed.office.db('ps_product_lang').where({ id_product: productId }).update(texts);
  const describedAs = async (productId: number, sku: string) => {
    const run = await display(listed.shop, { products: [productId], extendedData: true });
    const documents = await documentsOf(listed.shop.program, run);
    for (const document of documents)
      expect([document.messageType, await faultsOf(document)]).toEqual([document.messageType, []]);
    const message = (await messagesOf(listed.shop.program, run, 'Product')).get(sku);
    return message?.body.DescriptionData as Record<string, string> | undefined;
  };

  it.each([
    [
      'a wrong check digit',
      '9520417041000',
      /wrong check digit: 0, expected 3/,
      /Compare the code with the one printed/,
    ],
    ['letters', 'EAN-PENDING', /EAN-PENDING is not a number of 8, 12, 13 or 14 digits/, /Correct the EAN/],
    ['too few digits', '95204171', /./, /./],
    ['a private range', '2990417001005', /private use/, /maker/],
    ['a NUL', '95204\u000017041003', /is not a number/, /Correct the EAN/],
  ])(
    'of an EAN with %s refuses the creation with the code and the fix, and lets updates go on',
    async (__, ean13, sentence, advice) => {
      await listed.office.db('ps_product').where({ id_product: DESK.id }).update({ ean13, upc: '' });
      const run = await display(listed.shop, { products: [DESK.id], create: true });
      const [verdict] = (await verdictsOf(run, DESK.sku)).filter((one) => one.kind === 'create');
      expect(verdict).toMatchObject({
        sentence: expect.stringMatching(sentence),
        advice: expect.stringMatching(advice),
      });
      expect((await documentsOf(listed.shop.program, run)).map((one) => one.messageType)).toEqual([
        'Price',
        'Inventory',
      ]);
    },
  );

  it('of a title of 700 characters sends 500, cut between characters', async () => {
    await setText(BOARD.id, { name: `${'Planche à découper 🪵 '.repeat(35)}` });
    const title = (await describedAs(BOARD.id, BOARD.sku))?.Title ?? '';
    expect([...title].length).toBeLessThanOrEqual(500);
    expect([...title].length).toBeGreaterThan(480);
    expect(title).toMatch(/^(Planche à découper 🪵 ?)+/u);
    expect(title).not.toMatch(/\p{Cs}/u);
  });

  it('of a title of 400 characters sends it whole (S3-018)', async () => {
    const title = 'Très long titre '.repeat(25).trim();
    await setText(BOARD.id, { name: title });
    expect((await describedAs(BOARD.id, BOARD.sku))?.Title).toBe(title);
  });

  it('of a NUL and other control characters in a description (S3-019) sends the text around them', async () => {
    const description = '<p>Avant\u0000après, \u0001deux\u000blignes\u001f &#0; et la suite.\ufffe</p>';
    await setText(BOARD.id, { description });
    const said = (await describedAs(BOARD.id, BOARD.sku))?.Description ?? '';
    expect(said.replaceAll(/\s+/g, ' ')).toMatch(/^Avant ?après, ?deux ?lignes .*et la suite\.$/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(said).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe]/);
  });

  it(`of a product with ${COMBINATIONS} combinations loses none, in documents that are valid`, async () => {
    await listed.send([DESK.id]);
    await listed.settle();
    await addCombinations(listed, DESK.id);
    const before = listed.amazon.feeds.length;
    const run = await send(listed.shop, { products: [DESK.id] }, false);
    expect(run.totals).toMatchObject({ products: 1, items: COMBINATIONS });
    await listed.settle();
    // Those with stock become buyable only once their price is accepted.
    await send(listed.shop, {}, false);
    await listed.settle();
    const feeds = listed.amazon.feeds.slice(before);
    expect(feeds.map((feed) => feed.messageType)).toEqual(['Price', 'Inventory', 'Inventory']);
    for (const feed of feeds) expect(await faultsOf(feed)).toEqual([]);
    const skusOf = (messageType: string) =>
      feeds.filter((feed) => feed.messageType === messageType).flatMap((feed) => feed.messages.map(({ sku }) => sku));
    expect(new Set(skusOf('Price')).size).toBe(COMBINATIONS);
    // Each once; the SKU that the product itself had is nobody's now and is brought to 0.
    expect(skusOf('Inventory')).toHaveLength(COMBINATIONS + 1);
    expect(new Set(skusOf('Inventory')).size).toBe(COMBINATIONS + 1);
    expect(await listed.rows()).toEqual([]);
    expect(await listed.partOf('DESK-02-C9999', 'quantity')).toMatchObject({ state: 'accepted', acceptedValue: '1' });
    expect(await listed.partOf(DESK.sku, 'quantity')).toMatchObject({ state: 'accepted', acceptedValue: '0' });
  }, 120_000);
});

/** Gives a product combinations as the back office would: each a row like one that is there, in three tables. */
async function addCombinations({ office }: ListedShop, productId: number): Promise<void> {
  const first = 100_000;
  const ids = Array.from({ length: COMBINATIONS }, (_, index) => first + index);
  await office.db.transaction(async (transaction) => {
    const repeat = async (table: string, like: object, own: (id: number) => object) => {
      const template = await transaction(table).where(like).whereNot({ id_product_attribute: 0 }).first();
      const rows = ids.map((id) => ({ ...template, id_product: productId, id_product_attribute: id, ...own(id) }));
      for (let start = 0; start < rows.length; start += 250)
        await transaction(table).insert(rows.slice(start, start + 250));
    };
    await repeat('ps_product_attribute', { id_product: 4 }, (id) => ({
      ean13: '',
      reference: `DESK-02-C${id - first}`,
    }));
    await repeat('ps_product_attribute_shop', { id_product: 4, id_shop: 1 }, () => ({ default_on: null }));
    const stock = (id: number) => ({ id_stock_available: id, quantity: id % 7 });
    await repeat('ps_stock_available', { id_product: 4, id_shop: 1 }, stock);
  });
}
