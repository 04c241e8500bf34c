import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type {
  AmazonAccount,
  AmazonFeeds,
  FeedFilter,
  ProcessingStatus,
} from '../../../../src/amazon/amazon-account.js';
import type { AnswerArchive } from '../../../../src/features/reports/answer-archive.js';
import { FeedStore } from '../../../../src/features/reports/feed-store.js';
import { FIRST_LOOK_MS } from '../../../../src/features/reports/look-up-feed.js';
import { FeedPoller } from '../../../../src/features/reports/poll-feeds.js';
import type { FeedSettlement } from '../../../../src/features/reports/settle-feed.js';
import { HandClock } from '../../../support/hand-clock.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const ACCOUNT = 5;

describeEachDatabase('A feed that Amazon was asked to make without an answer', (_name, open) => {
  let database: TestDatabase;
  let clock: HandClock;
  let feeds: FeedStore;
  let poller: FeedPoller;
  /** Amazon's feeds by number, with their state. */
  let atAmazon: Map<string, ProcessingStatus>;
  let asked: FeedFilter[];
  let givenBack: [number, string][];
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.db('feed').delete();
    clock = new HandClock();
    feeds = new FeedStore(database.db);
    atAmazon = new Map();
    asked = [];
    givenBack = [];
    const settlement = {
      giveBack: async (feed: { id: number }, { fault }: { fault: string }) => {
        givenBack.push([feed.id, fault]);
        await feeds.close(feed.id, { status: 'failed', fault, nowMs: clock.nowMs() });
      },
    } as unknown as FeedSettlement;
    const amazon = { feeds: amazonFeeds } as AmazonAccount;
    const access = () => Promise.resolve({ amazon, simulator: false, amazonMarketplaceId: 'A13V1IB3VIYZZH' });
    const answers = {} as AnswerArchive;
    poller = new FeedPoller({ clock, answers, feeds, settlement, access });
  });

  const amazonFeeds = {
    getFeeds: (filter: FeedFilter) => {
      asked.push(filter);
      return Promise.resolve([...atAmazon].map(([feedId, processingStatus]) => ({ feedId, processingStatus })));
    },
    getFeed: (feedId: string) =>
      Promise.resolve({ processingStatus: atAmazon.get(feedId), resultFeedDocumentId: null }),
  } as unknown as AmazonFeeds;
  const unanswered = async (kind: 'price' | 'offer' = 'price', waitedMs = 0) => {
    const intent = { runId: 1, accountId: ACCOUNT, marketplaceId: 11, kind, messageType: 'Price', feedType: 'PRICES' };
    const document = { format: 'xml', messages: 1, documentBytes: 1, documentPath: 'd' } as const;
    const id = await feeds.insertIntent({ ...intent, ...document }, clock.nowMs());
    await feeds.asked(id, clock.nowMs());
    // Amazon's quota may be waited for before the call is made.
    clock.advance(waitedMs);
    const nowMs = clock.nowMs();
    await feeds.unanswered(id, { doubles: null, nowMs, nextPollAtMs: nowMs + FIRST_LOOK_MS });
    return id;
  };
  const look = async (minutes: number) => {
    clock.advance(minutes * 60_000);
    await poller.pollDue();
  };

  it('is left alone for a minute, then looked for by type and place since it was asked for', async () => {
    await unanswered();
    const askedAt = clock.nowMs();
    await look(0.9);
    expect(asked).toEqual([]);
    await look(0.1);
    const createdSince = new Date(askedAt - 5 * 60_000).toISOString();
    expect(asked).toEqual([{ feedTypes: ['PRICES'], marketplaceIds: ['A13V1IB3VIYZZH'], createdSince }]);
  });

  it('is found, and from then on a feed like any other', async () => {
    const id = await unanswered();
    atAmazon.set('500', 'IN_QUEUE');
    await look(1);
    expect(await feeds.find(id)).toMatchObject({ status: 'submitted', amazonFeedId: '500', isAdopted: true });
    atAmazon.set('500', 'IN_PROGRESS');
    await look(1);
    expect(await feeds.find(id)).toMatchObject({ status: 'in-progress' });
  });

  it('is not taken for another feed of ours', async () => {
    const other = await unanswered('offer');
    await feeds.submitted(other, '499', { nowMs: clock.nowMs(), nextPollAtMs: clock.nowMs() + 3_600_000 });
    const id = await unanswered();
    atAmazon.set('499', 'IN_QUEUE').set('500', 'IN_QUEUE');
    await look(1);
    expect(await feeds.find(id)).toMatchObject({ amazonFeedId: '500' });
  });

  it('keeps its place for ten minutes while Amazon shows none, and gives its values back then', async () => {
    const id = await unanswered();
    for (let minute = 1; minute <= 9; minute += 1) await look(1);
    expect(givenBack).toEqual([]);
    expect(await feeds.find(id)).toMatchObject({ status: 'unanswered' });
    await look(1);
    expect(givenBack).toEqual([[id, expect.stringContaining('shows no such feed')]]);
  });

  it('has its ten minutes also when it was asked for long before', async () => {
    const id = await unanswered('price', 30 * 60_000);
    await look(9);
    expect(givenBack).toEqual([]);
    await look(1);
    expect(givenBack).toEqual([[id, expect.stringContaining('shows no such feed')]]);
  });

  it('may be one of several: none is taken, all are waited for, and they are known as doubles', async () => {
    const id = await unanswered();
    atAmazon.set('500', 'IN_PROGRESS').set('501', 'DONE');
    await look(30);
    expect(await feeds.find(id)).toMatchObject({ status: 'unanswered', amazonFeedId: null });
    expect(await feeds.owned(ACCOUNT, id + 1, ['500', '501', '502'])).toEqual(new Set(['500', '501']));
    atAmazon.set('500', 'FATAL');
    await look(1);
    expect(givenBack).toEqual([[id, expect.stringContaining('several')]]);
  });

  it('stays closed when an answer comes after it was given back, and the number is known as a double', async () => {
    const id = await unanswered();
    await feeds.close(id, { status: 'failed', fault: 'gone', nowMs: clock.nowMs() });
    const times = { nowMs: clock.nowMs(), nextPollAtMs: clock.nowMs() };
    expect(await feeds.submitted(id, '500', times)).toBe(false);
    expect(await feeds.find(id)).toMatchObject({ status: 'failed', amazonFeedId: null });
    expect(await feeds.owned(ACCOUNT, id + 1, ['500'])).toEqual(new Set(['500']));
    await look(60);
    expect(asked).toEqual([]);
  });

  it('is not given back where Amazon cannot be asked', async () => {
    const id = await unanswered();
    const { getFeeds } = amazonFeeds;
    amazonFeeds.getFeeds = () => Promise.reject(new Error('no way to Amazon'));
    await expect(look(60)).rejects.toThrow('no way to Amazon');
    amazonFeeds.getFeeds = getFeeds;
    expect(await feeds.find(id)).toMatchObject({ status: 'unanswered' });
    expect(givenBack).toEqual([]);
  });
});
