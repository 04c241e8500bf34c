import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type RunningApp } from './running-app.js';

let app: RunningApp;
let token: string;
beforeAll(async () => {
  app = await openApp({ sweep: false });
  token = await app.program.apiTokens.add('erp', 'test');
});
afterAll(() => app.close());

const get = (path: string) => app.request().get(`/api/v1${path}`).set('Authorization', `Bearer ${token}`);
const post = (path: string, body: object) =>
  app.request().post(`/api/v1${path}`).set('Authorization', `Bearer ${token}`).send(body);

describe('The API', () => {
  it.each([
    ['no token', {}],
    ['a token that nobody has', { Authorization: 'Bearer fb_0000000000000000000000000000000000000000000' }],
    ['a password', { Authorization: 'Basic YW5uYTp4' }],
  ])('refuses %s with a problem document that says what to do', async (_what, headers) => {
    for (const path of ['/api/v1/queue', '/api/v1/nothing']) {
      const answer = await app.request().get(path).set(headers);
      expect(answer.status).toBe(401);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="feedbridge"');
      expect(answer.body).toMatchObject({
        status: 401,
        title: 'TOKEN_NEEDED',
        requestId: answer.headers['x-request-id'],
      });
      expect(answer.body.detail).toContain('feedbridge token add NAME');
    }
  });

  it("takes no browser's session instead of a token, and gives none", async () => {
    const visitor = app.visitor();
    await visitor.get('/');
    expect((await visitor.get('/api/v1/queue')).status).toBe(401);
    expect((await get('/queue')).headers['set-cookie']).toBeUndefined();
  });

  it('forgets a token that was revoked', async () => {
    const other = await app.program.apiTokens.add('old', 'test');
    const ask = () => app.request().get('/api/v1/runs').set('Authorization', `Bearer ${other}`);
    expect((await ask()).status).toBe(200);
    await app.program.apiTokens.revoke('old', 'test');
    expect((await ask()).status).toBe(401);
  });

  it('answers what it does not know with 404', async () => {
    expect((await get('/nothing')).body).toMatchObject({ status: 404, title: 'PAGE_UNKNOWN' });
    expect((await get('/runs/99')).body).toMatchObject({ status: 404, title: 'RUN_UNKNOWN' });
    expect((await get('/feeds/99')).body).toMatchObject({ status: 404, title: 'FEED_UNKNOWN' });
  });
});

describe('A mark by API', () => {
  it('waits in the queue on every active marketplace, by whoever made it', async () => {
    const answer = await post('/marks', { productIds: [2, 1, 2], action: 'update' });
    expect([answer.status, answer.body]).toEqual([200, { marks: 10, productIds: [1, 2], unknownSkus: [] }]);
    const { body } = await get('/queue?marketplace=simulator/FR');
    expect(body.counts).toMatchObject([{ marketplace: 'simulator/FR', action: 'update', count: 2, claimed: 0 }]);
    expect(body.rows).toMatchObject([
      { marketplace: 'simulator/FR', productId: 1, action: 'update', reason: 'api', tries: 0, runId: null },
      { productId: 2 },
    ]);
    expect(await app.program.audit.list({ actor: 'token erp', limit: 5 })).toMatchObject([
      { action: 'queue-mark', details: { action: 'update', products: 2, marks: 10 } },
    ]);
  });

  it('sent twice is one mark with a higher revision, with an Idempotency-Key or without', async () => {
    const row = async () => (await get('/queue?marketplace=FR')).body.rows[0];
    const before = await row();
    const again = await post('/marks', { productIds: [1] }).set('Idempotency-Key', 'order-7');
    expect(again.status).toBe(200);
    const after = await row();
    expect(after).toMatchObject({ id: before.id, productId: 1 });
    expect(after.revision).toBeGreaterThan(before.revision);
  });

  it('by SKU finds the product, and names the SKUs that nobody knows', async () => {
    const answer = await post('/marks', { skus: ['KNIFE-02-L16', 'NOBODY'], marketplace: 'DE', action: 'create' });
    expect(answer.body).toEqual({ marks: 1, productIds: [2], unknownSkus: ['NOBODY'] });
    const { rows } = (await get('/queue?marketplace=DE')).body;
    expect(rows).toContainEqual(expect.objectContaining({ productId: 2, action: 'create' }));
  });

  it('by SKU follows the SKU source of the account', async () => {
    const account = await app.program.accounts.byName('simulator');
    const scope = { kind: 'account', accountId: account.id } as const;
    await app.program.settings.set('sku-source', 'ids', scope, { actor: 'test' });
    expect((await post('/marks', { skus: ['12-34', '5'] })).body).toMatchObject({ productIds: [5, 12] });
    await app.program.settings.unset('sku-source', scope, { actor: 'test' });
  });

  it('that deletes names the SKU in the queue', async () => {
    await post('/marks', { skus: ['KNIFE-01-L16'], action: 'delete', marketplace: 'simulator/IT' });
    const { rows } = (await get('/queue?marketplace=IT')).body;
    expect(rows).toContainEqual(expect.objectContaining({ productId: 1, action: 'delete', sku: 'KNIFE-01-L16' }));
  });

  it.each<[string, object, RegExp]>([
    ['nothing named', { action: 'update' }, /Expected productIds or skus, got neither/],
    ['an id that is none', { productIds: [0] }, /productIds\.0/],
    ['an id as text', { productIds: ['1'] }, /productIds\.0/],
    ['an unknown action', { productIds: [1], action: 'erase' }, /action/],
    ['an unknown field', { productIds: [1], actions: 'update' }, /actions/],
    ['too many ids', { productIds: Array.from({ length: 10_001 }, (_, index) => index + 1) }, /productIds/],
    ['an overlong SKU', { skus: ['x'.repeat(201)] }, /skus\.0/],
    ['a deletion without SKU', { productIds: [1], action: 'delete' }, /A deletion names skus/],
    ['a shop that is not there', { productIds: [1], shopId: 77 }, /Expected a shop that is connected \(1\), got 77/],
    ['only SKUs that nobody knows', { skus: ['NOBODY'] }, /Check their spelling/],
  ])('with %s is refused, says which field, and marks nothing', async (_what, body, reason) => {
    const before = (await get('/queue')).body.counts;
    const answer = await post('/marks', body);
    expect(answer.status).toBe(422);
    expect(answer.body.detail).toMatch(reason);
    expect((await get('/queue')).body.counts).toEqual(before);
  });

  it('for a marketplace that is unknown or switched off is refused with the reason', async () => {
    expect((await post('/marks', { productIds: [1], marketplace: 'XX' })).body.detail).toContain('simulator/DE');
    const uk = await app.program.accounts.findMarketplace('UK');
    await app.program.accounts.setActive(uk.id, { active: false, reason: 'It is being prepared.' }, 'anna');
    const answer = await post('/marks', { productIds: [1], marketplace: 'UK' });
    expect(answer.body).toMatchObject({ status: 409, title: 'MARKETPLACE_OFF' });
    expect(answer.body.detail).toContain('It is being prepared.');
  });

  it('that is no JSON, or too large, is refused', async () => {
    const send = (body: string) =>
      app.request().post('/api/v1/marks').set('Authorization', `Bearer ${token}`).type('json').send(body);
    expect((await send('{"productIds":[1')).body).toMatchObject({ status: 400, title: 'REQUEST_FAULTY' });
    expect((await send(`{"skus":["${'x'.repeat(1_100_000)}"]}`)).status).toBe(413);
  });
});

