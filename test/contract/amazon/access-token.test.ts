import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  AuthorizationLost,
  ClientRefused,
  TokenRefused,
  Unavailable,
  UnexpectedAnswer,
  Unreachable,
} from '../../../src/amazon/amazon-errors.js';
import { isRetryable } from '../../../src/core/errors.js';
import { AmazonServer, refusal, tokenBody } from './amazon-server.js';
import { failureOf, openTestAccount, SECRETS, type TestAccount } from './test-account.js';

const TOKEN = 'POST /auth/o2/token';
const FEED = 'GET /feeds/2021-06-30/feeds/1';
const FEED_BODY = {
  feedId: '1',
  feedType: 'JSON_LISTINGS_FEED',
  createdTime: '2026-11-21T10:00:00Z',
  processingStatus: 'IN_QUEUE',
};

describe('the access token', () => {
  let server: AmazonServer;
  let test: TestAccount;

  beforeEach(async () => {
    server = await new AmazonServer().open();
    server.on(FEED, { status: 200, body: FEED_BODY });
    test = openTestAccount(server.url);
  });
  afterEach(async () => {
    await test.account.close();
    await server.close();
  });

  const getFeed = () => test.account.feeds.getFeed('1');
  const tokensUsed = () => server.received(FEED).map((request) => request.headers['x-amz-access-token']);

  it('is asked for with the refresh token, as a form', async () => {
    await getFeed();
    const [request] = server.received(TOKEN);
    expect(request?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded;charset=utf-8$/i);
    expect(Object.fromEntries(new URLSearchParams(request?.body.toString()))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: SECRETS.refreshToken,
      client_id: SECRETS.clientId,
      client_secret: SECRETS.clientSecret,
    });
  });

  it('is asked for once by twenty calls at the same time', async () => {
    await Promise.all(Array.from({ length: 20 }, getFeed));
    expect(server.received(TOKEN)).toHaveLength(1);
    expect(tokensUsed()).toEqual(Array.from({ length: 20 }, () => 'Atza|one'));
  });

  it('is kept until a minute before it ends', async () => {
    server.on(TOKEN, { status: 200, body: tokenBody('Atza|one') }, { status: 200, body: tokenBody('Atza|two') });
    await getFeed();
    test.time.advance(3_539_999);
    await getFeed();
    test.time.advance(1);
    await getFeed();
    expect(tokensUsed()).toEqual(['Atza|one', 'Atza|one', 'Atza|two']);
  });

  it.each([
    [403, 'The access token you provided has expired.'],
    [403, 'The access token you provided is revoked, malformed or invalid.'],
    [401, 'The access token you provided has expired.'],
  ])('is fetched anew after HTTP %i "%s", and the call is made once more', async (status, details) => {
    server.on(TOKEN, { status: 200, body: tokenBody('Atza|one') }, { status: 200, body: tokenBody('Atza|two') });
    const stale = { status, body: refusal('Unauthorized', 'Access to requested resource is denied.', details) };
    server.on(FEED, stale, { status: 200, body: FEED_BODY });
    expect((await getFeed()).feedId).toBe('1');
    expect(tokensUsed()).toEqual(['Atza|one', 'Atza|two']);
  });

  it('is fetched anew once only: a second refusal is final', async () => {
    const stale = refusal('Unauthorized', 'Access to requested resource is denied.', 'The access token has expired.');
    server.on(FEED, { status: 403, body: stale });
    const failure = await failureOf(getFeed());
    expect(failure).toMatchObject({ code: 'AMAZON_FORBIDDEN', details: { requestId: 'request-1' } });
    expect(server.received(FEED)).toHaveLength(2);
    expect(server.received(TOKEN)).toHaveLength(2);
  });

  it('lost by invalid_grant says to authorize again, and is not tried again', async () => {
    const error_description = 'The request has an invalid grant parameter : refresh_token.';
    server.on(TOKEN, { status: 400, body: { error: 'invalid_grant', error_description } });
    const failure = await failureOf(getFeed());
    expect(failure).toBeInstanceOf(AuthorizationLost);
    expect(failure.message).toMatch(/Authorize the account again/);
    expect(isRetryable(failure)).toBe(false);
    expect(server.received(TOKEN)).toHaveLength(1);
    expect(server.received(FEED)).toHaveLength(0);
  });

  it('refused by invalid_client is an error of its own', async () => {
    server.on(TOKEN, {
      status: 401,
      body: { error: 'invalid_client', error_description: 'Client authentication failed' },
    });
    const failure = await failureOf(getFeed());
    expect(failure).toBeInstanceOf(ClientRefused);
    expect(isRetryable(failure)).toBe(false);
  });

  it.each([
    [{ status: 400, body: { error: 'unauthorized_client' } }, 'unauthorized_client (HTTP 400)'],
    [{ status: 404, body: '<html>no such page</html>' }, 'HTTP 404'],
    [{ status: 302, headers: { location: 'http://127.0.0.1:9/' } }, 'HTTP 302'],
  ])('refused otherwise names the reason', async (reaction, reason) => {
    server.on(TOKEN, reaction);
    const failure = await failureOf(getFeed());
    expect(failure).toBeInstanceOf(TokenRefused);
    expect(failure.message).toContain(reason);
    expect(server.requests).toHaveLength(1);
  });

  it('is asked for again after a server error and a cut connection', async () => {
    server.on(
      TOKEN,
      { status: 500, body: { error: 'server_error' } },
      { breakOff: 'before-answer' },
      { status: 200, body: tokenBody('Atza|one') },
    );
    await getFeed();
    expect(test.time.pausesMs).toEqual([1000, 2000]);
  });

  it.each([
    [{ status: 503, body: '' }, Unavailable],
    [{ breakOff: 'within-body' } as const, Unreachable],
  ])('that does not come leaves a retryable error after four tries', async (reaction, expected) => {
    server.on(TOKEN, reaction);
    const failure = await failureOf(getFeed());
    expect(failure).toBeInstanceOf(expected);
    expect(isRetryable(failure)).toBe(true);
    expect(server.received(TOKEN)).toHaveLength(4);
  });

  it.each(['<html>Sign in to the network</html>', '{"access_token":"Atza|o', '{"expires_in":3600}', ''])(
    'is not taken from the answer %j',
    async (body) => {
      server.on(TOKEN, { status: 200, body });
      const failure = await failureOf(getFeed());
      expect(failure).toBeInstanceOf(UnexpectedAnswer);
      expect(failure.message).not.toContain('Atza');
    },
  );
});
