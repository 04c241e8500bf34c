import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTask } from '../../../src/scheduler/run-task.js';
import { openApp, type RunningApp } from './running-app.js';
import { readableText, type Visitor } from './visitor.js';

let app: RunningApp;
let visitor: Visitor;
let freeMib = 2_000;
beforeAll(async () => {
  app = await openApp({ diskSpace: { freeBytes: async () => freeMib * 1_048_576 } });
  visitor = app.visitor();
});
afterAll(() => app.close());

const overview = async (query = '') => readableText((await visitor.get(`/${query}`)).text);

describe('The Overview', () => {
  it('says what waits, for how long, and links to it', async () => {
    app.clock.advance(3 * 3_600_000 + 120_000);
    expect(await overview()).toContain('Waiting 1,000 The oldest mark has waited for 3 h 2 min. Update 1,000');
    expect(await overview('?marketplace=DE')).toContain('Waiting 200');
    expect((await visitor.get('/?marketplace=simulator/DE')).text).toContain(
      'href="/tools/queue?marketplace=simulator/DE"',
    );
  });

  it('says that nothing is held back from stock as long as there are no orders', async () => {
    expect(await overview()).toContain('Orders are not imported yet: nothing is held back');
  });

  it('says that the disk is nearly full while it is, and a display is refused beside the form', async () => {
    const warning = 'The disk is nearly full: 1000 MiB are free, and 1024 MiB should be.';
    expect(await overview()).not.toContain('nearly full');
    freeMib = 1_000;
    expect(await overview()).toContain(warning);
    const refused = await visitor.post('/synchronization', { action: 'display', products: '1' });
    expect([refused.status, readableText(refused.text)]).toEqual([409, expect.stringContaining('got 1000 MiB')]);
    freeMib = 2_000;
    expect(await overview()).not.toContain('nearly full');
  });

  it('says what it does not know yet instead of showing zeros', async () => {
    const text = await overview();
    expect(text).toContain('There has been no run yet.');
    expect(text).toContain("Nothing is known of this seller's listings yet.");
    expect(text).toContain('The whole catalogue has not been checked yet.');
    expect(text).toContain('Notice changes never');
  });

  it('counts eligible items and the others by reason, as the last check of everything found them', async () => {
    const { path } = await visitor.run('/synchronization?marketplace=simulator/FR', { action: 'verify', all: 'on' });
    const page = await visitor.get('/?marketplace=simulator/FR');
    expect(readableText(page.text)).toMatch(
      /Eligible 490 Not eligible 20 Not eligible .*Switched off in the shop 2 .*SKU faults SKU carried twice 6/,
    );
    const reason = await visitor.get(`${path}?marketplace=simulator/FR&show=sku-duplicate`);
    expect(page.text).toContain(`href="${path}?marketplace=simulator/FR&amp;show=sku-duplicate"`);
    expect(reason.text.match(/class="verdict verdict-sku"/g)).toHaveLength(6);
  });

  it('counts listings by state once something was sent, each with its list', async () => {
    const checked = await visitor.run('/synchronization?marketplace=simulator/FR', {
      action: 'submit',
      send: 'on',
      create: 'on',
      products: '1,2,3,4,5,6',
    });
    await visitor.run(`${checked.path}/send?marketplace=simulator/FR`, { wait: 'on' });
    const page = await visitor.get('/?marketplace=simulator/FR');
    const states = [...page.text.matchAll(/href="(\/tools\/listings[^"]*state=([\w-]+))">[^<]*<\/a> <b>(\d+)/g)];
    expect(states.map((match) => match[2])).toContain('in-step');
    for (const [, link, , count] of states) {
      const list = await visitor.get((link ?? '').replaceAll('&amp;', '&'));
      expect(await listed(list.text)).toBe(Number(count));
    }
  });

  it('knows when each task last succeeded, and what stopped it since', async () => {
    const task = { id: 'sweep-catalogue', description: 'Sweeps.', schedule: '* * * * *', timeoutMs: 1_000 };
    const { program } = app;
    await runTask({ ...task, run: async () => 'It is done.' }, program);
    app.clock.advance(60_000);
    expect(await overview()).toContain('Notice changes 1 min ago');
    await runTask({ ...task, run: () => Promise.reject(new Error('The shop does not answer.')) }, program);
    expect(await overview()).toContain('Notice changes 1 min ago failed: The shop does not answer.');
    const tasks = readableText((await visitor.get('/tools/tasks?task=sweep-catalogue')).text);
    expect(tasks).toMatch(/Notice changes failed .* The shop does not answer\. Notice changes done .* It is done\./);
  });

  it('shows the health of each account, and why a marketplace is off', async () => {
    const account = await app.program.accounts.byName('simulator');
    await app.program.accounts.setState(account.id, 'needs-authorization', 'anna');
    const uk = await app.program.accounts.findMarketplace('UK');
    await app.program.accounts.setActive(uk.id, { active: false, reason: 'The shop has no pounds.' }, 'anna');
    const text = await overview();
    expect(text).toContain(
      'simulator simulated Amazon Authorization to be renewed Sending on Feed format XML Listings read',
    );
    expect(text).toContain('simulator/UK switched off. The shop has no pounds.');
  });
});

