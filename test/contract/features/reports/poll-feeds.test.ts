import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AmazonAccount, AmazonFeeds, ProcessingStatus } from '../../../../src/amazon/amazon-account.js';
import { NotFound } from '../../../../src/amazon/amazon-errors.js';
import { AnswerArchive } from '../../../../src/features/reports/answer-archive.js';
import { Archive } from '../../../../src/features/reports/archive.js';
import type { FeedKind } from '../../../../src/features/reports/feed.js';
import { FeedFiles } from '../../../../src/features/reports/feed-files.js';
import { FeedStore } from '../../../../src/features/reports/feed-store.js';
import type { FeedEnd } from '../../../../src/features/reports/judge-report.js';
import { FeedPoller } from '../../../../src/features/reports/poll-feeds.js';
import type { FeedSettlement } from '../../../../src/features/reports/settle-feed.js';
import { HandClock } from '../../../support/hand-clock.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const REPORT =
  '<?xml version="1.0"?><AmazonEnvelope><Message><MessageID>1</MessageID><ProcessingReport>' +
  '<DocumentTransactionID>1</DocumentTransactionID><StatusCode>Complete</StatusCode></ProcessingReport></Message></AmazonEnvelope>';

describeEachDatabase('Asking for feeds', (_name, open) => {
  let database: TestDatabase;
  let folder = '';
  let clock: HandClock;
  let feeds: FeedStore;
  let poller: FeedPoller;
  let simulator = false;
  /** What Amazon says of each of its feeds; an Error is thrown. */
  let told: Map<string, { status: ProcessingStatus; documentId?: string } | Error>;
  let asked: string[];
  let settled: { id: number; end: FeedEnd }[];
  /** Feeds that Amazon has thrown away. */
  let forgotten: Set<string>;
  let givenBack: [number, string][];
  /** Whether the disk is nearly full. */
  let isLow: boolean;
  beforeAll(async () => {
    database = await open();
    folder = await mkdtemp(join(tmpdir(), 'feedbridge-poll-'));
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await database.db('feed').delete();
    clock = new HandClock();
    feeds = new FeedStore(database.db);
    simulator = false;
    told = new Map();
    asked = [];
    settled = [];
    forgotten = new Set();
    givenBack = [];
    isLow = false;
    const settlement = {
      settle: async (feed: { id: number }, end: FeedEnd) => {
        settled.push({ id: feed.id, end });
        await feeds.close(feed.id, { status: end.status, nowMs: clock.nowMs() });
        return null;
      },
      giveBack: async (feed: { id: number }, { fault }: { fault: string }) => {
        givenBack.push([feed.id, fault]);
        await feeds.close(feed.id, { status: 'failed', fault, nowMs: clock.nowMs() });
      },
    } as unknown as FeedSettlement;
    const access = () =>
      Promise.resolve({
        amazon: { feeds: amazonFeeds } as AmazonAccount,
        simulator,
        amazonMarketplaceId: 'A13V1IB3VIYZZH',
      });
    const archive = new Archive(folder);
    const files = new FeedFiles(database.db, { clock, archive });
    const disk = { isLow: async () => isLow };
    const answers = new AnswerArchive({ clock, archive, files, disk });
    poller = new FeedPoller({ clock, answers, feeds, settlement, access });
  });

  const notFound = (operation: string) =>
    new NotFound({ operation, status: 404, amazonCode: null, amazonMessage: null, requestId: null });
  const amazonFeeds = {
    getFeed: (feedId: string) => {
      asked.push(feedId);
      if (forgotten.has(feedId)) return Promise.reject(notFound('getFeed'));
      const answer = told.get(feedId) ?? { status: 'IN_QUEUE' };
      if (answer instanceof Error) return Promise.reject(answer);
      return Promise.resolve({ processingStatus: answer.status, resultFeedDocumentId: answer.documentId ?? null });
    },
    readDocument: (documentId: string) => {
      if (documentId === 'forgotten') return Promise.reject(notFound('getFeedDocument'));
      return documentId === 'gone' ? Promise.reject(new Error('the document is gone')) : Promise.resolve(REPORT);
    },
  } as unknown as AmazonFeeds;
  const submitted = async (kind: FeedKind = 'price') => {
    const intent = { runId: 1, accountId: 5, marketplaceId: 11, kind, messageType: 'Price', feedType: 'X' } as const;
    const document = { format: 'xml', messages: 1, documentBytes: 1, documentPath: 'd' } as const;
    const id = await feeds.insertIntent({ ...intent, ...document }, clock.nowMs());
    const nextPollAtMs = clock.nowMs() + FeedPoller.firstDelayMs(simulator);
    await feeds.submitted(id, `AMZ${id}`, { nowMs: clock.nowMs(), nextPollAtMs });
    return id;
  };
  /** Moves to each moment at which something is due, and tells the seconds since the moment before. */
  const waits = async (times: number) => {
    const seconds: number[] = [];
    for (let time = 0; time < times; time += 1) {
      const row = await database.db('feed').min({ at: 'next_poll_at_ms' }).first();
      const waitMs = Number(row?.at) - clock.nowMs();
      seconds.push(waitMs / 1_000);
      clock.advance(waitMs - 1);
      expect(await poller.pollDue()).toEqual({ asked: 0, settled: 0 });
      clock.advance(1);
      expect(await poller.pollDue()).toEqual({ asked: 1, settled: 0 });
    }
    return seconds;
  };

  it('is patient with Amazon: after 30 seconds, then 1, 2 and 5 minutes, then every 5', async () => {
    await submitted();
    expect(await waits(6)).toEqual([30, 60, 120, 300, 300, 300]);
  });

  it('is quick with the simulator', async () => {
    simulator = true;
    await submitted();
    expect(await waits(3)).toEqual([0.5, 0.5, 0.5]);
  });

  it('keeps what Amazon says of the feed’s state', async () => {
    const id = await submitted();
    told.set(`AMZ${id}`, { status: 'IN_PROGRESS' });
    clock.advance(30_000);
    await poller.pollDue();
    expect(await feeds.find(id)).toMatchObject({ status: 'in-progress', polls: 1 });
  });

  it.each([
    ['DONE', 'done'],
    ['FATAL', 'fatal'],
    ['CANCELLED', 'cancelled'],
  ] as const)('archives the report of a feed that ended %s and settles by it', async (processingStatus, status) => {
    const id = await submitted();
    told.set(`AMZ${id}`, { status: processingStatus, documentId: 'report' });
    clock.advance(30_000);
    expect(await poller.pollDue()).toEqual({ asked: 1, settled: 1 });
    const resultPath = `results/2026/11/21/feed-${id}.xml.gz`;
    expect(settled).toMatchObject([{ id, end: { status, resultPath, report: { whole: true, transactionId: '1' } } }]);
    expect(await new Archive(folder).read(resultPath)).toBe(REPORT);
    expect(await poller.pollDue()).toEqual({ asked: 0, settled: 0 });
  });

  it('settles all the same on a nearly full disk, and keeps neither the report nor the document then', async () => {
    const documentPath = await new Archive(folder).reserve('documents', 'run-1.xml.gz', clock.nowMs());
    await new Archive(folder).write(documentPath, 'sent');
    const id = await submitted();
    await database.db('feed').where({ id }).update({ document_path: documentPath });
    told.set(`AMZ${id}`, { status: 'DONE', documentId: 'report' });
    clock.advance(30_000);
    isLow = true;
    expect(await poller.pollDue()).toEqual({ asked: 1, settled: 1 });
    expect(settled).toMatchObject([{ id, end: { resultPath: null, report: { whole: true } } }]);
    expect(await feeds.find(id)).toMatchObject({ status: 'done', removedAtMs: clock.nowMs() });
    await expect(new Archive(folder).open(documentPath)).rejects.toThrow('found none');
  });

  it('settles a feed whose report Amazon has thrown away by its state alone', async () => {
    const id = await submitted();
    told.set(`AMZ${id}`, { status: 'DONE', documentId: 'forgotten' });
    clock.advance(30_000);
    await poller.pollDue();
    expect(settled).toEqual([{ id, end: { status: 'done', report: null, resultPath: null } }]);
  });

  it('gives back what a feed carried that Amazon no longer knows', async () => {
    const id = await submitted();
    forgotten.add(`AMZ${id}`);
    clock.advance(30_000);
    expect(await poller.pollDue()).toEqual({ asked: 1, settled: 1 });
    expect(givenBack).toEqual([[id, expect.stringContaining('no longer knows')]]);
  });

  it('settles a feed that ended without a report by its state alone', async () => {
    const id = await submitted();
    told.set(`AMZ${id}`, { status: 'FATAL' });
    clock.advance(30_000);
    await poller.pollDue();
    expect(settled).toEqual([{ id, end: { status: 'fatal', report: null, resultPath: null } }]);
  });

  it('asks for every other feed when one fails, then tells of the failure, and asks for that one again', async () => {
    const [offer, price, quantity] = [await submitted('offer'), await submitted('price'), await submitted('quantity')];
    told.set(`AMZ${offer}`, new Error('Amazon is not there'));
    told.set(`AMZ${price}`, { status: 'DONE', documentId: 'gone' });
    told.set(`AMZ${quantity}`, { status: 'DONE', documentId: 'report' });
    clock.advance(30_000);
    await expect(poller.pollDue()).rejects.toThrow('Amazon is not there');
    expect(settled.map((one) => one.id)).toEqual([quantity]);
    told.set(`AMZ${offer}`, { status: 'DONE', documentId: 'report' });
    await expect(poller.pollDue()).rejects.toThrow('the document is gone');
    expect(settled.map((one) => one.id)).toEqual([quantity, offer]);
  });

  it('stops between two feeds when it is told to', async () => {
    await submitted('offer');
    await submitted('price');
    clock.advance(30_000);
    expect(await poller.pollDue({ signal: AbortSignal.abort() })).toEqual({ asked: 0, settled: 0 });
    expect(asked).toEqual([]);
  });
});
