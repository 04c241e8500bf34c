import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseExportOptions } from '../../../src/features/export/export-options.js';
import { openApp, type RunningApp } from './running-app.js';
import { readableText, type Visitor } from './visitor.js';

const FR = '?marketplace=simulator/FR';

let app: RunningApp;
let visitor: Visitor;
beforeAll(async () => {
  app = await openApp();
  visitor = app.visitor();
});
afterAll(() => app.close());

describe('Send to Amazon', () => {
  it('first says what will change, and sends only when told so again', async () => {
    const fields = { action: 'submit', send: 'on', create: 'on', products: '1,2,3,4,5,6,7,8,9,10' };
    const checked = await visitor.run(`/synchronization${FR}`, fields);
    const text = readableText(checked.page.text);
    expect(text).toMatch(
      /What a send would change New offers \d+ Prices \d+ Quantities \d+ Raised above Amazon's own quantity \d+/,
    );
    expect(checked.page.text).toContain('class="card attention"');
    expect(await app.program.feeds.list({ limit: 1 })).toEqual([]);

    const sent = await visitor.run(`${checked.path}/send${FR}`, { wait: 'on' });
    const run = await app.program.export.find(Number(sent.path.split('/').at(-1)));
    expect(run).toMatchObject({ mode: 'send', status: 'done', requestedBy: 'local', options: { create: true } });
    expect(run.options.products).toHaveLength(10);
    expect(await app.program.audit.list({ action: 'run-start', limit: 1 })).toMatchObject([
      { actor: 'local', subject: `run ${run.id}`, details: { mode: 'send', marketplace: 'simulator/FR' } },
    ]);
  });

  it('leads to the Report (S3-027, S3-034), which shows what came of it (S3-006)', async () => {
    const [run] = await app.program.export.list({ limit: 1 });
    const page = await visitor.get(`/runs/${run?.id}`);
    expect(page.text).toContain(`href="/report?run=${run?.id}"`);
    const report = await visitor.get(`/report?run=${run?.id}`);
    expect(report.text).toMatch(/href="\/report" aria-current="page"/);
    const text = readableText(report.text);
    expect(text).toMatch(
      /#\d+ Product XML simulator\/FR #\d+ done 21 Nov, 15:\d\d:\d\d 21 Nov, 15:\d\d:\d\d 21 Nov, 15:\d\d:\d\d \d+ \d+ \d+ \d+/,
    );
    expect(text).toMatch(/#\d+ Price XML/);
    expect(text).toMatch(/#\d+ Inventory XML/);
  });

  it('the log says of each item what became of each value, also in later rounds', async () => {
    const [run] = await app.program.export.list({ limit: 1 });
    const text = readableText((await visitor.get(`/runs/${run?.id}?show=changes`)).text);
    expect(text).toMatch(/FR Offer: – → becomes EAN \d{13}, New goes/);
    expect(text).toMatch(/FR Price: – → becomes [\d.]+ EUR waits The offer must be accepted first\./);
  });
});

describe("A feed's page", () => {
  const rejected = async () => {
    const feeds = await app.program.feeds.list({ limit: 100 });
    const feed = feeds.find((one) => one.messageType === 'Product' && (one.errors ?? 0) > 0);
    if (feed === undefined) throw new Error('Expected a feed with rejected SKUs.');
    return feed;
  };

  it("groups results by cause: Amazon's own text first, what it means, what to do, who must act", async () => {
    const feed = await rejected();
    const [cause] = await app.program.feeds.causes(feed.id);
    const text = readableText((await visitor.get(`/report/${feed.id}`)).text);
    const { count, code, example, explanation } = cause ?? { count: 0 };
    expect(text).toContain(
      `${count === 1 ? 'One error' : `${count} errors`} ${code} Amazon says ${example} It means ${explanation?.meaning} To do ${explanation?.advice} Who must act ${explanation?.actor}`,
    );
    const [issue] = await app.program.feeds.issues(feed.id, { afterId: 0, limit: 1 });
    expect(text).toMatch(new RegExp(`Line by line .* ${issue?.sku} \\d+ error ${issue?.code} `));
  });

  it('shows the document that was sent and the answer that came, and gives both to take along', async () => {
    const feed = await rejected();
    const document = await visitor.get(`/report/${feed.id}/document`);
    expect(readableText(document.text)).toContain(`${feed.messages} messages`);
    const sent = await visitor.download(`/report/${feed.id}/document/download`);
    expect(sent.text).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<AmazonEnvelope/);
    expect(sent.text.match(/<Message>/g)).toHaveLength(feed.messages);
    const answer = await visitor.get(`/report/${feed.id}/answer`);
    const received = await visitor.download(`/report/${feed.id}/answer/download`);
    expect(received.text).toContain('<MessagesProcessed>');
    expect(answer.text).toContain('&lt;MessagesProcessed&gt;');
  });

  it('marks the products of what was rejected again: Requeue these', async () => {
    const feed = await rejected();
    const [cause] = await app.program.feeds.causes(feed.id);
    const answer = await visitor.post(`/report/${feed.id}/requeue`, { code: cause?.code ?? '' });
    const page = await visitor.get(answer.headers.location ?? '');
    expect(readableText(page.text)).toMatch(/products? (was|were) marked and goe?s? with the next send/);
    const rows = await app.program.queue.list({ marketplaceIds: [feed.marketplaceId], afterId: 0, limit: 1_000 });
    const requeued = rows.filter((row) => row.reason === 'requeue').map((row) => row.productId);
    const issues = await app.program.feeds.issues(feed.id, { afterId: 0, limit: 1_000 });
    const skus = issues.filter((one) => one.code === cause?.code).map((one) => one.sku ?? '');
    const products = (await app.program.listings.ofSkus(feed.accountId, skus)).map((one) => one.productId);
    expect(requeued.toSorted()).toEqual([...new Set(products)].toSorted());
    const again = await visitor.run(`/synchronization${FR}`, { action: 'verify' });
    expect(readableText(again.page.text)).toContain(skus[0] ?? '-');
  });

  it('whose time in the archive is over says so, and so does its run', async () => {
    const feed = await rejected();
    const removed = (atMs: number | null) =>
      app.program.db('feed').where({ id: feed.id }).update({ removed_at_ms: atMs });
    await removed(app.clock.nowMs());
    const page = readableText((await visitor.get(`/report/${feed.id}`)).text);
    expect(page).toContain('They were removed on 21 Nov 2026');
    expect(page).not.toContain('Download');
    for (const paper of ['document', 'document/download', 'answer', 'answer/download']) {
      const answer = await visitor.get(`/report/${feed.id}/${paper}`);
      expect([answer.status, readableText(answer.text)]).toEqual([410, expect.stringContaining('was removed')]);
    }
    const run = await visitor.get(`/runs/${feed.runId}`);
    expect(readableText(run.text)).toMatch(/Product .* removed on 21 Nov 2026/);
    await removed(null);
  });

  it('with nothing rejected refuses to requeue, and says why', async () => {
    const feeds = await app.program.feeds.list({ limit: 100 });
    const good = feeds.find((one) => one.status === 'done' && one.errors === 0);
    const answer = await visitor.post(`/report/${good?.id}/requeue`);
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('there are none');
    const page = readableText((await visitor.get(`/report/${good?.id}`)).text);
    expect(page).toContain('Amazon named no error and no warning.');
  });
});

describe('A feed that Amazon works on', () => {
  it('is not ready, and the page says that this is no error', async () => {
    const { path } = await visitor.run(`/synchronization${FR}`, { action: 'verify', products: '20', stockOnly: 'on' });
    const sent = await visitor.run(`${path}/send${FR}`, {});
    const run = Number(sent.path.split('/').at(-1));
    const [feed] = await app.program.feeds.list({ runId: run, limit: 1 });
    const page = await visitor.get(`/report/${feed?.id}`);
    expect(readableText(page.text)).toContain("Amazon's answer is not available yet. This is not an error");
    expect(page.text).toMatch(/<noscript><meta http-equiv="refresh" content="\d+"><\/noscript>/);
    expect(readableText((await visitor.get(`/report/${feed?.id}/answer`)).text)).toContain('This is not an error');
    expect(readableText((await visitor.get('/report?open=1')).text)).toMatch(
      new RegExp(`#${feed?.id} .* Only|#${feed?.id} `),
    );
    expect(readableText((await visitor.get('/')).text)).toMatch(/Feeds in flight [1-9]/);
  });
});

describe('A run that erases', () => {
  it('is not sent from a page, where nobody is asked for a second word', async () => {
    const options = parseExportOptions({ erase: true, products: [1], marketplace: 'FR' });
    const { id } = await app.program.export.preview('verify', options, { requestedBy: 'test' });
    const answer = await visitor.post(`/runs/${id}/send`);
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('asks for a second word');
  });
});

describe('One run at a time', () => {
  it('a send is refused while another process sends, and says that nothing is lost', async () => {
    const { locks } = app.program;
    const lock = await locks.acquire('export', 'another-process');
    const { path } = await visitor.run(`/synchronization${FR}`, { action: 'verify', products: '1' });
    const refused = await visitor.post(`${path}/send`);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('another-process');
    expect(refused.text).toContain('what you marked is not lost');
    if (lock !== null) await locks.release(lock);
  });

  it('a second one is refused on the page where it was asked for', async () => {
    const first = visitor.post('/synchronization', { action: 'display', all: 'on', products: '' });
    const answers = await Promise.all([first, visitor.post('/synchronization', { action: 'verify', create: 'on' })]);
    expect(answers.map((one) => one.status).toSorted()).toEqual([303, 409]);
    const refused = answers.find((one) => one.status === 409);
    expect(readableText(refused?.text ?? '')).toContain('this service makes one at a time');
    expect(refused?.text).toContain('<button class="button" name="action" value="verify">');
    const page = answers.find((one) => one.status === 303)?.headers.location ?? '';
    for (;;) if ((await visitor.get(`${page.split('?')[0]}/progress`)).body.status !== 'running') break;
  });
});
