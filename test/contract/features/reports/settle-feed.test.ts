import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { envelopeEnd, envelopeStart, writeMessage } from '../../../../feeds/xml/envelope.js';
import { priceMessage } from '../../../../feeds/xml/price.js';
import type { ProcessingReport, ReportResult } from '../../../../feeds/xml/processing-report.js';
import { Journal } from '../../../../src/features/journal/journal.js';
import { type Handover, ListingService } from '../../../../src/features/listings/listing-service.js';
import type { Part } from '../../../../src/features/offers/offer-settings.js';
import { partMask } from '../../../../src/features/queue/queue-row.js';
import { QueueService } from '../../../../src/features/queue/queue-service.js';
import { Archive } from '../../../../src/features/reports/archive.js';
import type { FeedKind } from '../../../../src/features/reports/feed.js';
import { FeedIssueStore } from '../../../../src/features/reports/feed-issue-store.js';
import { FeedStore } from '../../../../src/features/reports/feed-store.js';
import { FeedSettlement } from '../../../../src/features/reports/settle-feed.js';
import { HandClock } from '../../../support/hand-clock.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const ACCOUNT = 5;
const FR = 11;
const RUN = 3;
const PARTS: readonly Part[] = ['price', 'quantity'];
const NEEDED = partMask(PARTS);
const TYPES = {
  offer: ['Product', 'POST_PRODUCT_DATA'],
  price: ['Price', 'POST_PRODUCT_PRICING_DATA'],
  quantity: ['Inventory', 'POST_INVENTORY_AVAILABILITY_DATA'],
} as const satisfies Record<FeedKind, readonly [string, string]>;

const result = (messageId: number, code: string, sku: string | null): ReportResult => ({
  messageId,
  severity: 'error',
  code,
  description: 'Example',
  sku,
});

