import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  BadRequest,
  CallAborted,
  Forbidden,
  NoAnswer,
  NotFound,
  QuotaExceeded,
  TooLarge,
  Unavailable,
  UnexpectedAnswer,
  Unreachable,
} from '../../../src/amazon/amazon-errors.js';
import { isRetryable } from '../../../src/core/errors.js';
import { AmazonServer, type Reaction, refusal } from './amazon-server.js';
import { failureOf, openTestAccount, SECRETS, type TestAccount } from './test-account.js';

const FEEDS = '/feeds/2021-06-30/feeds';
const CREATE = `POST ${FEEDS}`;
const FEED = `GET ${FEEDS}/1`;
const NEW_FEED = { feedType: 'POST_PRODUCT_DATA', marketplaceIds: ['A13V1IB3VIYZZH'], inputFeedDocumentId: 'doc-1' };
const OK_FEED: Reaction = {
  status: 200,
  body: { feedId: '1', feedType: 'X', createdTime: '2026-11-21T10:00:00Z', processingStatus: 'DONE' },
};
const QUOTA: Reaction = {
  status: 429,
  body: refusal('QuotaExceeded', 'You exceeded your quota for the requested resource.'),
};

describe('a call that fails', () => {
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

  const getFeed = () => test.account.feeds.getFeed('1');
  const createFeed = () => test.account.feeds.createFeed(NEW_FEED);

  it('with 429 is made again after the quota’s interval, doubled each time', async () => {
    server.on(FEED, QUOTA, QUOTA, OK_FEED);
    await getFeed();
    // getFeed: 2 per second; between the tries the emptied bucket has filled up again.
    expect(test.time.pausesMs).toEqual([500, 1000]);
    expect(test.log.lines.filter((line) => line.level === 'warn')).toMatchObject([
      { message: 'Amazon call is repeated', fields: { operation: 'getFeed', tries: 1, code: 'AMAZON_QUOTA_EXCEEDED' } },
      { message: 'Amazon call is repeated', fields: { operation: 'getFeed', tries: 2, delayMs: 1000 } },
    ]);
  });

  it('with 429 makes later calls of the operation wait too: the quota is not where we thought', async () => {
    server.on(FEED, QUOTA, OK_FEED);
    await getFeed();
    await getFeed();
    expect(test.time.pausesMs).toEqual([500, 500]);
  });

  it('with 429 eight times is given up, to be tried later', async () => {
    server.on(FEED, QUOTA);
    const failure = await failureOf(getFeed());
    expect(failure).toBeInstanceOf(QuotaExceeded);
    expect(failure.message).toContain('You exceeded your quota');
    expect(isRetryable(failure)).toBe(true);
    expect(server.received(FEED)).toHaveLength(8);
  });

  it('with 429 or 503 on createFeed is made again: Amazon has refused it', async () => {
    server.on(
      CREATE,
      QUOTA,
      { status: 503, body: '<html>Service Unavailable</html>' },
      { status: 202, body: { feedId: '77' } },
    );
    expect(await createFeed()).toEqual({ feedId: '77', requestId: 'request-1' });
    expect(server.received(CREATE)).toHaveLength(3);
  });

  it.each([500, 502, 503, 504])('with %i on a read is made again', async (status) => {
    server.on(FEED, { status, body: 'gateway trouble' }, OK_FEED);
    expect((await getFeed()).processingStatus).toBe('DONE');
  });

  it('with 503 for ever ends as Unavailable', async () => {
    server.on(FEED, { status: 503, body: '' });
    expect(await failureOf(getFeed())).toBeInstanceOf(Unavailable);
  });

  const inDoubt: readonly (readonly [string, Reaction])[] = [
    ['a cut connection', { breakOff: 'before-answer' }],
    ['an answer that broke off', { breakOff: 'within-body' }],
    ['HTTP 500', { status: 500, body: refusal('InternalFailure', 'x') }],
    ['HTTP 502', { status: 502, body: '<html>Bad gateway</html>' }],
    ['HTTP 504', { status: 504, body: '' }],
    ['an HTML page', { status: 202, body: '<html>Welcome</html>' }],
    ['cut JSON', { status: 202, body: '{"feedId":"12' }],
    ['no feed id', { status: 202, body: {} }],
  ];
  it.each(inDoubt)('with %s on createFeed is NoAnswer and never repeated', async (_name, reaction) => {
    server.on(CREATE, reaction);
    const failure = await failureOf(createFeed());
    expect(failure).toBeInstanceOf(NoAnswer);
    expect(failure.message).toContain('may or may not have taken effect');
    expect(isRetryable(failure)).toBe(false);
    expect(server.received(CREATE)).toHaveLength(1);
  });

  it('by a timeout on createFeed is NoAnswer and never repeated', async () => {
    await test.account.close();
    test = openTestAccount(server.url, { timeoutMs: 250 });
    server.on(CREATE, { silent: true });
    const failure = await failureOf(createFeed());
    expect(failure).toBeInstanceOf(NoAnswer);
    expect(failure.message).toContain('no whole answer in time');
    expect(server.received(CREATE)).toHaveLength(1);
  });

  it('ended by its caller within createFeed is NoAnswer too', async () => {
    server.on(CREATE, { silent: true });
    const caller = new AbortController();
    const failure = failureOf(test.account.feeds.createFeed(NEW_FEED, { signal: caller.signal }));
    await expect.poll(() => server.received(CREATE).length, { timeout: 10_000 }).toBe(1);
    caller.abort();
    expect(await failure).toBeInstanceOf(NoAnswer);
  });

  it('ended before it was sent is CallAborted, and nothing is sent', async () => {
    const failure = await failureOf(test.account.feeds.createFeed(NEW_FEED, { signal: AbortSignal.abort() }));
    expect(failure).toBeInstanceOf(CallAborted);
    expect(server.requests).toHaveLength(0);
  });

  it('by a refused connection certainly had no effect, on createFeed as well', async () => {
    const elsewhere = openTestAccount(`http://127.0.0.1:${await closedPort()}`, { tokenServerUrl: server.url });
    const failure = await failureOf(elsewhere.account.feeds.createFeed(NEW_FEED));
    expect(failure).toBeInstanceOf(Unreachable);
    expect(failure.message).toContain('to createFeed, got a refused connection (ECONNREFUSED)');
    expect(elsewhere.time.pausesMs).toEqual([1000, 2000, 4000]);
    await elsewhere.account.close();
  });

  it('by cut connections on a read is made again, four times at most', async () => {
    server.on(FEED, { breakOff: 'before-answer' });
    expect(await failureOf(getFeed())).toBeInstanceOf(Unreachable);
    expect(server.received(FEED)).toHaveLength(4);
    server.on(FEED, { breakOff: 'within-body' }, OK_FEED);
    expect((await getFeed()).feedId).toBe('1');
  });

  it.each([
    [400, 'InvalidInput', BadRequest],
    [403, 'Unauthorized', Forbidden],
    [404, 'NotFound', NotFound],
    [413, 'RequestTooLarge', TooLarge],
    [415, 'UnsupportedMediaType', BadRequest],
  ])('with HTTP %i carries Amazon’s code, text and request id, and is final', async (status, code, expected) => {
    server.on(FEED, {
      status,
      body: refusal(code, 'Words of Amazon.', 'More words.'),
      headers: { 'x-amzn-RequestId': 'id-4711' },
    });
    const failure = await failureOf(getFeed());
    expect(failure).toBeInstanceOf(expected);
    expect(failure).toMatchObject({
      retryable: false,
      details: {
        operation: 'getFeed',
        status,
        amazonCode: code,
        amazonMessage: 'Words of Amazon. (More words.)',
        requestId: 'id-4711',
      },
    });
    expect(failure.message).toContain('id-4711');
    expect(server.received(FEED)).toHaveLength(1);
  });

  it('says of 403 that a role is missing or the region is wrong', async () => {
    server.on(FEED, { status: 403, body: refusal('Unauthorized', 'Access to requested resource is denied.') });
    expect((await failureOf(getFeed())).message).toMatch(/lacks the role.*another region/);
  });

  it.each([
    ['<html><body>Hotel network</body></html>', 'an HTML or XML page of 39 characters'],
    ['{"feedId":"1","feedTy', 'text that is not whole JSON of 21 characters'],
    ['', 'an empty answer'],
    ['{"feedId":"1"}', 'JSON that does not fit ("feedType"'],
    ['{"feedId":"1","feedType":"X","createdTime":"yesterday","processingStatus":"DONE"}', '("createdTime"'],
    [
      '{"feedId":"1","feedType":"X","createdTime":"2026-11-21T10:00:00Z","processingStatus":"LOST"}',
      '("processingStatus"',
    ],
  ])('with the answer %j on a read names what came', async (body, received) => {
    server.on(FEED, { status: 200, body });
    const failure = await failureOf(getFeed());
    expect(failure).toBeInstanceOf(UnexpectedAnswer);
    expect(failure.message).toContain(received);
    expect(failure.message).toContain('request-1');
    expect(server.received(FEED)).toHaveLength(1);
  });

  it('with a redirect is not followed, so that no token goes along', async () => {
    server.on(FEED, { status: 302, headers: { location: `${server.url}/elsewhere` } });
    const failure = await failureOf(getFeed());
    expect(failure).toBeInstanceOf(UnexpectedAnswer);
    expect(server.received('GET /elsewhere')).toHaveLength(0);
  });

  it('is ended by close(), as is every later one', async () => {
    server.on(FEED, { silent: true });
    const failure = failureOf(getFeed());
    await expect.poll(() => server.received(FEED).length, { timeout: 10_000 }).toBe(1);
    await test.account.close();
    expect(await failure).toBeInstanceOf(CallAborted);
    expect(await failureOf(getFeed())).toBeInstanceOf(CallAborted);
    expect(server.received(FEED)).toHaveLength(1);
  });

  it('shows no secret, even where Amazon echoes them', async () => {
    const echo = `token Atza|one secret ${SECRETS.clientSecret} refresh ${SECRETS.refreshToken}`;
    const reactions: readonly Reaction[] = [
      { status: 400, body: refusal(`Bad ${SECRETS.clientSecret}`, echo, echo) },
      { status: 403, body: refusal('Unauthorized', echo) },
      { status: 202, body: echo },
      { breakOff: 'before-answer' },
      { breakOff: 'within-body' },
      { status: 503, body: refusal('ServiceUnavailable', echo) },
    ];
    const shown: string[] = [];
    for (const reaction of reactions) {
      server.on(CREATE, reaction);
      server.on(FEED, reaction);
      for (const call of [createFeed, getFeed]) shown.push(everythingOf(await failureOf(call())));
    }
    server.on('POST /auth/o2/token', { status: 400, body: { error: 'invalid_grant', error_description: echo } });
    test.time.advance(3_600_000);
    shown.push(everythingOf(await failureOf(getFeed())));
    shown.push(JSON.stringify(test.log.lines));
    expect(shown).toHaveLength(reactions.length * 2 + 2);
    for (const text of shown) {
      expect(text).not.toMatch(/Atza/);
      expect(text).not.toContain(SECRETS.clientSecret);
      expect(text).not.toContain(SECRETS.refreshToken);
    }
  });
});

/** All that any logger, page or support bundle could make of an error. */
function everythingOf(error: Error): string {
  const own = Object.getOwnPropertyNames(error).map((name) => String(Reflect.get(error, name)));
  return [
    error.stack,
    error.message,
    JSON.stringify(error),
    inspect(error, { depth: null, showHidden: true }),
    ...own,
  ].join('\n');
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
