import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../../src/features/export/run/run.js';
import type { RunLogLine } from '../../../src/features/export/run/run-log-line.js';
import { documentsOf, faultsOf, messagesOf, type ReadMessage, readFeedXml } from '../../support/export-documents.js';
import { addSeller, display, type ExportProgram, openExportProgram } from '../../support/export-program.js';
import { readShopItems, type ShopItem } from '../../support/export-shop-items.js';
import {
  loadPrestashopDump,
  type PrestashopDatabase,
  whyNoPrestashopDatabase,
} from '../../support/prestashop-database.js';
import { readOraclePrices } from '../../support/prestashop-prices.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const reason = whyNoPrestashopDatabase();

describe.skipIf(reason !== null)(`the export of a real PrestaShop 8.2.1 shop (${reason ?? 'its dump'})`, () => {
  let dump: PrestashopDatabase;
  let items: readonly ShopItem[];
  beforeAll(async () => {
    dump = await loadPrestashopDump('prestashop-8.2.1');
    items = await readShopItems(dump.knex);
  });
  afterAll(() => dump?.drop());

  it('has the items that plain SQL is expected to find', () => {
    const stops = new Map<string, number>();
    for (const { stop } of items) stops.set(stop, (stops.get(stop) ?? 0) + 1);
    expect(items).toHaveLength(48);
    expect(Object.fromEntries(stops)).toEqual({
      ...{ draft: 1, inactive: 1, 'not for order': 1, virtual: 1, 'only in lots': 5 },
      none: 39,
    });
    expect(items.filter(isCreatable)).toHaveLength(28);
  });

  describeEachDatabase('with its own tables', (_, open) => {
    let database: TestDatabase;
    let shown: ExportProgram;
    let accountId: number;
    beforeAll(async () => {
      database = await open();
      shown = await openExportProgram({ databaseUrl: database.url, shopUrl: dump.url });
      accountId = (await addSeller(shown)).account.id;
    });
    afterAll(async () => {
      await shown?.close();
      await database?.drop();
    });

    const useSkuSource = (source: string) =>
      shown.program.settings.set('sku-source', source, { kind: 'account', accountId }, { actor: 'test' });
    const messages = (run: Run, messageType: string) => messagesOf(shown.program, run, messageType);

    it('by ids writes one quantity and one price, named by its SKU (S3-015), for each of the 39 items without a stop (S3-013)', async () => {
      await useSkuSource('ids');
      const run = await display(shown, { all: true, marketplace: 'FR' });
      const sound = items.filter((item) => item.stop === 'none').map((item) => item.ids);
      const documents = await documentsOf(shown.program, run);
      expect(documents.map((one) => [one.messageType, one.messages.map(({ sku }) => sku)])).toEqual([
        ['Price', sound],
        ['Inventory', sound],
      ]);
      for (const { messages: all } of documents)
        expect(all.map(({ messageId }) => messageId)).toEqual(sound.map((__, index) => index + 1));
      expect(await Promise.all(documents.map(faultsOf))).toEqual([[], []]);
      const quantities = await messages(run, 'Inventory');
      for (const { ids, stock } of items.filter((item) => item.stop === 'none'))
        expect([ids, quantities.get(ids)?.body.Quantity]).toEqual([ids, String(Math.max(0, stock))]);
    });

    it('by ids with create writes a Product message for the 28 with a valid code and stock (S3-028)', async () => {
      await useSkuSource('ids');
      const run = await display(shown, { all: true, create: true, marketplace: 'FR' });
      const documents = await documentsOf(shown.program, run);
      expect(documents.map((one) => one.messageType)).toEqual(['Product', 'Price', 'Inventory']);
      expect([...(await messages(run, 'Product')).keys()]).toEqual(items.filter(isCreatable).map((item) => item.ids));
      expect(await Promise.all(documents.map(faultsOf))).toEqual([[], [], []]);
    });

    it("sends exactly the prices that PrestaShop's own engine computed", async () => {
      await useSkuSource('ids');
      const prices = await messages(await display(shown, { all: true, marketplace: 'FR' }), 'Price');
      const computed = readOraclePrices('8.2.1').filter(
        (row) =>
          [row.currency, row.id_country, row.id_group, row.id_customer, row.quantity].join() === 'EUR,8,1,0,1' &&
          prices.has(idsOf(row)),
      );
      expect(computed).toHaveLength(39);
      for (const row of computed) {
        const { amount, currency } = priceToday(prices.get(idsOf(row)), shown.clock.nowMs());
        expect([idsOf(row), amount, currency]).toEqual([idsOf(row), cents(row.ti_final_rounded), 'EUR']);
      }
    });

    it('by reference writes 4 of each and says of each of the other 44 why not', async () => {
      await useSkuSource('reference');
      const run = await display(shown, { all: true, marketplace: 'FR' });
      const documents = await documentsOf(shown.program, run);
      expect(documents.map((one) => [one.messageType, one.messages.length])).toEqual([
        ['Price', 4],
        ['Inventory', 4],
      ]);
      const log = await shown.program.export.log(run.id, { skip: 0, limit: 1_000 });
      const sent = new Set(documents.flatMap((one) => one.messages.map(({ sku }) => sku)));
      const silent = items.filter((item) => !sent.has(item.reference));
      expect(silent).toHaveLength(44);
      const lines = new Map(log.map((line) => [idsOfLine(line), line]));
      for (const item of silent)
        expect([item.ids, refusalsOf(lines.get(item.ids))]).toEqual([
          item.ids,
          expect.stringMatching(REASONS[item.stop]),
        ]);
    });

    it('writes the documents that it displays into a folder, as plain XML', async () => {
      await useSkuSource('ids');
      const run = await display(shown, { all: true, create: true, marketplace: 'FR' });
      const folder = mkdtempSync(join(tmpdir(), 'feedbridge-test-'));
      const files = await shown.program.export.exportDocuments(run, folder);
      expect(readdirSync(folder).toSorted()).toEqual(files.map((file) => file.slice(folder.length + 1)).toSorted());
      const written = files.map((file) => readFeedXml(readFileSync(file, 'utf8')).messages.length);
      rmSync(folder, { recursive: true });
      expect(written).toEqual([28, 39, 39]);
    });
  });
});

