import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type RunningApp } from './running-app.js';
import { tokenIn, type Visitor } from './visitor.js';

const PASSWORD = 'correct horse battery';

let app: RunningApp;
beforeAll(async () => {
  app = await openApp({ sweep: false });
});
afterAll(() => app.close());

describe('As long as nobody was added, the demo shop with the simulated Amazon', () => {
  it('is open to people on this machine, without a login', async () => {
    const answer = await app.visitor().get('/');
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain('Log out');
  });

  it('ends the sessions it gave by itself as soon as a real account is added', async () => {
    const visitor = app.visitor();
    expect((await visitor.get('/')).status).toBe(200);
    const shop = await app.program.shop.catalogue(1).context();
    const secrets = { clientId: 'id', clientSecret: 'secret', refreshToken: 'token' };
    const account = { name: 'real', region: 'EU' as const, shop, sellerId: 'A1', marketplaces: ['FR'], ...secrets };
    const { id } = await app.program.accounts.add(account, 'test');
    expect((await visitor.get('/')).headers.location).toBe('/login?next=%2F');
    await app.program.db('marketplace').where({ account_id: id }).delete();
    await app.program.db('account').where({ id }).delete();
    expect((await visitor.get('/')).status).toBe(200);
  });
});

describe('Once there is a user', () => {
  beforeAll(async () => {
    await app.program.users.add({ name: 'anna', password: PASSWORD }, 'test');
  });

  it('every page asks for a login and comes back after it', async () => {
    const visitor = app.visitor();
    const refused = await visitor.get('/report?run=3');
    expect([refused.status, refused.headers.location]).toEqual([303, '/login?next=%2Freport%3Frun%3D3']);
    const login = await logIn(visitor, { name: ' Anna ', password: PASSWORD }, '/login?next=%2Freport%3Frun%3D3');
    expect([login.status, login.headers.location]).toEqual([303, '/report?run=3']);
    const page = await visitor.get('/report?run=3');
    expect(page.status).toBe(200);
    expect(page.text).toContain('anna');
  });

  it('a session that was given before by itself is worth nothing', async () => {
    const { token } = await app.program.sessions.start(null);
    const port = app.host.split(':')[1];
    const answer = await app.request().get('/').set('Cookie', `feedbridge_session_${port}=${token}`);
    expect(answer.headers.location).toBe('/login?next=%2F');
  });

  it.each([
    ['a wrong password', 'anna', `${PASSWORD}!`],
    ['an unknown name', 'nobody', PASSWORD],
    ['a name full of markup', '"><script>alert(1)</script>', 'x'],
  ])('%s is refused with one sentence for all, and keeps the name that was typed', async (_what, name, password) => {
    const answer = await logIn(app.visitor(), { name, password });
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('The user name or the password is not right.');
    expect(answer.text).toContain(
      `value="${name.replace('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}"`,
    );
    expect(answer.text).not.toContain(password === 'x' ? '<script>alert' : password);
  });

  it('a login form of another site is refused, as one without its own token is', async () => {
    const visitor = app.visitor();
    const formToken = tokenIn((await visitor.get('/login')).text);
    const fields = { name: 'anna', password: PASSWORD, next: '/' };
    const foreign = await visitor.send('/login', { ...fields, _csrf: formToken }, { Origin: 'http://evil.example' });
    const tokenless = await visitor.send('/login', { ...fields, _csrf: 'made-up' });
    expect([foreign.status, tokenless.status]).toEqual([403, 403]);
    expect((await visitor.get('/')).status).toBe(303);
  });

  it.each(['//evil.example/', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)'])(
    'nobody is sent on to %s',
    async (next) => {
      const visitor = app.visitor();
      const answer = await logIn(
        visitor,
        { name: 'anna', password: PASSWORD },
        `/login?next=${encodeURIComponent(next)}`,
      );
      expect([answer.status, answer.headers.location]).toEqual([303, '/']);
    },
  );

  it('a login has a new token each time, and the one before it ends', async () => {
    const visitor = app.visitor();
    const before = sessionIn(await logIn(visitor, { name: 'anna', password: PASSWORD }));
    const after = sessionIn(await logIn(visitor, { name: 'anna', password: PASSWORD }));
    expect(after).not.toBe(before);
    expect(await app.program.sessions.find(before)).toBeNull();
    expect(await app.program.sessions.find(after)).toMatchObject({ userName: 'anna' });
  });

  it('behind TLS the cookie is for TLS only', async () => {
    const visitor = app.visitor();
    const token = tokenIn((await visitor.get('/login')).text);
    const headers = { ...visitor.ownOrigin, 'X-Forwarded-Proto': 'https' };
    const answer = await visitor.send('/login', { _csrf: token, name: 'anna', password: PASSWORD, next: '/' }, headers);
    expect(String(answer.headers['set-cookie'])).toMatch(/feedbridge_session_\d+=[^;]+;.*Secure/);
  });

  it('logging out ends the session for good', async () => {
    const visitor = app.visitor();
    const token = sessionIn(await logIn(visitor, { name: 'anna', password: PASSWORD }));
    expect((await visitor.post('/logout')).headers.location).toBe('/login');
    expect(await app.program.sessions.find(token)).toBeNull();
    expect((await visitor.get('/')).status).toBe(303);
  });

  it('a form sent after the session has ended goes to the login and changes nothing', async () => {
    const answer = await app.visitor().send('/queue/mark', { _csrf: 'x', products: '1', action: 'update' });
    expect([answer.status, answer.headers.location]).toEqual([303, '/login?next=%2F']);
  });

  it('the eleventh wrong password within 15 minutes is not even looked at', async () => {
    const visitor = app.visitor();
    await app.program.users.add({ name: 'berta', password: PASSWORD }, 'test');
    for (let attempt = 1; attempt <= 10; attempt += 1)
      expect((await logIn(visitor, { name: 'berta', password: `wrong ${attempt}` })).status).toBe(401);
    expect((await logIn(visitor, { name: 'berta', password: PASSWORD })).status).toBe(429);
    app.clock.advance(15 * 60_000);
    expect((await logIn(visitor, { name: 'berta', password: PASSWORD })).status).toBe(303);
  });

  it('of many guesses at once only ten are looked at', async () => {
    await app.program.users.add({ name: 'carla', password: PASSWORD }, 'test');
    const visitor = app.visitor();
    const token = tokenIn((await visitor.get('/login')).text);
    const fields = { _csrf: token, name: 'carla', password: 'a wrong password', next: '/' };
    const answers = await Promise.all(Array.from({ length: 15 }, () => visitor.send('/login', fields)));
    const statuses = answers.map((answer) => answer.status).toSorted();
    expect(statuses).toEqual([...Array(10).fill(401), ...Array(5).fill(429)]);
  });

  it('every login stands in the audit, no password anywhere', async () => {
    const [entry] = await app.program.audit.list({ action: 'login', limit: 1 });
    expect(entry).toMatchObject({ actor: 'berta' });
    expect(app.logLines.join('\n')).not.toContain(PASSWORD);
  });
});

async function logIn(visitor: Visitor, fields: { name: string; password: string }, page = '/login') {
  const { text } = await visitor.get(page);
  const next = /name="next" value="([^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  return visitor.send('/login', { _csrf: tokenIn(text), next, ...fields });
}

function sessionIn(answer: { headers: Record<string, unknown> }): string {
  return /feedbridge_session_\d+=([^;]+)/.exec(String(answer.headers['set-cookie']))?.[1] ?? '';
}