describe('A run by API', () => {
  it('is accepted at once, goes on in the background, and can be followed', async () => {
    const answer = await post('/runs', { mode: 'verify', options: { products: [1, 2], marketplace: 'FR' } });
    expect([answer.status, answer.headers.location]).toEqual([202, `/api/v1/runs/${answer.body.id}`]);
    const run = await ended(answer.body.id);
    expect(run).toMatchObject({ mode: 'verify', status: 'done', requestedBy: 'token erp', progress: { done: 1 } });
    expect(run.options).toMatchObject({ products: [1, 2], marketplace: 'FR' });
    expect(run.totals).toMatchObject({ products: 2, changes: { price: expect.any(Number) } });
    expect(run.createdAt).toMatch(/^2026-11-21T/);
    expect((await get('/runs?limit=1')).body.runs).toMatchObject([{ id: answer.body.id }]);
  });

  it.each<[string, object, number]>([
    ['an unknown mode', { mode: 'erase' }, 422],
    ['an unknown option', { options: { everything: true } }, 422],
    ['a send that erases without a second word', { mode: 'send', options: { erase: true } }, 422],
    ['options that contradict each other', { options: { pricesOnly: true, stockOnly: true } }, 400],
  ])('with %s is refused', async (_what, body, status) => {
    expect((await post('/runs', body)).status).toBe(status);
  });

  it('that fails says why', async () => {
    const { body } = await post('/runs', { options: { marketplace: 'UK' } });
    expect(await ended(body.id)).toMatchObject({
      status: 'failed',
      fault: expect.stringContaining('It is being prepared.'),
    });
    expect(await app.program.journal.list({ code: 'run-failed', limit: 1 })).toMatchObject([{ runId: body.id }]);
  });

  it('that sends makes feeds, which are listed with what came of them', async () => {
    const { body } = await post('/runs', { mode: 'send', options: { products: [1], marketplace: 'FR', wait: true } });
    expect(await ended(body.id)).toMatchObject({ status: 'done' });
    const { feeds } = (await get(`/feeds?runId=${body.id}`)).body;
    expect(feeds.length).toBeGreaterThan(0);
    expect(feeds[0]).toMatchObject({ marketplace: 'simulator/FR', status: 'done', format: 'xml' });
    expect(feeds[0]).not.toHaveProperty('documentPath');
    const feed = (await get(`/feeds/${feeds[0].id}`)).body;
    expect(feed).toMatchObject({ id: feeds[0].id, causes: expect.any(Array), settledAt: expect.any(String) });
  });
});

async function ended(runId: number) {
  for (;;) {
    const { body } = await get(`/runs/${runId}`);
    if (body.status !== 'running') return body;
  }
}
