import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseExportOptions } from '../../../src/features/export/export-options.js';
import { acceptAll, processingReport } from '../../support/export-amazon.js';
import { documentsOf } from '../../support/export-documents.js';
import { BOARD, CARD, DESK, LISTED, ListedShop } from '../../support/export-listed-shop.js';
import { dumpFiles, dumpTables } from '../../support/export-snapshots.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

/** What a preview is asked for, and how many messages its documents hold at least. */
const PREVIEWS: readonly { name: string; options: object; messages: number }[] = [
  { name: 'of what waits', options: {}, messages: 1 },
  {
    name: 'of everything, to be created, with all that can go',
    options: { all: true, create: true, extendedData: true, images: true, handlingTime: true },
    messages: 1_000,
  },
  { name: 'of named products', options: { products: [BOARD.id, DESK.id, 1], create: true }, messages: 2 },
  { name: 'of what changed since', options: { since: '2026-11-20T00:00:00Z' }, messages: 1 },
  { name: 'of what waits, erasing', options: { erase: true }, messages: 2 },
  { name: 'of prices only', options: { all: true, pricesOnly: true }, messages: 300 },
];

/** Amazon has it, the shop does not. */
const FORMER = 'FORMER-1';

describeEachDatabase('a preview', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
    listed.amazon.listings = [...listed.amazon.listings, [FORMER, 'B0AAAAAAAB', '1.00', '1', 'DEFAULT', 'Active']];
    await listed.shop.program.sweep.sweep();
    await listed.calmDown();
    await leaveEverythingHalfDone(listed);
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });

  it.each(PREVIEWS.flatMap((one) => (['verify', 'display'] as const).map((mode) => [mode, one.name, one] as const)))(
    '%s %s changes nothing but its own row, log and documents',
    async (mode, __, { options, messages }) => {
      const { program, folder } = listed.shop;
      const before = await everything(listed);
      const filesBefore = dumpFiles(folder);
      const request = { requestedBy: 'test' };
      const run = await program.export.preview(mode, parseExportOptions(options), request);
      expect(await everything(listed)).toEqual(before);
      const filesAfter = dumpFiles(folder);
      expect([...filesBefore].filter(([path, content]) => filesAfter.get(path) !== content)).toEqual([]);
      const added = [...filesAfter.keys()].filter((path) => !filesBefore.has(path));
      expect(added.filter((path) => !new RegExp(`^(logs|documents)/.*/run-${run.id}\\b`).test(path))).toEqual([]);
      const shown = (await documentsOf(program, run)).flatMap((one) => one.messages);
      if (mode === 'verify') expect(shown).toEqual([]);
      else expect(shown.length).toBeGreaterThanOrEqual(messages);
      expect((await program.export.log(run.id, { skip: 0, limit: 1 })).length).toBe(1);
    },
  );
});

/** A price refused, one unknown, one on its way, marks of every kind waiting: so there is much that a careless preview could change. */
async function leaveEverythingHalfDone(listed: ListedShop): Promise<void> {
  const { program } = listed.shop;
  for (const { id } of LISTED) await listed.office.setPrice(id, '77.000000');
  listed.amazon.answer = (feed) =>
    feed.messageType === 'Price' ? { status: 'DONE', report: processingReport(2, REFUSALS) } : acceptAll(feed);
  await listed.send([BOARD.id, DESK.id]);
  await listed.settle();
  await listed.send([CARD.id]);
  const marked = { shopId: 1, productIds: [BOARD.id, CARD.id, 1, 50] };
  for (const action of ['update', 'create'] as const) await program.marks.mark({ ...marked, action }, 'test');
  await program.marks.mark({ ...marked, productIds: [50], action: 'delete', sku: FORMER }, 'test');
  const states = await Promise.all(LISTED.map(async ({ sku }) => (await listed.partOf(sku, 'price'))?.state));
  expect(states).toEqual(['rejected', 'unknown', 'open']);
}

const REFUSALS = [
  { messageId: 1, code: '90205', sku: BOARD.sku },
  { messageId: 2, code: '4000000', sku: DESK.sku },
];

/** All that a preview could change by mistake: our tables, the shop's, and what Amazon was told. */
async function everything({ shop, office, amazon }: ListedShop) {
  const tables = await dumpTables(shop.program.db, ['run', 'run_log']);
  expect(Object.keys(tables).length).toBeGreaterThan(25);
  return { tables, shop: await dumpTables(office.db), feeds: amazon.feeds.length };
}
