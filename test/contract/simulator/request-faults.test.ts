import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { seedSimulator } from '../../../src/simulator/seed-simulator.js';
import { describeEachDatabase } from '../../support/test-databases.js';
import { envelope, FRANCE, inventory, SimulatorBench } from './simulator-bench.js';
import { SimulatorClient, XML_TYPE } from './simulator-client.js';

const FEEDS = '/feeds/2021-06-30/feeds';
const STOCK = 'POST_INVENTORY_AVAILABILITY_DATA';
const XML = envelope('Inventory', [[inventory('LAMP', 1)]]);

describeEachDatabase('Faults of requests to the simulator', (name) => {
  let bench: SimulatorBench;
  let other: SimulatorClient;
  beforeAll(async () => {
    bench = await SimulatorBench.open(name);
    const seed = { marketplaces: [FRANCE], skus: [], nowMs: bench.clock.nowMs() };
    await seedSimulator(bench.database.db, { sellerId: 'SELLER2', ...seed });
  });
  beforeEach(async () => {
    other = new SimulatorClient(bench.client.url, 'SELLER2');
    await bench.client.command();
    await Promise.all([bench.client.logIn(), other.logIn()]);
  });
  afterAll(() => bench.close());

  const list = (client = bench.client) => client.outcome('GET', `${FEEDS}?feedTypes=${STOCK}`);
  const made = async () => (await bench.client.log('?kind=feed-created&sellerId=SELLER1')).length;
  const drawn = async () =>
    (await bench.client.log('?kind=fault-drawn&sellerId=SELLER1')).map(({ what }) => `${what.kind} ${what.operation}`);
  async function createFeed(): Promise<number | 'no answer'> {
    const inputFeedDocumentId = await bench.client.upload(XML);
    const feed = { feedType: STOCK, marketplaceIds: [FRANCE.id], inputFeedDocumentId };
    return bench.client.outcome('POST', FEEDS, feed);
  }
  async function several(times: number, act: () => Promise<unknown>): Promise<readonly unknown[]> {
    const outcomes: unknown[] = [];
    for (let count = 0; count < times; count += 1) outcomes.push(await act());
    return outcomes;
  }

  it.each([
    [429, undefined, 'QuotaExceeded'],
    [429, 7, 'QuotaExceeded'],
    [503, undefined, 'ServiceUnavailable'],
    [503, 0, 'ServiceUnavailable'],
  ] as const)('refuse with %i, Retry-After %s, once and without effect', async (status, retryAfterSeconds, code) => {
    const before = await made();
    await bench.client.command({ kind: 'answer', status, retryAfterSeconds, operations: ['createFeed'] });
    expect(await list()).toBe(200);
    const inputFeedDocumentId = await bench.client.upload(XML);
    const feed = { feedType: STOCK, marketplaceIds: [FRANCE.id], inputFeedDocumentId };
    const refused = await bench.client.call('POST', FEEDS, feed);
    const header = retryAfterSeconds === undefined ? null : String(retryAfterSeconds);
    expect([refused.status, refused.headers.get('retry-after'), refused.body]).toEqual([
      status,
      header,
      { errors: [expect.objectContaining({ code })] },
    ]);
    expect(await made()).toBe(before);
    expect(await bench.client.outcome('POST', FEEDS, feed)).toBe(202);
    expect((await drawn()).at(-1)).toBe('answer createFeed');
  });

  it('cut the connection before a request has its effect', async () => {
    const before = await made();
    await bench.client.command({ kind: 'cut-connection', operations: ['createFeed'] });
    expect([await createFeed(), await made()]).toEqual(['no answer', before]);
    expect([await createFeed(), await made()]).toEqual([202, before + 1]);
  });

  it('lose an answer after the request had its effect', async () => {
    const before = await made();
    await bench.client.command({ kind: 'lost-answer', operations: ['createFeed'] });
    expect([await createFeed(), await made()]).toEqual(['no answer', before + 1]);
    const [newest] = (await bench.client.log('?kind=feed-created&sellerId=SELLER1')).slice(-1);
    expect((await bench.client.feed(String(newest?.feedId))).processingStatus).toBe('IN_QUEUE');
  });

  it('answer late, and hold up nobody else', async () => {
    await bench.client.command({ kind: 'slow-answer', delayMs: 300, operations: ['getFeeds'] });
    const order: string[] = [];
    const slow = list().then((status) => order.push(`slow ${status}`));
    await expect.poll(drawn).toContain('slow-answer getFeeds');
    await list().then((status) => order.push(`quick ${status}`));
    await slow;
    expect(order).toEqual(['quick 200', 'slow 200']);
  });

  it('strike uploads, downloads and logins too', async () => {
    await bench.client.command({ kind: 'cut-connection', operations: ['uploadDocument'] });
    const { body } = await bench.client.call('POST', '/feeds/2021-06-30/documents', { contentType: XML_TYPE });
    const { url, feedDocumentId } = body as { url: string; feedDocumentId: string };
    const put = () => fetch(url, { method: 'PUT', headers: { 'content-type': XML_TYPE }, body: XML });
    await expect(put()).rejects.toThrow();
    expect((await bench.client.call('GET', `/feeds/2021-06-30/documents/${feedDocumentId}`)).status).toBe(404);
    await bench.client.command({ kind: 'answer', status: 503, operations: ['uploadDocument'] });
    const refused = await put();
    expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining('<Code>SlowDown</Code>')]);
    expect((await put()).status).toBe(200);
    await bench.client.command({ kind: 'cut-connection', operations: ['downloadDocument'] });
    await expect(bench.client.download(`/feeds/2021-06-30/documents/${feedDocumentId}`)).rejects.toThrow();
    expect(await bench.client.download(`/feeds/2021-06-30/documents/${feedDocumentId}`)).toBe(XML);
    await bench.client.command({ kind: 'answer', status: 503, operations: ['getAccessToken'] });
    expect([(await bench.client.requestToken()).status, (await bench.client.requestToken()).status]).toEqual([
      503, 200,
    ]);
  });

  it('strike so many times, every so many, and one seller only', async () => {
    await bench.client.command({ kind: 'answer', status: 503, times: 2, sellerId: 'SELLER1' });
    expect([await list(other), ...(await several(3, list))]).toEqual([200, 503, 503, 200]);
    await bench.client.command({ kind: 'answer', status: 429, every: 3 });
    expect(await several(7, list)).toEqual([200, 200, 429, 200, 200, 429, 200]);
    await bench.client.command({ kind: 'answer', status: 429, every: 2, times: 1 });
    expect(await several(4, list)).toEqual([200, 429, 200, 200]);
  });

  it('are drawn by chance in the same course for the same seed', async () => {
    const course = async (seed: string) => {
      await bench.client.command({ kind: 'answer', status: 503, probability: 0.4, seed });
      return several(24, list);
    };
    const first = await course('a');
    expect(await course('a')).toEqual(first);
    expect(await course('b')).not.toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 503]));
  });

  it('outlast a restart, with what they have struck so far', async () => {
    await bench.client.command({ kind: 'answer', status: 503, operations: ['getFeeds'], every: 3, times: 2 });
    expect(await several(4, list)).toEqual([200, 200, 503, 200]);
    await bench.stop();
    await bench.start();
    expect(await several(4, list)).toEqual([200, 503, 200, 200]);
    const { faults } = await bench.client.control('GET', '/faults');
    expect(faults).toEqual([expect.objectContaining({ kind: 'answer', every: 3, times: 2, seen: 6, drawn: 2 })]);
  });
});
