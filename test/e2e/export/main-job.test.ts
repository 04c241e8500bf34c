import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Account, Marketplace } from '../../../src/features/accounts/account.js';
import type { Run } from '../../../src/features/export/run/run.js';
import type { RunLogLine } from '../../../src/features/export/run/run-log-line.js';
import type { ListingRecord, PartRecord } from '../../../src/features/listings/listing.js';
import type { LogEntry } from '../../../src/simulator/state/log-entry.js';
import { SimulatorClient } from '../../contract/simulator/simulator-client.js';
import { documentsOf, faultsOf, textOf } from '../../support/export-documents.js';
import { type ExportProgram, openExportProgram, send } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

describeEachDatabase('export --all --create --send --wait of the demo shop to the simulator', (_, open) => {
  let database: TestDatabase;
  let shop: ExportProgram;
  let account: Account;
  let marketplaces: readonly Marketplace[];
  let run: Run;
  let lines: readonly RunLogLine[];
  let memories: ReadonlyMap<string, ListingRecord>;
  let simulator: SimulatorClient;
  let listedBefore: ReadonlySet<string>;

  beforeAll(async () => {
    database = await open();
    shop = await openExportProgram({ databaseUrl: database.url });
    ({ account, marketplaces } = await shop.program.setup.setUp('test'));
    await shop.program.sweep.sweep();
    simulator = new SimulatorClient(await shop.program.simulator.url(), account.sellerId);
    listedBefore = new Set((await simulator.listings()).map((listing) => listing.sku));
    run = await send(shop, { all: true, create: true });
    lines = await shop.program.export.log(run.id, { skip: 0, limit: 10_000 });
    const page = await shop.program.listings.page(account.id, 0, 10_000);
    memories = new Map(page.map((memory) => [memory.sku, memory]));
  });
  afterAll(async () => {
    await shop?.close();
    await database?.drop();
  });

  const rows = () =>
    shop.program.queue.list({ marketplaceIds: marketplaces.map((one) => one.id), afterId: 0, limit: 10_000 });

  it('looks at every item, on every marketplace', () => {
    expect(marketplaces.filter((one) => one.active).map((one) => one.country)).toEqual(['DE', 'ES', 'FR', 'IT', 'UK']);
    expect(run.totals.products).toBe(200);
    expect(lines.filter((line) => line.productId !== 0).length).toBeGreaterThanOrEqual(500);
    expect(run.totals.sent).toBeGreaterThan(3_000);
  });

  it('ends with every SKU accepted, or rejected with a reason', async () => {
    for (const { parts, sku } of partsOf(memories))
      expect([sku, parts.state]).toEqual([sku, expect.stringMatching(/^(accepted|rejected|none)$/)]);
    const unexplained: string[] = [];
    for (const { sku, parts } of partsOf(memories)) {
      if (parts.state !== 'rejected') continue;
      const issues = await shop.program.feeds.issuesOfSku([parts.submittedFeedId ?? 0], sku);
      if (!issues.some((issue) => issue.severity === 'error' && issue.description !== '')) unexplained.push(sku);
    }
    expect(unexplained).toEqual([]);
  });

  it('says of every item that was not sent why not', () => {
    const silent = lines.filter(
      (line) => !line.parts.some((part) => part.decision === 'send' || part.decision === 'wait'),
    );
    const unexplained = silent.filter(
      ({ verdicts, parts }) =>
        verdicts.every(({ advice }) => advice === '') && parts.every((part) => part.decision !== 'equal'),
    );
    expect(silent.length).toBeGreaterThan(15);
    expect(unexplained).toEqual([]);
  });

  it('leaves only those values unsent whose offer Amazon does not have', () => {
    for (const [sku, memory] of memories)
      for (const [marketplaceId, listing] of memory.marketplaces)
        if (Object.values(listing.parts).some((part) => part.state === 'none' && part.desiredValue !== null))
          expect([sku, marketplaceId, listing.atAmazon]).not.toEqual([sku, marketplaceId, true]);
  });

  it('holds nothing in the queue that is settled, and nothing is unsettled', async () => {
    expect(await rows()).toEqual([]);
    expect(await shop.program.feeds.open(account.id)).toEqual([]);
  });

  it('shows what Amazon said of each feed, with causes that are explained', async () => {
    const feeds = await shop.program.feeds.list({ runId: run.id, limit: 100 });
    expect(feeds.length).toBeGreaterThanOrEqual(11);
    for (const feed of feeds) {
      expect(feed).toMatchObject({
        status: 'done',
        unknown: 0,
        fault: null,
        accepted: feed.messages - (feed.errors ?? 0),
      });
      const result = await shop.program.feeds.result(feed);
      expect(result && (await textOf(result))).toContain('<StatusCode>Complete</StatusCode>');
    }
    const causes = await Promise.all(feeds.map((feed) => shop.program.feeds.causes(feed.id)));
    const codes = new Map(causes.flat().map((cause) => [cause.code, cause]));
    for (const code of ['8560', '8542', '8026', '5461', '13013']) expect(codes.get(code)?.explanation).not.toBeNull();
    expect(run.totals).toMatchObject({ rejected: sum(feeds, 'errors'), accepted: sum(feeds, 'accepted'), unknown: 0 });
  });

  it('sends documents that are valid', async () => {
    const documents = await documentsOf(shop.program, run);
    expect(documents.length).toBeGreaterThanOrEqual(11);
    // Each check of ours costs 0.2 s: the fullest document of each type is enough beside all that the simulator took.
    for (const messageType of ['Product', 'Price', 'Inventory']) {
      const [fullest] = documents
        .filter((one) => one.messageType === messageType)
        .toSorted((one, other) => other.messages.length - one.messages.length);
      expect([messageType, fullest && (await faultsOf(fullest))]).toEqual([messageType, []]);
    }
  });

  it('creates the offer of a SKU that Amazon knows by its code (S3-030, S3-033) first, then says its price, then its quantity', async () => {
    const log = await wholeLog(simulator);
    const created = log.filter((entry) => entry.kind === 'offer-created');
    expect(created.length).toBeGreaterThan(800);
    const first = new Map<string, number>();
    const last = new Map<string, number>();
    log.forEach(({ kind, sku, marketplaceId }, index) => {
      const key = `${kind} ${sku}`;
      for (const one of [key, `${key} ${marketplaceId}`]) if (!first.has(one)) first.set(one, index);
      last.set(key, index);
    });
    for (const { sku, marketplaceId } of created) {
      const price = first.get(`price ${sku} ${marketplaceId}`) ?? log.length;
      expect([sku, (first.get(`offer-created ${sku} ${marketplaceId}`) ?? 0) < price]).toEqual([sku, true]);
    }
    const fresh = new Set(created.map((entry) => entry.sku).filter((sku) => !listedBefore.has(sku)));
    const stocked = [...fresh].filter((sku) => first.has(`quantity ${sku}`));
    expect(stocked.length).toBeGreaterThan(150);
    const withheld = new Set(
      lines.filter((line) => line.verdicts.some(({ kind }) => kind === 'price')).map((line) => line.sku),
    );
    for (const sku of stocked) {
      const price = last.get(`price ${sku}`) ?? -1;
      expect([sku, price === -1]).toEqual([sku, withheld.has(sku)]);
      expect([sku, price < (first.get(`quantity ${sku}`) ?? -1)]).toEqual([sku, true]);
    }
  });

  it('shows at Amazon what it says was accepted', async () => {
    const listings = new Map((await simulator.listings()).map((listing) => [listing.sku, listing]));
    let compared = 0;
    for (const [sku, { quantity }] of memories) {
      if (quantity?.state !== 'accepted') continue;
      compared += 1;
      expect([sku, listings.get(sku)?.quantity]).toEqual([sku, Number.parseInt(quantity.acceptedValue ?? '', 10)]);
    }
    expect(compared).toBeGreaterThan(300);
  });

  it('sends nothing a second time while nothing changes', async () => {
    const before = (await wholeLog(simulator)).length;
    expect(await shop.program.sweep.sweep()).toMatchObject({ marked: 0, gone: 0 });
    const second = await send(shop);
    expect(second.totals).toMatchObject({ products: 0, sent: 0, feeds: 0 });
    expect((await wholeLog(simulator)).length).toBe(before);
  });
});

function* partsOf(memories: ReadonlyMap<string, ListingRecord>): Generator<{ sku: string; parts: PartRecord }> {
  for (const { sku, quantity, marketplaces } of memories.values()) {
    if (quantity) yield { sku, parts: quantity };
    for (const listing of marketplaces.values()) for (const parts of Object.values(listing.parts)) yield { sku, parts };
  }
}

async function wholeLog(simulator: SimulatorClient): Promise<readonly LogEntry[]> {
  const entries: LogEntry[] = [];
  for (let next: unknown = 0; next !== null; ) {
    const page = await simulator.control('GET', `/log?after=${next}`);
    entries.push(...(page.entries as LogEntry[]));
    next = page.next;
  }
  return entries;
}

function sum<K extends string>(rows: readonly Readonly<Record<K, number | null>>[], key: K): number {
  return rows.reduce((total, row) => total + (row[key] ?? 0), 0);
}
