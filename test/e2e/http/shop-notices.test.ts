import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedNotice, signedBody, signedNotice } from '../../support/signed-notice.js';
import { openApp, type RunningApp } from './running-app.js';

let app: RunningApp;
let key: { keyId: string; secret: string };
beforeAll(async () => {
  app = await openApp({ sweep: false });
  key = await app.program.hookKeys.create('shop', 'test');
});
afterAll(() => app.close());

const post = ({ headers, body }: Pick<SignedNotice, 'headers' | 'body'>) =>
  app.request().post('/hooks/shop').set(headers).send(body.toString('utf8'));
const sender = () => ({ ...key, nowMs: app.clock.nowMs() });

describe('POST /hooks/shop', () => {
  it('takes a signed batch from a machine: no login, no token, another name, another origin', async () => {
    const notice = signedNotice(sender(), [1, 2, 2]);
    const answer = await post(notice).set({ Host: 'bridge.internal:3000', Origin: 'https://shop.example' });
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({ nonce: JSON.parse(notice.body.toString('utf8')).nonce, accepted: 3 });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect((await post(notice)).body).toEqual(answer.body);
    expect(await app.program.notices.waiting()).toHaveLength(1);
  });

  it('takes the bytes as they are signed, whatever their spaces, letters and type', async () => {
    const at = new Date(app.clock.nowMs()).toISOString();
    const text = `{\n  "nonce" : "äöü-is-not-allowed",\t"shop":1,"changes":[{"product":1,"kind":"Größe 😀","at":"${at}"}] }\n`;
    const refused = await post(signedBody(sender(), text));
    expect(refused.body).toMatchObject({ status: 422, title: 'INVALID_INPUT', faults: [{ field: 'nonce' }] });
    const good = signedBody(sender(), text.replace('äöü-is-not-allowed', 'spaces-and-letters-1'));
    expect((await post({ ...good, headers: { ...good.headers, 'content-type': 'text/plain' } })).status).toBe(202);
  });

  it('takes a thousand changes, and refuses a body that is too large or compressed', async () => {
    const thousand = Array.from({ length: 1_000 }, (_, index) => 4_000_000_000 + index);
    expect((await post(signedNotice(sender(), thousand))).status).toBe(202);
    const huge = signedBody(sender(), `"${'x'.repeat(300_000)}"`);
    expect((await post(huge)).status).toBe(413);
    const packed = signedNotice(sender(), [1]);
    expect((await post(packed).set('Content-Encoding', 'gzip')).status).toBe(415);
  });

  it('says what is wrong with a signed body that it cannot take', async () => {
    expect((await post(signedBody(sender(), '{"nonce":'))).body).toMatchObject({
      status: 400,
      title: 'NOTICE_UNREADABLE',
    });
    expect((await post(signedBody({ ...sender(), nowMs: 0 }, '{}'))).body).toMatchObject({
      status: 403,
      title: 'NOTICE_OUT_OF_TIME',
    });
    expect((await app.request().post('/hooks/shop').send('{}')).body).toMatchObject({
      status: 401,
      title: 'NOTICE_UNSIGNED',
    });
    expect((await app.request().get('/hooks/shop')).body).toMatchObject({ status: 404, title: 'PAGE_UNKNOWN' });
  });

  it('slows who guesses signatures, and never who has the secret', async () => {
    const { keyId, secret } = await app.program.hookKeys.create('guessed', 'test');
    const guess = () => post(signedNotice({ keyId, secret: 'guess', nowMs: app.clock.nowMs() }, [1]));
    const statuses: number[] = [];
    for (let tries = 0; tries < 12; tries += 1) statuses.push((await guess()).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
    expect((await post(signedNotice({ keyId, secret, nowMs: app.clock.nowMs() }, [1]))).status).toBe(202);
    expect((await post(signedNotice(sender(), [1]))).status).toBe(202);
    app.clock.advance(15 * 60_000);
    expect((await guess()).status).toBe(401);
  });

  it('leaves neither secret nor body nor signature in the log', async () => {
    const notice = signedNotice(sender(), [1], { nonce: 'never-to-be-logged-1' });
    await post(notice);
    await post({ ...notice, headers: { ...notice.headers, 'x-feedbridge-signature': 'f'.repeat(64) } });
    const log = app.logLines.join('\n');
    expect(log).toContain('/hooks/shop');
    for (const secret of [key.secret, notice.head.signature, 'never-to-be-logged-1']) expect(log).not.toContain(secret);
  });
});