describeEachDatabase('A settled feed', (_name, open) => {
  let database: TestDatabase;
  let clock: HandClock;
  let folder = '';
  let archive: Archive;
  let queue: QueueService;
  let listings: ListingService;
  let feeds: FeedStore;
  let journal: Journal;
  let settlement: FeedSettlement;
  beforeAll(async () => {
    database = await open();
    folder = await mkdtemp(join(tmpdir(), 'feedbridge-settle-'));
    archive = new Archive(folder);
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    const { db } = database;
    for (const table of ['queue', 'pool_listing', 'listing', 'part', 'history', 'feed', 'feed_issue', 'journal'])
      await db(table).delete();
    clock = new HandClock();
    queue = new QueueService(db, clock);
    listings = new ListingService(db);
    feeds = new FeedStore(db);
    journal = new Journal(db, clock);
    settlement = makeSettlement(queue);
  });

  const ofOneShop = () => Promise.resolve(new Map([[FR, 1]]));
  const makeSettlement = (ofQueue: QueueService, ofJournal = journal, shops = ofOneShop) =>
    new FeedSettlement({
      db: database.db,
      clock,
      archive,
      listings,
      queue: ofQueue,
      journal: ofJournal,
      neededParts: () => Promise.resolve(new Map([[FR, NEEDED]])),
      shops,
    });
  /** Products 1, 2, 3 … carry the SKUs S1, S2, S3 …; all are claimed by the run and compared. */
  const claimed = async (productIds: readonly number[], waiting: [number, number][] = []) => {
    await queue.mark({ shopId: 1, productIds, marketplaceIds: [FR], action: 'update' }, 'sweep');
    const rows = await queue.claim({ runId: RUN, marketplaceIds: [FR], parts: NEEDED, maxProducts: 99 });
    await queue.recordPlan(rows, { parts: PARTS, waitingByProduct: new Map(waiting) });
    return rows;
  };
  const send = async (kind: 'price' | 'quantity', productIds: readonly number[]) => {
    const [messageType, feedType] = TYPES[kind];
    const documentPath = await archive.reserve('documents', `${kind}-${productIds.join('-')}.xml.gz`, clock.nowMs());
    const messages = productIds.map((id) => priceMessage({ sku: `S${id}`, currency: 'EUR', standardPrice: '9.90' }));
    const text = messages.map((message, index) => writeMessage(index + 1, message)).join('');
    await archive.write(documentPath, envelopeStart({ merchantId: 'A2', messageType: 'Price' }) + text + envelopeEnd());
    const feedId = await feeds.insertIntent(
      {
        ...{ runId: RUN, accountId: ACCOUNT, marketplaceId: FR, kind, messageType, feedType, format: 'xml' },
        messages: productIds.length,
        documentBytes: 1,
        documentPath,
      },
      clock.nowMs(),
    );
    const handovers = productIds.map(
      (productId): Handover => ({
        ...{ sku: `S${productId}`, shopId: 1, productId, combinationId: 0, revision: 1 },
        marketplaceId: kind === 'quantity' ? 0 : FR,
        part: kind,
        value: kind === 'quantity' ? '5' : '9.90|EUR',
      }),
    );
    await listings.handOver(handovers, { feedId, accountId: ACCOUNT, runId: RUN, atMs: clock.nowMs() });
    return feedId;
  };
  const feed = async (feedId: number) => {
    const found = await feeds.find(feedId);
    if (found === null) throw new Error(`no feed ${feedId}`);
    return found;
  };
  const settle = async (feedId: number, results: readonly ReportResult[] = [], by = settlement) => {
    const sent = await feed(feedId);
    const withError = new Set(results.map((one) => one.messageId)).size;
    const summary = { processed: sent.messages, successful: sent.messages - withError, withError, withWarning: 0 };
    const report = { whole: true, transactionId: '1', statusCode: 'Complete', summary, results } as ProcessingReport;
    return by.settle(sent, { status: 'done', report, resultPath: 'results/r.xml.gz' });
  };
  const waiting = async () =>
    (await queue.list({ marketplaceIds: [FR], afterId: 0, limit: 99 })).map((row) => row.productId);
  const row = async (productId: number) =>
    (await queue.list({ marketplaceIds: [FR], afterId: 0, limit: 99 })).find((one) => one.productId === productId);
  const state = async (sku: string, part: 'price' | 'quantity' = 'price') => {
    const [memory] = await listings.ofSkus(ACCOUNT, [sku]);
    return (part === 'quantity' ? memory?.quantity : memory?.marketplaces.get(FR)?.parts[part])?.state;
  };

  it('ends each SKU by what Amazon says of it, and lets go of the rows that are done', async () => {
    await claimed([1, 2, 3]);
    const feedId = await send('price', [1, 2, 3]);
    expect(await settle(feedId, [result(2, '8541', 'S2')])).toEqual({ accepted: 2, rejected: 1, unknown: 0 });
    expect([await state('S1'), await state('S2'), await state('S3')]).toEqual(['accepted', 'rejected', 'accepted']);
    expect(await waiting()).toEqual([]);
    expect(await feed(feedId)).toMatchObject({
      ...{ status: 'done', accepted: 2, errors: 1, unknown: 0, warnings: 0, fault: null },
      ...{ resultPath: 'results/r.xml.gz', settledAtMs: clock.nowMs() },
    });
    expect(await new FeedIssueStore(database.db).groups(feedId)).toMatchObject([{ code: '8541', count: 1 }]);
    expect(await journal.list({ limit: 9 })).toMatchObject([{ code: 'feed-settled', level: 'warning', runId: RUN }]);
  });

  it('lets a row go only when the last part of its product has settled', async () => {
    await claimed([1]);
    const price = await send('price', [1]);
    const quantity = await send('quantity', [1]);
    await settle(price);
    expect(await row(1)).toMatchObject({ claimedRunId: RUN });
    await settle(quantity);
    expect(await waiting()).toEqual([]);
  });

  it('lets the row of a shop wait for the next try, also where its listing remembers another shop of the account', async () => {
    await claimed([1]);
    const feedId = await send('price', [1]);
    await database.db('pool_listing').update({ shop_id: 2 });
    const both = () =>
      Promise.resolve(
        new Map([
          [FR, 1],
          [FR + 1, 2],
        ]),
      );
    await makeSettlement(queue, journal, both).settle(await feed(feedId), {
      status: 'cancelled',
      report: null,
      resultPath: null,
    });
    expect(await row(1)).toMatchObject({ claimedRunId: null, notBeforeMs: clock.nowMs() + 60_000 });
  });

  it('lets a row go when both feeds of its product settle at once', async () => {
    const products = [1, 2, 3, 4, 5];
    await claimed(products);
    const price = await send('price', products);
    const quantity = await send('quantity', products);
    await Promise.all([settle(price), settle(quantity)]);
    expect(await waiting()).toEqual([]);
  });

  it('gives back a row of whose product something must still be sent', async () => {
    await claimed([1], [[1, 1]]);
    await settle(await send('price', [1]));
    expect(await row(1)).toMatchObject({ claimedRunId: null, comparedParts: 0 });
  });

  it('keeps a mark made while the feed was at Amazon', async () => {
    await claimed([1, 2]);
    const feedId = await send('price', [1, 2]);
    await queue.mark({ shopId: 1, productIds: [1], marketplaceIds: [FR], action: 'update' }, 'api');
    await settle(feedId);
    expect(await waiting()).toEqual([1]);
    expect(await row(1)).toMatchObject({ claimedRunId: null, comparedParts: 0, notBeforeMs: 0 });
  });

  it('is settled once, however many read its report', async () => {
    await claimed([1]);
    const feedId = await send('price', [1]);
    const results = await Promise.all([settle(feedId), settle(feedId), settle(feedId)]);
    expect(results.filter((one) => one !== null)).toEqual([{ accepted: 1, rejected: 0, unknown: 0 }]);
    expect(await listings.history(ACCOUNT, 'S1', 9)).toMatchObject([{ event: 'accepted' }, { event: 'submitted' }]);
    expect(await journal.list({ limit: 9 })).toHaveLength(1);
  });

  it('changes everything together or nothing', async () => {
    await claimed([1]);
    const feedId = await send('price', [1]);
    class BrokenQueue extends QueueService {
      override on(): QueueService {
        return this;
      }
      override end(): Promise<number> {
        return Promise.reject(new Error('the queue cannot be written'));
      }
    }
    const broken = makeSettlement(new BrokenQueue(database.db, clock));
    await expect(settle(feedId, [result(1, '8541', 'S1')], broken)).rejects.toThrow('the queue cannot be written');
    expect(await state('S1')).toBe('open');
    expect(await feed(feedId)).toMatchObject({ status: 'intent', settledAtMs: null });
    expect(await new FeedIssueStore(database.db).groups(feedId)).toEqual([]);
    expect(await journal.list({ limit: 9 })).toEqual([]);
    class BrokenJournal extends Journal {
      override write(): Promise<void> {
        return Promise.reject(new Error('the journal cannot be written'));
      }
    }
    const mute = makeSettlement(queue, new BrokenJournal(database.db, clock));
    await expect(settle(feedId, [], mute)).rejects.toThrow('the journal cannot be written');
    expect(await feed(feedId)).toMatchObject({ status: 'intent', settledAtMs: null });
    expect(await settle(feedId)).toEqual({ accepted: 1, rejected: 0, unknown: 0 });
  });

  it('sends what failed for a passing reason again after 1, 5, 15 and 60 minutes, and gives up after six tries', async () => {
    await claimed([1, 2]);
    const minutes: number[] = [];
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      await settle(await send('price', [1]), [result(1, '5002', 'S1')]);
      const notBeforeMs = (await row(1))?.notBeforeMs ?? 0;
      if (attempt === 6) break;
      expect(await state('S1')).toBe('unknown');
      minutes.push((notBeforeMs - clock.nowMs()) / 60_000);
      clock.advance(notBeforeMs - clock.nowMs());
      const rows = await queue.claim({ runId: RUN, marketplaceIds: [FR], parts: NEEDED, maxProducts: 99 });
      await queue.recordPlan(rows, { parts: PARTS, waitingByProduct: new Map() });
    }
    expect(minutes).toEqual([1, 5, 15, 60, 60]);
    expect(await state('S1')).toBe('rejected');
    expect(await waiting()).toEqual([2]);
    const [gaveUp] = await journal.list({ code: 'gave-up', limit: 9 });
    expect(gaveUp).toMatchObject({ level: 'error', sku: 'S1', productId: 1 });
    expect(gaveUp?.message).toContain('6 times');
  });

  it('does not say that it gave up what Amazon clearly refused at its last try', async () => {
    await claimed([1]);
    for (let attempt = 1; attempt <= 6; attempt += 1)
      await settle(await send('price', [1]), [result(1, attempt < 6 ? '5002' : '8541', 'S1')]);
    expect(await state('S1')).toBe('rejected');
    expect(await journal.list({ code: 'gave-up', limit: 9 })).toEqual([]);
  });

  it('puts off the products that failed, no others', async () => {
    await claimed([1, 2]);
    await settle(await send('price', [1, 2]), [result(1, '5002', 'S1')]);
    expect(await waiting()).toEqual([1]);
    expect(await row(1)).toMatchObject({ claimedRunId: null, tries: 1 });
  });

  it('takes nothing as accepted when Amazon says nothing it can be held to', async () => {
    await claimed([1, 2]);
    const sent = await feed(await send('price', [1, 2]));
    await settlement.settle(sent, { status: 'fatal', report: null, resultPath: null });
    expect([await state('S1'), await state('S2')]).toEqual(['unknown', 'unknown']);
    expect(await waiting()).toEqual([1, 2]);
    expect(await feed(sent.id)).toMatchObject({ status: 'fatal', unknown: 2, fault: expect.stringContaining('FATAL') });
    expect(await journal.list({ limit: 9 })).toMatchObject([{ level: 'error' }]);
  });

  const groups = async () =>
    Promise.all(
      ['S1', 'S2'].map(async (sku) => (await listings.ofSkus(ACCOUNT, [sku]))[0]?.marketplaces.get(FR)?.parts.price),
    ).then((parts) => parts.map((part) => part && [part.state, part.suspectGroup, part.tries]));
  const endFatal = async (feedId: number, results: readonly ReportResult[] = []) => {
    const summary = { processed: 0, successful: 0, withError: 0, withWarning: 0 };
    const report = { whole: true, transactionId: '1', statusCode: 'Complete', summary, results } as ProcessingReport;
    await settlement.settle(await feed(feedId), { status: 'fatal', report, resultPath: null });
  };

  it('with FATAL that names a message rejects that one, and suspects no other', async () => {
    await claimed([1, 2]);
    await endFatal(await send('price', [1, 2]), [result(2, '8541', 'S2')]);
    expect(await groups()).toEqual([
      ['unknown', null, 1],
      ['rejected', null, 0],
    ]);
  });

  it('with FATAL and a reason for the whole feed only suspects all of it, which counts as no try', async () => {
    await claimed([1, 2]);
    const feedId = await send('price', [1, 2]);
    await endFatal(feedId, [result(0, '5000', null)]);
    expect(await groups()).toEqual([
      ['unknown', feedId * 2, 0],
      ['unknown', feedId * 2, 0],
    ]);
    expect((await row(1))?.notBeforeMs).toBe(clock.nowMs() + 60_000);
  });

  it('that nobody can prove to be ours suspects nobody by its FATAL', async () => {
    await claimed([1, 2]);
    const feedId = await send('price', [1, 2]);
    await feeds.submitted(feedId, '700', { nowMs: 1, nextPollAtMs: 1, isAdopted: true });
    await endFatal(feedId);
    expect(await groups()).toEqual([
      ['unknown', null, 1],
      ['unknown', null, 1],
    ]);
  });

  it('of suspects keeps them together when it never was, and no longer once it ends otherwise', async () => {
    await claimed([1, 2]);
    const first = await send('price', [1, 2]);
    await endFatal(first);
    const lost = await send('price', [1, 2]);
    await settlement.giveBack(await feed(lost), { fault: 'It never was.', delayMs: 0 });
    expect((await groups()).map((one) => one?.[1])).toEqual([first * 2, first * 2]);
    const cancelled = await send('price', [1, 2]);
    await settlement.settle(await feed(cancelled), { status: 'cancelled', report: null, resultPath: null });
    expect(await groups()).toEqual([
      ['unknown', null, 1],
      ['unknown', null, 1],
    ]);
  });

  it('leaves alone what Amazon does not know, and knows that it is not there', async () => {
    await claimed([1]);
    await settle(await send('price', [1]), [result(1, '13013', 'S1')]);
    expect((await listings.ofSkus(ACCOUNT, ['S1']))[0]?.marketplaces.get(FR)?.atAmazon).toBe(false);
    expect(await waiting()).toEqual([]);
  });

  it('finds the SKU of a result that names none in the document that was sent', async () => {
    await claimed([1, 2]);
    await settle(await send('price', [1, 2]), [result(2, '8541', null)]);
    expect([await state('S1'), await state('S2')]).toEqual(['accepted', 'rejected']);
  });

  it('sends everything again when that document is no longer there', async () => {
    await claimed([1, 2]);
    const sent = await feed(await send('price', [1, 2]));
    await archive.remove(sent.documentPath);
    expect(await settle(sent.id, [result(2, '8541', null)])).toEqual({ accepted: 0, rejected: 0, unknown: 2 });
    expect(await waiting()).toEqual([1, 2]);
  });
});
