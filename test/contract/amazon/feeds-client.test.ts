import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AmazonServer } from './amazon-server.js';
import { openTestAccount, type TestAccount } from './test-account.js';

const FEEDS = '/feeds/2021-06-30/feeds';

let server: AmazonServer;
let test: TestAccount;

beforeEach(async () => {
  server = await new AmazonServer().open();
  test = openTestAccount(server.url);
});
afterEach(async () => {
  await test.account.close();
  await server.close();
});

describe('feeds', () => {
  it('turn into plain values, with null for what is not there yet', async () => {
    const createdTime = '2026-11-21T11:00:00+01:00';
    server.on(`GET ${FEEDS}/a%2Fb`, {
      status: 200,
      body: { feedId: 'a/b', feedType: 'T', createdTime, processingStatus: 'IN_QUEUE', somethingNew: 1 },
    });
    expect(await test.account.feeds.getFeed('a/b')).toEqual({
      feedId: 'a/b',
      feedType: 'T',
      marketplaceIds: [],
      createdTime: '2026-11-21T10:00:00.000Z',
      processingStatus: 'IN_QUEUE',
      processingStartTime: null,
      processingEndTime: null,
      resultFeedDocumentId: null,
    });
  });

  it('are listed over all pages, the token alone asking for the next', async () => {
    const feed = (feedId: string) => ({
      feedId,
      feedType: 'T',
      createdTime: '2026-11-21T10:00:00Z',
      processingStatus: 'DONE',
    });
    server.on(
      `GET ${FEEDS}`,
      { status: 200, body: { feeds: [feed('1'), feed('2')], nextToken: 'to&ken=' } },
      { status: 200, body: { feeds: [feed('3')], nextToken: '' } },
    );
    const feeds = await test.account.feeds.getFeeds({
      feedTypes: ['T', 'U'],
      marketplaceIds: ['A13V1IB3VIYZZH'],
      createdSince: '2026-11-21T09:00:00Z',
    });
    expect(feeds.map((each) => each.feedId)).toEqual(['1', '2', '3']);
    const queries = server.received(`GET ${FEEDS}`).map((request) => new URL(request.url, server.url).searchParams);
    expect(queries.map((query) => Object.fromEntries(query))).toEqual([
      { feedTypes: 'T,U', marketplaceIds: 'A13V1IB3VIYZZH', createdSince: '2026-11-21T09:00:00Z', pageSize: '100' },
      { nextToken: 'to&ken=' },
    ]);
  });

  it('are listed without end only once when Amazon repeats its token', async () => {
    server.on(`GET ${FEEDS}`, { status: 200, body: { feeds: [], nextToken: 'again' } });
    expect(await test.account.feeds.getFeeds({ feedTypes: ['T'] })).toEqual([]);
    expect(server.received(`GET ${FEEDS}`)).toHaveLength(2);
  });

  it('beyond the burst wait for the quota, and go on at the rate that Amazon grants', async () => {
    const body = { feedId: '5' };
    server.on(`POST ${FEEDS}`, { status: 202, body });
    const feed = { feedType: 'POST_PRODUCT_DATA', marketplaceIds: ['M'], inputFeedDocumentId: 'doc-1' };
    for (let sent = 0; sent < 16; sent += 1) await test.account.feeds.createFeed(feed);
    expect(test.time.pausesMs).toEqual([Math.ceil(1000 / 0.0083)]);
    server.on(`POST ${FEEDS}`, { status: 202, body, headers: { 'x-amzn-RateLimit-Limit': '10' } });
    await test.account.feeds.createFeed(feed);
    await test.account.feeds.createFeed(feed);
    expect(test.time.pausesMs).toEqual([120_482, 120_482, 100]);
  });

  it('of JSON listings have a quota of their own: five, then one a minute', async () => {
    server.on(`POST ${FEEDS}`, { status: 202, body: { feedId: '5' } });
    const feed = { feedType: 'JSON_LISTINGS_FEED', marketplaceIds: ['M'], inputFeedDocumentId: 'doc-1' };
    for (let sent = 0; sent < 6; sent += 1) await test.account.feeds.createFeed(feed);
    expect(test.time.pausesMs).toEqual([60_000]);
    await test.account.feeds.createFeed({ ...feed, feedType: 'POST_PRODUCT_DATA' });
    expect(test.time.pausesMs).toEqual([60_000]);
  });

  it('carry the token, our user agent and JSON', async () => {
    server.on(`POST ${FEEDS}`, { status: 202, body: { feedId: '5' } });
    const feed = { feedType: 'T', marketplaceIds: ['M'], inputFeedDocumentId: 'doc-1', feedOptions: { a: 'b' } };
    await test.account.feeds.createFeed(feed);
    const [request] = server.received(`POST ${FEEDS}`);
    expect(request?.headers).toMatchObject({
      'x-amz-access-token': 'Atza|one',
      'user-agent': 'Feedbridge/test (Language=JavaScript; Platform=Node)',
      'content-type': 'application/json',
    });
    expect(JSON.parse(String(request?.body))).toEqual(feed);
  });
});

describe('opening an account', () => {
  it.each(['amazon', 'ftp://sellingpartnerapi-eu.amazon.com', ''])('refuses the address %j', (address) => {
    expect(() => openTestAccount(address)).toThrow(/Expected an address .* as base URL/);
  });
});
