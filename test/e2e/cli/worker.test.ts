import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Db, openDatabase } from '../../../src/db/open-database.js';
import { signedNotice } from '../../support/signed-notice.js';
import { Bridge } from './bridge.js';
import { type RunningCommand, startCommand } from './start-command.js';

interface RunAnswer {
  readonly status: string;
  readonly progress: { readonly text: string };
}

let bridge: Bridge;
let service: RunningCommand;
let url: string;
let token: string;
let hookKey: { keyId: string; secret: string };

beforeAll(async () => {
  bridge = new Bridge();
  await bridge.run('setup');
  for (const country of ['DE', 'ES', 'IT', 'UK']) await bridge.run('account', 'marketplace', country, 'off');
  token = (await bridge.json<{ token: string }>('token', 'add', 'test')).token;
  hookKey = await bridge.json('shop', 'hook-key', 'create', 'test');
  service = startCommand(bridge, ['serve']);
  url = (await service.shows(/Feedbridge runs at (http:\S+?)\/?\n/))[1] ?? '';
});
afterAll(async () => {
  service.process.kill('SIGKILL');
  await service.ended;
  bridge.remove();
});

async function api<T>(path: string, body?: unknown): Promise<{ status: number; answer: T }> {
  const response = await fetch(`${url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: response.status, answer: (await response.json()) as T };
}

/** Orders a run and follows it to its end. */
async function order(mode: string, options: object) {
  const { status, answer } = await api<{ id: number }>('/runs', { mode, options });
  expect(status).toBe(202);
  const texts = new Set<string>();
  for (;;) {
    const { status: state, progress } = (await api<RunAnswer>(`/runs/${answer.id}`)).answer;
    if (state !== 'running') return { id: answer.id, state, texts };
    texts.add(progress.text);
  }
}

/** Looks into the bridge's own tables. */
async function look<T>(into: (db: Db) => PromiseLike<T>): Promise<T> {
  const db = await openDatabase(`sqlite:${join(bridge.folder, 'var', 'feedbridge.sqlite')}`);
  try {
    return await into(db);
  } finally {
    await db.destroy();
  }
}

/** Sends a notice as the shop does. */
async function notify(productId: number): Promise<void> {
  const { headers, body } = signedNotice({ ...hookKey, nowMs: Date.now() }, [productId]);
  const answer = await fetch(`${url}/hooks/shop`, { method: 'POST', headers, body: new Uint8Array(body) });
  expect(answer.status).toBe(202);
}

/** Waits until a product is marked because of a notice. */
function untilMarked(productId: number): Promise<void> {
  const rows = () => look((db) => db('queue').where({ product_id: productId, reason: 'notice' }));
  return vi.waitFor(async () => expect(await rows()).not.toEqual([]), { interval: 10, timeout: 20_000 });
}

/** The process that made a run. */
async function processOf(runId: number): Promise<number> {
  const row: { owner: string } = await look((db) => db('run').where({ id: runId }).first('owner'));
  return Number(row.owner.split(':')[1]);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Asks for the health again and again; the service answers all the time. */
async function untilWorkerIs(state: string): Promise<void> {
  for (;;) {
    const health = await fetch(`${url}/health`);
    expect(health.status).toBe(200);
    if (((await health.json()) as { worker: string }).worker === state) return;
  }
}

describe('The worker of a service', () => {
  let worker: number;

  it('makes the run that was ordered, in a process of its own, and the service knows how far it is', async () => {
    const { id, state, texts } = await order('send', { products: [1, 2, 3], wait: true, marketplace: 'FR' });
    worker = await processOf(id);
    expect({ state, isOwn: worker !== service.process.pid, lives: isAlive(worker) }).toEqual({
      state: 'done',
      isOwn: true,
      lives: true,
    });
    expect([...texts].join(' ')).toContain('Waiting for Amazon: 2 feeds in flight.');
  });

  it('is woken by a notice of the shop and marks its product within a second', async () => {
    const startedAtMs = performance.now();
    await notify(11);
    await untilMarked(11);
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  });

  it('refuses with the code and the sentence that it has for it', async () => {
    const answers = await Promise.all([
      api<{ title: string; detail: string }>('/runs', { mode: 'verify', options: { all: true } }),
      api<{ title: string; detail: string }>('/runs', { mode: 'verify', options: { all: true } }),
    ]);
    expect(answers.map((one) => one.status).toSorted()).toEqual([202, 409]);
    expect(answers.find((one) => one.status === 409)?.answer).toMatchObject({
      title: 'RUN_UNDER_WAY',
      detail: expect.stringContaining('makes one at a time'),
    });
  });

  it('that was killed in a send is started again; meanwhile the service is healthy, says so, and takes no run', async () => {
    const start = () => api<{ id: number }>('/runs', { mode: 'send', options: { products: [4], wait: true } });
    let cut = await start();
    // The verify that was taken just now ends first.
    while (cut.status === 409) cut = await start();
    process.kill(worker, 'SIGKILL');
    await untilWorkerIs('away');
    expect((await fetch(`${url}/ready`)).status).toBe(503);
    await notify(12);
    expect(await api('/runs', {})).toMatchObject({ status: 503, answer: { title: 'WORKER_AWAY' } });
    await untilWorkerIs('ok');
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    await untilMarked(12);
    expect((await api<RunAnswer>(`/runs/${cut.answer.id}`)).answer.status).toBe('interrupted');
    // At once, though nobody has given back the lock of the other one.
    const { id, state } = await order('send', { products: [4], wait: true });
    expect({ state, isAnother: (await processOf(id)) !== worker }).toEqual({ state: 'done', isAnother: true });
    worker = await processOf(id);
    expect(await look((db) => db('journal').where({ code: 'worker-ended' }).pluck('message'))).toEqual([
      'The process that makes runs has ended (killed by SIGKILL) and is started again. What was not sent stays marked.',
    ]);
  });

  it('ends with its service, and leaves to it what is said to the whole group of processes', async () => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.kill(worker, signal);
    const { id, state } = await order('verify', { products: [1] });
    expect({ state, by: await processOf(id) }).toEqual({ state: 'done', by: worker });
    service.process.kill('SIGINT');
    expect(await service.ended).toMatchObject({ code: 0, signal: null });
    expect(isAlive(worker)).toBe(false);
  });
});

describe('The worker of a service that was killed', () => {
  it('ends as well, and closes what it had open', async () => {
    const killed = startCommand(bridge, ['serve']);
    url = (await killed.shows(/Feedbridge runs at (http:\S+?)\/?\n/))[1] ?? '';
    killed.process.kill('SIGKILL');
    // Both write to these pipes: they close when the last one has ended.
    expect(await killed.ended).toMatchObject({ signal: 'SIGKILL' });
    expect(await look((db) => db('lock').where({ name: 'simulator' }).pluck('owner'))).toEqual(['']);
  });
});
