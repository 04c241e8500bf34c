import express, { type RequestHandler } from 'express';
import supertest from 'supertest';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/core/logger.js';
import { answerProblem } from '../../../src/http/answer-problem.js';
import { AttemptLimit } from '../../../src/http/attempt-limit.js';
import { isLoopback } from '../../../src/http/loopback.js';
import { readCookie } from '../../../src/http/read-cookie.js';
import { refuseForeignHosts } from '../../../src/http/refuse-foreign-hosts.js';
import { requireSameOrigin } from '../../../src/http/require-same-origin.js';
import { HandClock } from '../../support/hand-clock.js';

/** Asks an app that has only this middleware. */
function behind(middleware: RequestHandler) {
  const app = express();
  app.use(middleware, (request, response) => {
    response.json({ cookie: readCookie(request, 'a') });
  });
  app.use(answerProblem(silentLogger));
  return supertest(app);
}

describe('The host check of a service', () => {
  const status = async (configured: string, host: string) =>
    (await behind(refuseForeignHosts(configured)).get('/').set('Host', host)).status;

  it('on a name of its own takes that name, in any letter case and with any port', async () => {
    expect(await status('bridge.example', 'Bridge.Example:8443')).toBe(200);
    expect(await status('bridge.example', 'bridge.example.')).toBe(200);
    expect(await status('bridge.example', 'localhost')).toBe(200);
    expect(await status('bridge.example', 'evil.example')).toBe(421);
    expect(await status('bridge.example', 'bridge.example.evil.example')).toBe(421);
  });

  it('on all addresses takes the address over which the request came, and no name', async () => {
    expect(await status('0.0.0.0', '127.0.0.1:3000')).toBe(200);
    expect(await status('0.0.0.0', '192.0.2.1:3000')).toBe(421);
    expect(await status('0.0.0.0', 'rebound.example')).toBe(421);
    expect(await status('::', '0.0.0.0')).toBe(421);
  });

  it.each(['', 'a b', '127.0.0.1@evil.example', '[::1', 'evil.example:80:80', '127.0.0.1.'.repeat(40)])(
    'refuses a header that is no host: %j',
    async (host) => {
      expect(await status('127.0.0.1', host)).toBe(421);
    },
  );
});

describe('Loopback', () => {
  it.each(['localhost', '127.0.0.1', '127.5.6.7', '::1', '[::1]', '::ffff:127.0.0.1'])('is %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(['', '0.0.0.0', '::', '127.0.0.1.example', '1127.0.0.1', 'localhost.example', '192.168.0.1'])(
    'is not %j',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});

describe('The origin check', () => {
  it('lets everybody read and only own pages write, whatever the method', async () => {
    const app = behind(requireSameOrigin());
    expect((await app.get('/').set('Origin', 'http://evil.example')).status).toBe(200);
    for (const method of ['post', 'put', 'patch', 'delete'] as const) {
      expect((await app[method]('/').set({ Host: 'a.example', Origin: 'http://a.example' })).status).toBe(200);
      expect((await app[method]('/').set({ Host: 'a.example', Origin: 'http://b.example' })).status).toBe(403);
      expect((await app[method]('/').set({ Host: 'a.example' })).status).toBe(403);
    }
  });

  it('believes neither header alone when the other says something else', async () => {
    const both = { Host: 'a.example', Origin: 'http://a.example', 'Sec-Fetch-Site': 'cross-site' };
    expect((await behind(requireSameOrigin()).post('/').set(both)).status).toBe(403);
    const other = { Host: 'a.example', Origin: 'http://b.example', 'Sec-Fetch-Site': 'same-origin' };
    expect((await behind(requireSameOrigin()).post('/').set(other)).status).toBe(403);
  });
});

describe('A cookie', () => {
  it.each([
    ['a=1', '1'],
    ['b=2; a=1; c=3', '1'],
    ['a=1; a=2', '1'],
    ['xa=9; a = x=y ', 'x=y'],
    ['aa=1', null],
    ['a', null],
    ['', null],
  ])('is read from %j as %j', async (header, value) => {
    const pass: RequestHandler = (_request, _response, next) => next();
    expect((await behind(pass).get('/').set('Cookie', header)).body.cookie).toBe(value);
  });
});

describe('A limit of attempts', () => {
  const attemptTimes = (limit: AttemptLimit, key: string, times: number) => {
    for (let done = 0; done < times; done += 1) limit.attempt(key);
  };

  it('refuses the eleventh within 15 minutes, by key, until the time is over or one succeeds', () => {
    const clock = new HandClock();
    const limit = new AttemptLimit(clock);
    attemptTimes(limit, 'a', 10);
    attemptTimes(limit, 'b', 10);
    expect(() => limit.attempt('a')).toThrow('Wait 15 minutes');
    limit.succeed('b');
    expect(() => attemptTimes(limit, 'b', 10)).not.toThrow();
    clock.advance(15 * 60_000);
    expect(() => attemptTimes(limit, 'a', 10)).not.toThrow();
    expect(() => limit.attempt('a')).toThrow('Wait 15 minutes');
  });

  it('keeps no more than 10,000 keys', () => {
    const limit = new AttemptLimit(new HandClock());
    attemptTimes(limit, 'first', 10);
    for (let key = 0; key < 9_999; key += 1) limit.attempt(`key ${key}`);
    expect(() => limit.attempt('first')).toThrow();
    limit.attempt('one more');
    expect(() => limit.attempt('first')).not.toThrow();
  });
});
