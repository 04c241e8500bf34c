import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bridge, type Ran } from './bridge.js';

interface Feed {
  readonly id: number;
  readonly status: string;
  readonly messageType: string;
  readonly messages: number;
  readonly accepted: number;
  readonly errors: number;
}

interface Report {
  readonly settled: boolean;
  readonly causes: readonly { code: string; count: number; explanation: { advice: string } | null }[];
  readonly issues: readonly { sku: string; code: string; severity: string; description: string }[];
}

interface Shown {
  readonly parts: readonly { part: string; marketplace: string | null; state: string; submittedFeedId: number }[];
  readonly history: readonly {
    at: string;
    part: string;
    event: string;
    feedId: number;
    runId: number;
    issues: readonly { code: string; description: string; explanation: { meaning: string } | null }[];
  }[];
}

let bridge: Bridge;
let sent: Ran;
beforeAll(async () => {
  bridge = new Bridge();
  await bridge.run('setup');
  // One marketplace is enough here, and each more takes seconds of the simulated Amazon's time.
  for (const country of ['DE', 'ES', 'IT', 'UK']) await bridge.run('account', 'marketplace', country, 'off');
  sent = await bridge.run(
    'export',
    '--all',
    '--create',
    '--send',
    '--wait',
    '--display',
    '--out',
    'sent',
    '--marketplace',
    'FR',
    '--json',
  );
}, 120_000);
afterAll(() => bridge.remove());

const feeds = () => bridge.json<Feed[]>('feed', 'list');
const answer = () =>
  JSON.parse(sent.out) as {
    run: { id: number; mode: string; status: string };
    totals: Record<string, number>;
    feeds: Feed[];
  };

describe('export --all --create --send --wait', () => {
  it('says before how many quantities it raises, without asking where nobody is', () => {
    expect(sent.err).toMatch(/200 products will be sent whole, \d+ quantities of them above what Amazon shows\./);
  });

  it('ends with 3, since the simulated Amazon rejects some, when every feed has its answer', async () => {
    expect(sent.code).toBe(3);
    const { run, totals, feeds: own } = answer();
    expect(run).toMatchObject({ mode: 'send', status: 'done' });
    expect(totals.accepted).toBeGreaterThan(0);
    expect(totals.rejected).toBeGreaterThan(0);
    expect(new Set(own.map((feed) => feed.status))).toEqual(new Set(['done']));
    expect(await feeds()).toEqual(own);
  });

  it('leaves in the queue exactly what is not settled: nothing', async () => {
    expect(await bridge.json('queue', 'list')).toEqual([]);
  });

  it('says how long its changes took, a line for each day and source', async () => {
    const [head, ...days] = (await bridge.run('queue', 'latency')).out.trimEnd().split('\n');
    expect(head).toMatch(/^DAY +NOTICED BY +CHANGES/);
    expect(days.length).toBeGreaterThan(0);
    for (const day of days) expect(day).toMatch(/^\d{4}-\d\d-\d\d +(other|person) +\d+/);
  });

  it('shows the documents as they were sent, byte for byte', async () => {
    const files = readdirSync(join(bridge.folder, 'sent'));
    expect(files).toHaveLength(answer().feeds.length);
    const texts = files.map((file) => readFileSync(join(bridge.folder, 'sent', file), 'utf8')).sort();
    const printed: string[] = [];
    for (const { id } of answer().feeds) printed.push((await bridge.run('feed', 'xml', String(id))).out);
    expect(printed.sort()).toEqual(texts);
    const { code } = await bridge.run('feed', 'xml', String(answer().feeds[0]?.id), '--out', 'one.xml');
    expect({ code, check: (await bridge.run('feed', 'check', 'one.xml')).code }).toEqual({ code: 0, check: 0 });
  });
});

