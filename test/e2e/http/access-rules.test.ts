import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertMayListen } from '../../../src/compose/assemble-http.js';
import { openApp, type RunningApp } from './running-app.js';
import { tokenIn, type Visitor } from './visitor.js';

let app: RunningApp;
let visitor: Visitor;
beforeAll(async () => {
  app = await openApp({ sweep: false });
  visitor = app.visitor();
});
afterAll(() => app.close());

const PAGES = [
  '/',
  '/synchronization',
  '/report',
  '/runs',
  '/tools/queue',
  '/tools/journal',
  '/tools/listings',
  '/tools/tasks',
];

describe('Whoever asks for another host', () => {
  it.each([
    ['a page', '/', 'evil.example'],
    ['a page under a name that only begins like ours', '/', '127.0.0.1.evil.example:3000'],
    ['the API', '/api/v1/queue', 'evil.example'],
    ['the health', '/health', 'evil.example:3000'],
    ['a style', '/assets/base.css', 'localhost.evil.example'],
  ])('gets 421 and the reason instead of %s', async (_what, path, host) => {
    const answer = await app.request().get(path).set('Host', host);
    expect(answer.status).toBe(421);
    expect(answer.text).toContain('Expected this service under http://127.0.0.1');
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it.each(['localhost:3000', '127.0.0.1', 'LOCALHOST.', '[::1]:8080'])('is answered when it is %s', async (host) => {
    expect((await app.request().get('/health').set('Host', host)).status).toBe(200);
  });
});

describe('A write', () => {
  const fields = async () => ({
    _csrf: tokenIn((await visitor.get('/synchronization')).text),
    products: '1',
    action: 'update',
  });

  it.each([
    ['from another site', { Origin: 'http://evil.example' }],
    ['from another port of this machine', { Origin: 'http://127.0.0.1:1' }],
    ['from a page without an origin', { Origin: 'null' }],
    ['that says nothing of its origin', {}],
    ['that the browser calls cross-site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['that the browser calls same-site only', { 'Sec-Fetch-Site': 'same-site' }],
  ])('%s is refused and changes nothing', async (_what, headers) => {
    const answer = await visitor.send('/queue/mark', await fields(), headers);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('Nothing was changed');
    expect(await waiting()).toBe(0);
  });

  it.each([
    ['without a token', { products: '1', action: 'update' }],
    ['with a made-up token', { _csrf: 'x'.repeat(43), products: '1', action: 'update' }],
  ])('%s is refused and changes nothing', async (_what, body) => {
    const answer = await visitor.send('/queue/mark', body);
    expect(answer.status).toBe(403);
    expect(await waiting()).toBe(0);
  });

  it('with the token of another session is refused, as one without a session is', async () => {
    const other = tokenIn((await app.visitor().get('/synchronization')).text);
    expect((await visitor.send('/queue/mark', { ...(await fields()), _csrf: other })).status).toBe(403);
    expect((await app.visitor().send('/queue/mark', await fields())).status).toBe(403);
    expect(await waiting()).toBe(0);
  });

  it('from a form of our own is done', async () => {
    const answer = await visitor.send('/queue/mark', await fields(), { 'Sec-Fetch-Site': 'same-origin' });
    expect(answer.status).toBe(303);
    expect(await waiting()).toBeGreaterThan(0);
  });

  it('that is too large is refused before it is read', async () => {
    const answer = await visitor.post('/queue/mark', { products: '1 '.repeat(200_000), action: 'update' });
    expect(answer.status).toBe(413);
    expect(answer.text).toContain('over the limit');
  });
});

describe('A page', () => {
  it.each(PAGES)('%s runs no script and loads no style but our own files', async (path) => {
    const { text, headers, status } = await visitor.get(path);
    expect(status).toBe(200);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(text).not.toMatch(/<script(?![^>]* src="\/assets\/)|<style|\sstyle=|\son[a-z]+=/);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('has its style and script from a path that changes with them, and may be kept for good', async () => {
    const { text } = await visitor.get('/');
    const paths = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(paths.length).toBeGreaterThan(3);
    for (const path of paths) {
      const asset = await app.request().get(path);
      expect([asset.status, asset.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    }
    expect((await app.request().get('/assets/000000000000/base.css')).status).toBe(404);
  });

  it('that does not exist is a page that says so', async () => {
    const answer = await visitor.get('/nothing/here?secret=1');
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('There is nothing at /nothing/here.');
  });

  it.each([
    '/?marketplace=simulator/XX',
    '/report?before=-1',
    '/runs/abc',
    '/runs/99999',
    '/report/99999',
    '/runs?before=1e99',
  ])('%s is refused with a 4xx page that has the menu', async (path) => {
    const answer = await visitor.get(path);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).toContain('href="/synchronization"');
  });
});

describe('The session', () => {
  it('lives in a cookie that no script can read and no other site can send along', async () => {
    const { headers } = await app.request().get('/');
    expect(headers['set-cookie']?.[0]).toMatch(
      /^feedbridge_session_\d+=[\w-]{43}; Max-Age=43200; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    );
  });

  it('is not begun by itself for whoever comes through a proxy', async () => {
    const answer = await app.request().get('/').set('X-Forwarded-For', '203.0.113.9');
    expect([answer.status, answer.headers.location]).toEqual([303, '/login?next=%2F']);
  });
});

describe('Faults', () => {
  it('that nobody expected show an id and nothing else, and the log tells the rest', async () => {
    await app.program.db.schema.renameTable('task_run', 'task_run_away');
    const answer = await visitor.get('/tools/tasks?task=token-123');
    await app.program.db.schema.renameTable('task_run_away', 'task_run');
    const id = answer.headers['x-request-id'] ?? '';
    expect(answer.status).toBe(500);
    expect(answer.text).toContain(id);
    expect(answer.text).not.toMatch(/task_run|sqlite|no such table|\.ts:/i);
    const line = app.logLines.find((one) => one.includes(id) && one.includes('no such table'));
    expect(line).toContain('"message":"A request failed"');
  });

  it('leave no query string in the log, nor does anything else', async () => {
    await visitor.get('/synchronization?notice=marked&count=1&password=hunter2');
    expect(app.logLines.filter((line) => line.includes('"path":"/synchronization"')).length).toBeGreaterThan(0);
    expect(app.logLines.join('\n')).not.toMatch(/hunter2|password=|secret=1|token-123/);
  });
});

describe('Listening', () => {
  const at = (host: string) => ({ ...app.program.configuration, host });

  it('where others can connect needs a user', () => {
    expect(() => assertMayListen(at('0.0.0.0'), 0)).toThrow(/feedbridge user add NAME.*HOST to 127\.0\.0\.1/);
    expect(() => assertMayListen(at('bridge.example'), 0)).toThrow('Expected a user');
    expect(() => assertMayListen(at('0.0.0.0'), 1)).not.toThrow();
  });

  it.each(['127.0.0.1', 'localhost', '::1'])('on %s needs none', (host) => {
    expect(() => assertMayListen(at(host), 0)).not.toThrow();
  });
});

/** How many rows wait, over all marketplaces. */
async function waiting(): Promise<number> {
  const marketplaces = await app.program.accounts.marketplaces();
  const counts = await app.program.queue.counts(marketplaces.map((one) => one.id));
  return counts.reduce((sum, one) => sum + one.count, 0);
}