function isCreatable({ stop, hasValidCode, stock }: ShopItem): boolean {
  return stop === 'none' && hasValidCode && stock > 0;
}

function idsOf(row: { id_product: string; id_product_attribute: string }): string {
  return row.id_product_attribute === '0' ? row.id_product : `${row.id_product}-${row.id_product_attribute}`;
}

function idsOfLine({ productId, combinationId }: RunLogLine): string {
  return combinationId === 0 ? String(productId) : `${productId}-${combinationId}`;
}

function cents(amount: string): string {
  return Number(amount).toFixed(2);
}

/** What a buyer pays at an instant by a Price message: its sale while that runs, else its standard price. */
function priceToday(message: ReadMessage | undefined, atMs: number): { amount: string; currency: string } {
  const { StandardPrice, Sale } = (message?.body ?? {}) as Record<
    string,
    Record<string, Record<string, string> & string>
  >;
  const runs = Sale && Date.parse(Sale.StartDate ?? '') <= atMs && atMs < Date.parse(Sale.EndDate ?? '');
  const price = runs ? Sale.SalePrice : StandardPrice;
  return { amount: price?.['#text'] ?? '', currency: price?.['@currency'] ?? '' };
}

/** The sentences that keep an item from being sent altogether, each with what to do. */
function refusalsOf(line: RunLogLine | undefined): string {
  const grave = line?.verdicts.filter(({ kind, advice }) => (kind === 'stop' || kind === 'sku') && advice !== '') ?? [];
  return grave.map((verdict) => verdict.sentence).join(' ');
}

const REASONS: Readonly<Record<ShopItem['stop'], RegExp>> = {
  draft: /draft/i,
  inactive: /switched off in the shop/i,
  'not for order': /not available for order/i,
  virtual: /virtual/i,
  'only in lots': /only in lots of \d+/i,
  none: /^The SKU "demo_\d+" is carried by product \d+ combination \d+/,
};
