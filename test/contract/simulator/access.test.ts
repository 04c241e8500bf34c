import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedSimulator } from '../../../src/simulator/seed-simulator.js';
import { CODES, envelope, FRANCE, product, SimulatorBench } from './simulator-bench.js';
import { SimulatorClient, XML_TYPE } from './simulator-client.js';

describe('Access to the simulator', () => {
  let bench: SimulatorBench;
  beforeAll(async () => {
    bench = await SimulatorBench.open('SQLite');
  });
  afterAll(() => bench.close());

  it('gives a token for the right refresh token, in the form of OAuth', async () => {
    const answer = await bench.client.requestToken();
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      access_token: expect.stringMatching(/^Atza\|/),
      token_type: 'bearer',
      expires_in: 3_600,
    });
  });

  it.each([
    [{ refresh_token: 'Atzr|stolen' }, 400, 'invalid_grant'],
    [{ refresh_token: 'Atzr|simulated-NOBODY' }, 400, 'invalid_grant'],
    [{ client_secret: 'old' }, 401, 'invalid_client'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ])('refuses a token to %j', async (changes, status, error) => {
    const answer = await bench.client.requestToken(changes as Record<string, string>);
    expect([answer.status, (answer.body as { error: string }).error]).toEqual([status, error]);
  });

  it('refuses an expired token and says so, and takes the next one', async () => {
    await bench.client.logIn();
    bench.clock.advance(3_600_000);
    const late = await bench.client.call('GET', '/feeds/2021-06-30/feeds/1');
    expect(late.status).toBe(403);
    expect(late.body).toMatchObject({
      errors: [{ code: 'Unauthorized', details: expect.stringContaining('expired') }],
    });
    await bench.client.logIn();
    expect((await bench.client.call('GET', '/feeds/2021-06-30/feeds/1')).status).toBe(404);
  });

  it('refuses a token that somebody changed', async () => {
    const token = await bench.client.logIn();
    const [head = '', signature = ''] = token.split('.');
    const content = Buffer.from(JSON.stringify(['SELLER1', 9e12])).toString('base64url');
    for (const forged of [`Atza|${content}.${signature}`, `${head}.${'0'.repeat(64)}`, 'Atza|x', 'other']) {
      const headers = { 'x-amz-access-token': forged };
      const answer = await fetch(`${bench.client.url}/feeds/2021-06-30/feeds/1`, { headers });
      expect([answer.status, await answer.json()]).toMatchObject([403, { errors: [{ code: 'Unauthorized' }] }]);
    }
  });

  it('keeps the feeds and documents of two sellers apart', async () => {
    const seed = { marketplaces: [FRANCE], skus: [], nowMs: bench.clock.nowMs() };
    await seedSimulator(bench.database.db, { sellerId: 'SELLER2', ...seed });
    const other = new SimulatorClient(bench.client.url, 'SELLER2');
    await other.logIn();
    const feedId = await bench.client.submit('POST_PRODUCT_DATA', envelope('Product', [[product('A', CODES.one)]]), [
      FRANCE.id,
    ]);
    expect((await other.call('GET', `/feeds/2021-06-30/feeds/${feedId}`)).status).toBe(404);
    const inputFeedDocumentId = await bench.client.upload('<x/>');
    const stolen = { feedType: 'POST_PRODUCT_DATA', marketplaceIds: [FRANCE.id], inputFeedDocumentId };
    expect((await other.call('POST', '/feeds/2021-06-30/feeds', stolen)).status).toBe(400);
  });

  it('takes an upload only with the announced Content-Type, byte for byte', async () => {
    const announced = { contentType: XML_TYPE };
    const { body } = await bench.client.call('POST', '/feeds/2021-06-30/documents', announced);
    const { url } = body as { url: string };
    const put = (type: string) => fetch(url, { method: 'PUT', headers: { 'content-type': type }, body: '<x/>' });
    for (const type of ['text/xml; charset=utf-8', 'text/xml;charset=UTF-8', 'text/xml']) {
      const answer = await put(type);
      expect([answer.status, await answer.text()]).toEqual([
        403,
        expect.stringContaining('<Code>SignatureDoesNotMatch</Code>'),
      ]);
    }
    expect((await put(XML_TYPE)).status).toBe(200);
    bench.clock.advance(300_000);
    const late = await put(XML_TYPE);
    expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
  });

  it('refuses an upload that carries the access token, as S3 does', async () => {
    await bench.client.logIn();
    const { body } = await bench.client.call('POST', '/feeds/2021-06-30/documents', { contentType: XML_TYPE });
    const headers = { 'content-type': XML_TYPE, 'x-amz-access-token': 'Atza|x' };
    const answer = await fetch((body as { url: string }).url, { method: 'PUT', headers, body: '<x/>' });
    expect(answer.status).toBe(403);
  });

  it('refuses a feed whose document was never uploaded, or for a country without the seller', async () => {
    const { body } = await bench.client.call('POST', '/feeds/2021-06-30/documents', { contentType: XML_TYPE });
    const { feedDocumentId } = body as { feedDocumentId: string };
    const make = (marketplaceIds: string[], inputFeedDocumentId: string) =>
      bench.client.call('POST', '/feeds/2021-06-30/feeds', {
        feedType: 'POST_PRODUCT_DATA',
        marketplaceIds,
        inputFeedDocumentId,
      });
    expect((await make([FRANCE.id], feedDocumentId)).status).toBe(400);
    const uploaded = await bench.client.upload('<x/>');
    expect((await make(['A1PA6795UKMFR9'], uploaded)).status).toBe(400);
    expect((await make([FRANCE.id], uploaded)).status).toBe(202);
  });

  it('lets only its own machine look inside', async () => {
    const answer = await fetch(`${bench.client.url.replace('127.0.0.1', 'localhost')}/_simulator/health`);
    expect(await answer.json()).toMatchObject({ simulator: true });
    const { status } = await requestWithHost(bench.client.url, 'shop.example');
    expect(status).toBe(403);
  });
});

/** fetch sets the Host header by itself, so a plain request is needed to name another one. */
async function requestWithHost(url: string, host: string): Promise<{ status: number }> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const call = request(`${url}/_simulator/health`, { headers: { host } }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0 });
    });
    call.on('error', reject);
    call.end();
  });
}