describe('What Amazon said', () => {
  it('is found SKU by SKU and by cause, with what to do', async () => {
    const rejected = (await feeds()).find((feed) => feed.errors > 0 && feed.messageType === 'Product');
    const report = await bridge.json<Report>('feed', 'report', String(rejected?.id));
    expect(report).toMatchObject({ settled: true });
    expect(report.issues.length).toBeGreaterThan(0);
    expect(report.causes.reduce((sum, cause) => sum + cause.count, 0)).toBe(report.issues.length);
    const { code, out } = await bridge.run('feed', 'report', String(rejected?.id));
    const [issue] = report.issues;
    expect(code).toBe(0);
    expect(out).toContain(`${issue?.sku}  error ${issue?.code}  ${issue?.description}`);
    expect(out).toContain(`${rejected?.accepted} values accepted, ${rejected?.errors} rejected`);
    expect(out).toContain('To do:');
    expect((await bridge.run('feed', 'report', String(rejected?.id), '--raw')).out).toContain('<ProcessingReport>');
    expect((await bridge.run('feed', 'show', String(rejected?.id))).out).toMatch(/^Status: +done$/m);
  });

  it('stands in the past of each SKU, with the feed and the run', async () => {
    const rejected = (await feeds()).find((feed) => feed.errors > 0 && feed.messageType === 'Product');
    const { issues } = await bridge.json<Report>('feed', 'report', String(rejected?.id));
    const { sku = '', code } = issues[0] ?? {};
    const [shown] = await bridge.json<Shown[]>('listing', 'show', sku);
    expect(shown?.parts).toContainEqual(
      expect.objectContaining({ part: 'offer', marketplace: 'simulator/FR', state: 'rejected' }),
    );
    const refusal = shown?.history.find((event) => event.event === 'rejected');
    expect(refusal).toMatchObject({ part: 'offer', feedId: rejected?.id, runId: answer().run.id });
    expect(refusal?.issues[0]).toMatchObject({ code, explanation: { meaning: expect.any(String) } });
    const { out } = await bridge.run('listing', 'show', sku);
    expect(out).toContain(`Amazon, error ${code}: `);
    expect(out).toMatch(new RegExp(`FR offer .* rejected \\(run ${answer().run.id}, feed ${rejected?.id}\\)`));
  });

  it('makes each listing either accepted or rejected', async () => {
    const listings = await bridge.json<{ sku: string; state: string; marketplace: string }[]>(
      'listing',
      'list',
      '--marketplace',
      'FR',
    );
    const open = listings.filter((one) => one.state === 'sent' || one.state === 'unknown');
    expect({ some: listings.length > 100, open }).toEqual({ some: true, open: [] });
    const rejected = await bridge.json<{ state: string }[]>(
      'listing',
      'list',
      '--marketplace',
      'FR',
      '--state',
      'rejected',
    );
    expect(rejected.length).toBe(listings.filter((one) => one.state === 'rejected').length);
    expect(rejected.length).toBeGreaterThan(0);
  });
});

describe('After the send', () => {
  it('a run of what waits has nothing to do and ends with 0', async () => {
    const { code, out } = await bridge.run('export', '--send', '--wait', '--json');
    expect({ code, totals: JSON.parse(out) }).toMatchObject({ code: 0, totals: { totals: { sent: 0, feeds: 0 } } });
  });

  it('everything that was accepted is in step', async () => {
    const { lines } = await bridge.json<{ lines: { parts: { part: string; decision: string }[] }[] }>(
      'export',
      '--products',
      '1,2,3,4,5',
      '--marketplace',
      'FR',
      '--stock-only',
    );
    expect(lines.flatMap((line) => line.parts).some((part) => part.decision === 'equal')).toBe(true);
  });

  it('reading the listings again finds those that were made', async () => {
    const [before] = await bridge.json<{ id: number; listingsReadAt: string }[]>('account', 'list');
    const [read] = await bridge.json<{ account: string; listings: number }[]>('listing', 'read');
    expect(read?.listings).toBeGreaterThan(165);
    const [after] = await bridge.json<{ listingsReadAt: string }[]>('account', 'list');
    expect(Date.parse(after?.listingsReadAt ?? '')).toBeGreaterThan(Date.parse(before?.listingsReadAt ?? ''));
  });

  it('another SKU source needs --yes, or a person who agrees', async () => {
    const change = ['settings', 'set', 'sku-source', 'ids'];
    const counts = /of [\d,]+ SKUs at Amazon [\d,]+ would be withdrawn \(brought to 0\) and [\d,]+ new ones created\./;
    const unasked = await bridge.run(...change);
    expect(unasked).toMatchObject({ code: 2, err: expect.stringMatching(counts) });
    expect(unasked.err).toContain('--yes');
    const refused = await bridge.type(['n'], ...change);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(counts);
    expect(refused.err.match(/Go on\?/g)).toHaveLength(1);
    expect((await bridge.run('settings', 'get', 'sku-source')).out).toBe('reference\n');
    expect(await bridge.run(...change, '--yes')).toMatchObject({ code: 0, err: expect.stringMatching(counts) });
    expect((await bridge.type(['y'], 'settings', 'set', 'sku-source', 'reference')).code).toBe(0);
  });

  it('a person on a terminal who refuses sends nothing', async () => {
    const runs = async () =>
      (await bridge.json<{ mode: string }[]>('run', 'list')).filter((run) => run.mode === 'send').length;
    const before = await runs();
    const refused = await bridge.type(['n'], 'export', '--send', '--all', '--marketplace', 'FR');
    expect(refused).toMatchObject({ code: 0, out: 'Nothing was sent.\n' });
    const erased = await bridge.type(['n'], 'export', '--send', '--erase', '--marketplace', 'FR');
    expect(erased).toMatchObject({ code: 0, out: 'Nothing was sent.\n' });
    expect(erased.err).toContain('0 SKUs marked for deletion will be taken off Amazon. Go on? [y/N]');
    expect(await runs()).toBe(before);
    expect((await bridge.run('export', '--send', '--erase', '--yes', '--marketplace', 'FR')).code).toBe(0);
  });
});
