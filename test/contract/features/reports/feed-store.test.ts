import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { isUniqueViolation } from '../../../../src/db/db-errors.js';
import { Archive } from '../../../../src/features/reports/archive.js';
import type { FeedIntent, FeedIssue } from '../../../../src/features/reports/feed.js';
import { FeedIssueStore } from '../../../../src/features/reports/feed-issue-store.js';
import { FeedService } from '../../../../src/features/reports/feed-service.js';
import { FeedStore } from '../../../../src/features/reports/feed-store.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const intent = (changes: Partial<FeedIntent> = {}): FeedIntent => ({
  runId: 3,
  accountId: 5,
  marketplaceId: 11,
  kind: 'price',
  messageType: 'Price',
  feedType: 'POST_PRODUCT_PRICING_DATA',
  format: 'xml',
  messages: 4,
  documentBytes: 900,
  documentPath: 'documents/x.xml.gz',
  ...changes,
});
const issue = (changes: Partial<FeedIssue> = {}): FeedIssue => ({
  messageId: 1,
  sku: 'MUG',
  severity: 'error',
  code: '8541',
  description: 'Conflict',
  ...changes,
});

describeEachDatabase('A feed', (_name, open) => {
  let database: TestDatabase;
  let store: FeedStore;
  let said: FeedIssueStore;
  let service: FeedService;
  beforeAll(async () => {
    database = await open();
    store = new FeedStore(database.db);
    said = new FeedIssueStore(database.db);
    service = new FeedService(database.db, new Archive('/nowhere'));
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    for (const table of ['feed', 'feed_issue']) await database.db(table).delete();
  });
  const submit = (feedId: number, nextPollAtMs = 2_000) =>
    store.submitted(feedId, `AMZ${feedId}`, { nowMs: 1_500, nextPollAtMs });

  it('begins as an intent, written before anything is sent', async () => {
    const id = await store.insertIntent(intent(), 1_000);
    expect(await store.find(id)).toEqual({
      ...intent(),
      id,
      status: 'intent',
      amazonFeedId: null,
      resultPath: null,
      accepted: null,
      warnings: null,
      errors: null,
      unknown: null,
      fault: null,
      polls: 0,
      createdAtMs: 1_000,
      askedAtMs: null,
      unansweredAtMs: null,
      isAdopted: false,
      removedAtMs: null,
      suspectGroup: null,
      submittedAtMs: null,
      endedAtMs: null,
      settledAtMs: null,
    });
    expect(await store.find(id + 1)).toBeNull();
  });

  it('is the only open one of its kind on its marketplace', async () => {
    await store.insertIntent(intent(), 1_000);
    await expect(store.insertIntent(intent({ runId: 4 }), 1_000)).rejects.toSatisfy(isUniqueViolation);
    await store.insertIntent(intent({ kind: 'offer' }), 1_000);
    await store.insertIntent(intent({ marketplaceId: 12 }), 1_000);
    expect(await store.open(5)).toHaveLength(3);
    expect(await store.open(6)).toEqual([]);
  });

  it('of many that are written at once is the only one', async () => {
    const tries = Array.from({ length: 6 }, (_, index) => store.insertIntent(intent({ runId: index }), 1_000));
    const results = await Promise.allSettled(tries);
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await store.open(5)).toHaveLength(1);
  });

  it('makes room for the next of its kind when it is closed, whatever its end', async () => {
    for (const status of ['done', 'cancelled', 'fatal', 'failed'] as const) {
      const id = await store.insertIntent(intent(), 1_000);
      expect(await store.close(id, { status, nowMs: 3_000 })).toBe(true);
    }
    expect(await store.open(5)).toEqual([]);
  });

  it('can be closed once: the second who read its report is told so and changes nothing', async () => {
    const id = await store.insertIntent(intent(), 1_000);
    await submit(id);
    expect(await store.close(id, { status: 'done', nowMs: 3_000, accepted: 4, errors: 0, unknown: 0 })).toBe(true);
    expect(await store.close(id, { status: 'fatal', nowMs: 9_000, fault: 'late' })).toBe(false);
    expect(await store.find(id)).toMatchObject({ status: 'done', accepted: 4, settledAtMs: 3_000, fault: null });
  });

  it('is due when its time has come, the longest waiting first, until it is closed', async () => {
    const ids: number[] = [];
    for (const kind of ['offer', 'price', 'quantity'] as const)
      ids.push(await store.insertIntent(intent({ kind }), 1_000));
    const [offer = 0, price = 0, quantity = 0] = ids;
    await submit(offer, 3_000);
    await submit(price, 2_000);
    expect((await store.due(1_999, 10)).map((feed) => feed.id)).toEqual([]);
    expect((await store.due(3_000, 10)).map((feed) => feed.id)).toEqual([price, offer]);
    expect((await store.due(3_000, 1)).map((feed) => feed.id)).toEqual([price]);
    await store.polled(price, 'in-progress', 9_000);
    expect(await store.find(price)).toMatchObject({ status: 'in-progress', polls: 1 });
    await store.close(offer, { status: 'done', nowMs: 4_000 });
    expect((await store.due(10_000, 10)).map((feed) => feed.id)).toEqual([price]);
    expect(await store.find(quantity)).toMatchObject({ status: 'intent' });
  });

  it('is listed newest first, by run, marketplace and status, page by page', async () => {
    const ids: number[] = [];
    for (const [runId, kind] of [
      [1, 'offer'],
      [1, 'price'],
      [2, 'quantity'],
    ] as const)
      ids.push(await store.insertIntent(intent({ runId, kind }), 1_000));
    const listed = async (filter: Parameters<FeedStore['list']>[0]) =>
      (await store.list(filter)).map((feed) => feed.id);
    expect(await listed({ limit: 9 })).toEqual(ids.toReversed());
    expect(await listed({ limit: 1, beforeId: ids[2] ?? 0 })).toEqual([ids[1]]);
    expect(await listed({ limit: 9, runId: 1 })).toEqual([ids[1], ids[0]]);
    expect(await listed({ limit: 9, marketplaceId: 99 })).toEqual([]);
    await store.close(ids[0] ?? 0, { status: 'fatal', nowMs: 1 });
    expect(await listed({ limit: 9, status: 'fatal' })).toEqual([ids[0]]);
  });

  it('keeps what Amazon said, grouped by cause, the most frequent first', async () => {
    const id = await store.insertIntent(intent(), 1_000);
    await said.insert(id, [
      issue({ messageId: 0, sku: null, code: '5000', severity: 'warning', description: 'Skipped' }),
      issue({ messageId: 1 }),
      issue({ messageId: 2, sku: 'CUP', description: 'Another' }),
      issue({ messageId: 3, sku: 'CUP', code: '13013', description: 'Unknown' }),
    ]);
    expect(await said.groups(id)).toEqual([
      { severity: 'error', code: '8541', count: 2, example: 'Another' },
      { severity: 'error', code: '13013', count: 1, example: 'Unknown' },
      { severity: 'warning', code: '5000', count: 1, example: 'Skipped' },
    ]);
    expect((await service.causes(id))[0]?.explanation?.actor).toBe('you, in the shop');
    expect((await said.ofSku([id], 'CUP')).map((one) => one.code)).toEqual(['8541', '13013']);
    expect(await said.ofSku([], 'CUP')).toEqual([]);
    const first = await said.ofFeed(id, { afterId: 0, limit: 3 });
    const second = await said.ofFeed(id, { afterId: first.at(-1)?.id ?? 0, limit: 3 });
    expect([...first, ...second].map((one) => one.messageId)).toEqual([0, 1, 2, 3]);
    expect(first[0]).toMatchObject({ sku: null, severity: 'warning' });
  });

  it('keeps issues whatever their length and number', async () => {
    const id = await store.insertIntent(intent(), 1_000);
    const odd = issue({ sku: 'S'.repeat(60), code: '9'.repeat(60), description: `${'d'.repeat(70_000)} 😀` });
    await said.insert(id, [odd, ...Array.from({ length: 1_100 }, () => issue())]);
    const [kept] = await said.ofFeed(id, { afterId: 0, limit: 1 });
    expect(kept).toMatchObject({ sku: 'S'.repeat(40), code: '9'.repeat(20), description: odd.description });
    expect((await said.groups(id))[0]).toMatchObject({ count: 1_100 });
  });

  it('adds up with the others of its run', async () => {
    const price = await store.insertIntent(intent(), 1_000);
    await store.insertIntent(intent({ kind: 'quantity' }), 1_000);
    await store.close(price, { status: 'done', nowMs: 1, accepted: 2, errors: 1, unknown: 1 });
    await store.insertIntent(intent({ runId: 4, kind: 'offer' }), 1_000);
    expect(await service.resultsOfRuns([3, 4, 99])).toEqual(
      new Map([
        [3, { accepted: 2, rejected: 1, unknown: 1 }],
        [4, { accepted: 0, rejected: 0, unknown: 0 }],
      ]),
    );
    expect(await service.resultsOfRuns([])).toEqual(new Map());
  });

  it('that is none is named', async () => {
    await expect(service.find(4_711)).rejects.toMatchObject({
      code: 'FEED_UNKNOWN',
      message: expect.stringContaining('4711'),
    });
  });
});
