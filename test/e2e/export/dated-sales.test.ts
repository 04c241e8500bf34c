import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentsOf, faultsOf, type ReadDocument } from '../../support/export-documents.js';
import { addSeller, display, type ExportProgram, openExportProgram } from '../../support/export-program.js';
import { HandClock } from '../../support/hand-clock.js';
import {
  loadPrestashopDump,
  type PrestashopDatabase,
  whyNoPrestashopDatabase,
} from '../../support/prestashop-database.js';
import { addSpecificPrices, type SpecificPriceColumns } from '../../support/prestashop-dated-prices.js';
import { type DatabaseName, describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

interface SaleCase {
  readonly name: string;
  readonly sku: string;
  readonly rows: readonly SpecificPriceColumns[];
  readonly says: readonly { at: string; standard: string; sale: Readonly<Record<string, string>> | null }[];
}

const { cases } = JSON.parse(readFileSync('test/fixtures/export/dated-sales.json', 'utf8')) as { cases: SaleCase[] };
const instants = [...new Set(cases.flatMap((one) => one.says.map(({ at }) => at)))].toSorted();
const reason = whyNoPrestashopDatabase();

describe.skipIf(reason !== null)(`dated sales of a real PrestaShop shop (${reason ?? 'its dump'})`, () => {
  let dump: PrestashopDatabase;
  beforeAll(async () => {
    dump = await loadPrestashopDump('prestashop-8.2.1');
    for (const { sku, rows } of cases) await addSpecificPrices(dump.knex, Number(sku.split('-')[0]), rows);
  });
  afterAll(() => dump?.drop());

  describeEachDatabase('in Price messages', (_name: DatabaseName, open) => {
    const documents = new Map<string, ReadDocument>();
    let database: TestDatabase;
    let shown: ExportProgram;
    beforeAll(async () => {
      database = await open();
      const clock = new HandClock(instants[0]);
      shown = await openExportProgram({ databaseUrl: database.url, shopUrl: dump.url, clock });
      const { account } = await addSeller(shown);
      const scope = { kind: 'account', accountId: account.id } as const;
      await shown.program.settings.set('sku-source', 'ids', scope, { actor: 'test' });
      for (const at of instants) {
        clock.advance(Date.parse(at) - clock.nowMs());
        const [document] = await documentsOf(shown.program, await display(shown, { all: true, pricesOnly: true }));
        if (document) documents.set(at, document);
      }
    });
    afterAll(async () => {
      await shown?.close();
      await database?.drop();
    });

    it.each(cases.map((one) => [one.name, one] as const))('%s', (__, { sku, says }) => {
      const said = says.map(({ at }) => {
        const body = documents.get(at)?.messages.find((message) => message.sku === sku)?.body ?? {};
        const { StandardPrice, Sale } = body as Record<string, Record<string, unknown> | undefined>;
        const { SalePrice, ...dates } = Sale ?? {};
        return {
          at,
          standard: amountOf(StandardPrice),
          sale: Sale ? { ...dates, SalePrice: amountOf(SalePrice) } : null,
        };
      });
      expect(said).toEqual(says);
    });

    it('are valid at every instant', async () => {
      expect(documents.size).toBe(instants.length);
      for (const document of documents.values()) expect(await faultsOf(document)).toEqual([]);
    });
  });
});

function amountOf(element: unknown): string {
  const { '#text': amount, '@currency': currency } = element as Record<string, string>;
  expect(currency).toBe('EUR');
  return amount ?? '';
}
