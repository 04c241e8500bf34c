import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { shopChangeWatch } from '../../../../src/compose/shop-change-watch.js';
import type { ShopOutbox } from '../../../../src/shop/shop-outbox.js';
import { type ExportProgram, openExportProgram } from '../../../support/export-program.js';
import { signedNotice } from '../../../support/signed-notice.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

/** Only a wake-up, never a clock, makes such a watch look. */
const NEVER_MS = 2 ** 31 - 1;
const ONLY_WOKEN = { outboxEveryMs: NEVER_MS, noticesEveryMs: NEVER_MS, awayEveryMs: NEVER_MS, probeEveryMs: NEVER_MS };

describeEachDatabase('A notice', (_name, open) => {
  let database: TestDatabase;
  let opened: ExportProgram;
  let key: { keyId: string; secret: string };
  beforeAll(async () => {
    database = await open();
    opened = await openExportProgram({ databaseUrl: database.url });
    await opened.program.setup.setUp('test');
    key = await opened.program.hookKeys.create('shop', 'test');
  });
  afterAll(async () => {
    await opened.close();
    await database.drop();
  });
  beforeEach(async () => {
    await database.db('queue').delete();
    await database.db('shop_notice').delete();
  });

  const notify = async (products: readonly number[], fields: object = {}) => {
    const { head, body } = signedNotice({ ...key, nowMs: opened.clock.nowMs() }, products, fields);
    await opened.program.notices.receive(head, body);
  };
  /** Works on what waits, as a worker does that begins, and ends. */
  const work = async () => {
    const watch = shopChangeWatch(opened.program, ONLY_WOKEN);
    watch.start();
    await vi.waitFor(async () => expect(await opened.program.notices.waiting()).toEqual([]), { interval: 5 });
    await watch.stop();
  };
  const rows = async () => {
    const all = await database.db('queue').orderBy(['product_id', 'marketplace_id']);
    return all.map((row) => ({
      product: Number(row.product_id),
      marketplace: Number(row.marketplace_id),
      revision: Number(row.revision),
      source: row.source,
      seenAtMs: Number(row.seen_at_ms),
    }));
  };

  it('becomes one mark of its product on each marketplace, however many there are, seen when the shop says', async () => {
    for (let sent = 0; sent < 20; sent += 1) await notify([1, 2]);
    await work();
    const found = await rows();
    const marketplaces = new Set(found.map((row) => row.marketplace)).size;
    expect(found).toHaveLength(2 * marketplaces);
    const seenAtMs = Math.floor((opened.clock.nowMs() - 1_000) / 1_000) * 1_000;
    expect(new Set(found.map((row) => `${row.source} ${row.seenAtMs}`))).toEqual(new Set([`notice ${seenAtMs}`]));
  });

  it('raises the revision of a mark that is there, so that a run that works on it cannot end it', async () => {
    await notify([1]);
    await work();
    const before = (await rows()).map((row) => row.revision);
    await notify([1]);
    await work();
    const after = (await rows()).map((row) => row.revision);
    expect(after).toHaveLength(before.length);
    expect(Math.min(...after)).toBeGreaterThan(Math.max(...before));
  });

  it('does not wait until a backlog of what triggers wrote is worked off', async () => {
    let workOff: (rows: readonly []) => void = () => undefined;
    const page = vi.fn(() => new Promise<readonly []>((resolve) => (workOff = resolve)));
    const outbox = { state: async () => 'ready', page, remove: async () => [] } as unknown as ShopOutbox;
    const watch = shopChangeWatch({ ...opened.program, outbox }, ONLY_WOKEN);
    watch.start();
    try {
      await vi.waitFor(() => expect(page).toHaveBeenCalled(), { interval: 5 });
      await notify([1]);
      watch.wake();
      await vi.waitFor(async () => expect((await rows())[0]?.product).toBe(1), { interval: 5 });
    } finally {
      workOff([]);
      await watch.stop();
    }
  });

  it('of a product that nobody knows, or of a shop that is not connected, marks nothing and is counted', async () => {
    await notify([1, 4_000_001, 4_000_002]);
    await notify([1], { shop: 77 });
    await work();
    expect(new Set((await rows()).map((row) => row.product))).toEqual(new Set([1]));
    const line = opened.logLines.filter((one) => one.includes('Notices of the shop are marked')).at(-1) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({ notices: 2, products: 1, ignored: 3 });
  });

  it('of a product that the shop has lost and a listing remembers is marked', async () => {
    const accountId = (await opened.program.accounts.list())[0]?.id;
    const listing = { account_id: accountId, sku: 'GONE-1', shop_id: 1, product_id: 4_000_003, combination_id: 0 };
    await database.db('pool_listing').insert({ ...listing, channel: 'DEFAULT', created_at_ms: 0 });
    await notify([4_000_003]);
    await work();
    expect(new Set((await rows()).map((row) => row.product))).toEqual(new Set([4_000_003]));
  });

  it('that was taken before the process ended is worked on by the next one', async () => {
    await notify([1]);
    const next = await openExportProgram({ databaseUrl: database.url, folder: opened.folder, clock: opened.clock });
    const watch = shopChangeWatch(next.program, ONLY_WOKEN);
    watch.start();
    await vi.waitFor(async () => expect(await rows()).not.toEqual([]), { interval: 5 });
    await watch.stop();
    await next.stop();
  });

  it('is neither marked nor ended when the transaction fails, and both later', async () => {
    await notify([1]);
    const { program } = opened;
    const failing = vi.spyOn(Object.getPrototypeOf(program.marks), 'mark').mockRejectedValueOnce(new Error('cut off'));
    const watch = shopChangeWatch(program, ONLY_WOKEN);
    watch.start();
    await vi.waitFor(() => expect(failing).toHaveBeenCalled(), { interval: 5 });
    failing.mockRestore();
    expect(await rows()).toEqual([]);
    expect(await program.notices.waiting()).toHaveLength(1);
    watch.wake();
    await vi.waitFor(async () => expect(await program.notices.waiting()).toEqual([]), { interval: 5 });
    await watch.stop();
    expect(await rows()).not.toEqual([]);
  });
});
