import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EXPORT_LOCK } from '../../../src/features/export/export-service.js';
import {
  addSeller,
  type ExportProgram,
  openDemoOffice,
  openExportProgram,
  SEALING_KEY,
  type SellerAccount,
  send,
} from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

/** A product without combinations that the simulated Amazon knows by its code. */
const BOARD = { id: 11, sku: 'BOARD-02' };
const SCRIPT = fileURLToPath(new URL('./stopped-run-process.ts', import.meta.url));

describeEachDatabase('two sends never overlap:', (_name, open) => {
  let database: TestDatabase;
  let shop: ExportProgram;
  let seller: SellerAccount;
  let office: Awaited<ReturnType<typeof openDemoOffice>>;
  beforeAll(async () => {
    database = await open();
    shop = await openExportProgram({ databaseUrl: database.url });
    office = await openDemoOffice(shop);
    seller = await addSeller(shop);
    await shop.program.simulator.start();
    await send(shop, { products: [BOARD.id], create: true });
    await office.setStock(BOARD.id, 0, 501);
    const marketplaceIds = seller.marketplaces.map((one) => one.id);
    await shop.program.queue.mark({ shopId: 1, productIds: [BOARD.id], marketplaceIds, action: 'update' }, 'api');
  });
  afterAll(async () => {
    await office?.end();
    await shop?.close();
    await database?.drop();
  });

  const madeAtAmazon = async () => {
    const [row] = await database.db('sim_log').where({ kind: 'feed-created' }).count({ count: '*' });
    return Number(row?.count);
  };

  it('one that slept past the end of its lock sends nothing when it wakes, and undoes nothing', async () => {
    const made = await madeAtAmazon();
    const key = SEALING_KEY.toString('base64');
    const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, database.url, shop.folder, key], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += String(chunk);
    });
    await expect.poll(() => said, { timeout: 30_000 }).toContain('stopping');
    await expect.poll(() => shop.program.locks.holder(EXPORT_LOCK), { timeout: 10_000 }).toBeNull();
    const run = await send(shop, {}, true);
    expect(run).toMatchObject({ status: 'done', totals: { feeds: 1, accepted: 1, rejected: 0 } });
    expect(await madeAtAmazon()).toBe(made + 1);
    child.kill('SIGCONT');
    await ended;
    expect(said).toMatch(/LOCK_LOST|CALL_ABORTED|ACCOUNT_NOT_SENT/);
    expect(await madeAtAmazon()).toBe(made + 1);
    const [memory] = await shop.program.listings.ofSkus(seller.account.id, [BOARD.sku]);
    expect(memory?.quantity).toMatchObject({ state: 'accepted', acceptedValue: '501' });
    expect(await shop.program.queue.counts(seller.marketplaces.map((one) => one.id))).toEqual([]);
  }, 60_000);
});
