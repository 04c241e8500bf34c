import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { projectRoot } from '../../../src/core/project-root.js';
import { seedSimulator } from '../../../src/simulator/seed-simulator.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';
import { envelope, FRANCE } from './simulator-bench.js';
import { SimulatorClient } from './simulator-client.js';

const MESSAGES = 3_000;
const OFFERS = envelope(
  'Product',
  Array.from({ length: MESSAGES }, (_, at) => [
    `<SKU>SKU-${at}</SKU><StandardProductID><Type>ASIN</Type><Value>B0${String(10_000_000 + at)}</Value></StandardProductID>`,
  ]),
);

describeEachDatabase('A simulator killed in the middle of a feed', (_name, open) => {
  let database: TestDatabase;
  const processes: ChildProcess[] = [];
  beforeEach(async () => {
    database = await open();
    await seedSimulator(database.db, { sellerId: 'SELLER1', marketplaces: [FRANCE], skus: [], nowMs: Date.now() });
  });
  afterEach(async () => {
    for (const one of processes.splice(0)) await kill(one);
    await database.drop();
  });

  async function start(): Promise<SimulatorClient> {
    const script = new URL('./simulator-process.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, ['--import', 'tsx', script, database.url], {
      cwd: projectRoot(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    processes.push(child);
    const [url] = await once(child.stdout, 'data');
    const client = new SimulatorClient(String(url).trim(), 'SELLER1');
    await client.logIn();
    return client;
  }
  async function kill(child: ChildProcess | undefined): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const row = () => database.db('sim_feed').first();
  const logged = async (kind: string): Promise<readonly string[]> =>
    (await database.db('sim_log').where({ kind }).orderBy('id').select('sku')).map((entry) => String(entry.sku));

  it('has each message in its listings and in its log or in neither, and goes on without repeating one', async () => {
    const client = await start();
    const feedId = await client.submit('POST_PRODUCT_DATA', OFFERS, [FRANCE.id]);
    const asking = client.outcome('GET', `/feeds/2021-06-30/feeds/${feedId}`);
    await vi.waitUntil(async () => Number((await row()).applied) > 0, { timeout: 30_000, interval: 5 });
    await kill(processes[0]);
    expect(await asking).toBe('no answer');

    const { applied } = await row();
    expect(Number(applied)).toBeLessThan(MESSAGES);
    const created = await logged('offer-created');
    const listed = await database.db('sim_offer').where('sku', 'like', 'SKU-%').select('sku');
    expect([created.length, listed.length]).toEqual([Number(applied), Number(applied)]);
    expect(await logged('feed-ended')).toEqual([]);

    const again = await start();
    expect(await again.feed(feedId)).toMatchObject({ processingStatus: 'DONE' });
    const all = await logged('offer-created');
    expect([all.length, new Set(all).size]).toEqual([MESSAGES, MESSAGES]);
    expect(await logged('offer-changed')).toEqual([]);
    expect([(await logged('feed-created')).length, (await logged('feed-ended')).length]).toEqual([1, 1]);
  });
});