describe('Tools', () => {
  it('show the log entries of the queue (S3-007), which can be looked at before asking for support (S3-044)', async () => {
    // The sweep marked everything first; a marketplace that was switched off marked it anew.
    const { text } = await visitor.get('/tools/queue?marketplace=simulator/DE');
    expect(text).toMatch(/href="\/tools\/queue\?marketplace=simulator\/DE" aria-current="page"/);
    expect(readableText(text)).toMatch(
      /By marketplace and action .* DE Update 200 0 21 Nov, [\d:]{8} 21 Nov, [\d:]{8} /,
    );
    expect(readableText(text)).toMatch(/Entries .* 2 Couteau de chef Steinried DE Update marketplace-off 21 Nov/);
  });

  it('show the journal, filtered by level, run, SKU and text', async () => {
    await app.program.journal.write([
      { level: 'error', code: 'test', message: 'A <b>bad</b> thing.', runId: 7, sku: 'A&B' },
      { level: 'info', code: 'test', message: 'A good thing.' },
    ]);
    const bad = await visitor.get(`/tools/journal?level=error&run=7&sku=${encodeURIComponent('A&B')}&text=BAD`);
    expect(readableText(bad.text)).toMatch(/error #7 A&B A <b>bad<\/b> thing\./);
    expect(bad.text).not.toContain('<b>bad');
    expect(readableText(bad.text)).not.toContain('A good thing.');
    expect(readableText((await visitor.get('/tools/journal?text=nowhere')).text)).toContain('There is no such entry.');
  });
});

describe('What is held', () => {
  it('stands on the Overview with examples and two buttons, and is decided there', async () => {
    const { db, clock, accounts, export: exports } = app.program;
    await accounts.setState(1, 'active', 'test');
    await db('queue').delete();
    const [run] = await exports.list({ limit: 1 });
    const goesAtMs = clock.nowMs() + 3_600_000;
    const hold = { run_id: run?.id, account_id: 1, kind: 'zeroed', line_count: 7, goes_at_ms: goesAtMs };
    const [holdId] = await db('hold').insert({ ...hold, state: 'held', created_at_ms: clock.nowMs() - 600_000 });
    const line = { account_id: 1, marketplace_id: 0, part: 'quantity', hold_id: holdId, shop_id: 1, product_id: 1 };
    const values = { is_deletion: 0, value: '0', value_before: '12', state: 'held' };
    for (let index = 1; index <= 7; index += 1)
      await db('held_line').insert({ ...line, ...values, sku: `<HELD-${index}>` });
    const others = { ...hold, kind: 'price', line_count: 0, goes_at_ms: null, state: 'held' };
    await db('hold').insert({ ...others, created_at_ms: clock.nowMs() });
    const page = await visitor.get('/');
    // One decision for all that the run holds.
    expect(readableText(page.text)).toMatch(
      /Held until you decide Brought to 0: 7 listings\. Account simulator, for 10 min.*<HELD-1> Account Quantity: 12 → becomes 0.*and 2 more It goes by itself at .* Changed in price by more than 30 %: 0\..* Release Discard/,
    );
    expect(page.text.match(/\/release"/g)).toHaveLength(1);
    expect(page.text).not.toContain('<HELD-1>');
    expect(readableText((await visitor.get(`/runs/${run?.id}`)).text)).toContain('Brought to 0: 7 listings.');
    const { path } = await visitor.run(`/runs/${run?.id}/release`, {});
    expect(path).toBe(`/runs/${(run?.id ?? 0) + 1}`);
    expect(await overview()).not.toContain('Held until you decide');
    expect((await exports.list({ limit: 1 }))[0]).toMatchObject({ status: 'done', totals: { products: 1 } });
    expect(readableText((await visitor.get(`/runs/${run?.id}`)).text)).toContain('Released by');
  });

  it('is shown twenty holds at a time, with how many there are besides', async () => {
    const { db, clock, export: exports } = app.program;
    const [run] = await exports.list({ limit: 1 });
    const { id: _, ...row } = await db('run').where({ id: run?.id }).first();
    for (let count = 0; count < 22; count += 1) {
      const [run_id] = await db('run').insert(row);
      const hold = { run_id, account_id: 1, kind: 'price', line_count: 1, state: 'held' };
      await db('hold').insert({ ...hold, created_at_ms: clock.nowMs() });
    }
    const text = await overview();
    expect(text.match(/Held until you decide/g)).toHaveLength(20);
    expect(text).toContain('More is held besides, 2 times.');
  });
});

describe('Watching the service', () => {
  it('needs no login: it is healthy and ready', async () => {
    const health = await app.request().get('/health');
    const ready = await app.request().get('/ready');
    expect([health.status, health.body, ready.status, ready.body]).toEqual([
      200,
      { status: 'ok' },
      200,
      { status: 'ready' },
    ]);
    expect(health.headers['set-cookie']).toBeUndefined();
  });

  it('says so when the tables are of another version', async () => {
    await app.program.db('knex_migrations').where({ name: '0043-feed-issue' }).update({ name: 'away' });
    expect((await app.request().get('/ready')).status).toBe(503);
    await app.program.db('knex_migrations').where({ name: 'away' }).update({ name: '0043-feed-issue' });
  });
});

/** How many rows a list has over all its pages. */
async function listed(html: string): Promise<number> {
  const rows = html.match(/<td data-label="ASIN">/g)?.length ?? 0;
  const next = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
  return next === undefined ? rows : rows + (await listed((await visitor.get(next)).text));
}
