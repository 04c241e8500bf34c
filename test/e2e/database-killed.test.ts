import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sweepStock } from '../../scheduled/sweep-stock.js';
import { openDatabase } from '../../src/db/open-database.js';
import { runTask } from '../../src/scheduler/run-task.js';
import { TaskRunStore } from '../../src/scheduler/task-run-store.js';
import type { Catalogue } from '../../src/shop/catalogue.js';
import { type ExportProgram, openExportProgram } from '../support/export-program.js';
import { loadPrestashopDump } from '../support/prestashop-database.js';
import { PrivateServer, whyNoPrivateServer } from '../support/private-server.js';
import { makeServerDatabase } from '../support/server-database.js';
import { sharedFolder } from '../support/shared-material.js';
import { Bridge } from './cli/bridge.js';
import { type RunningCommand, startCommand } from './cli/start-command.js';

const LOCK_TIMES = { ttlMs: 60_000, renewEveryMs: 100 };
/** How the driver calls it depends on whether a connection was there. */
const AWAY = /^(ECONNREFUSED|ECONNRESET|EPIPE|PROTOCOL_CONNECTION_LOST)$/;
const noServer = whyNoPrivateServer();
const noShop = noServer ?? (sharedFolder() === null ? 'needs FEEDBRIDGE_SHARED' : null);

describe.skipIf(noServer !== null)(`A database server that is killed (${noServer ?? 'its own'})`, () => {
  let server: PrivateServer;
  beforeAll(async () => {
    server = await PrivateServer.make();
  }, 60_000);
  afterAll(() => server?.remove());

  describe.skipIf(noShop !== null)(`under a stock sweep (${noShop ?? 'real shop'})`, () => {
    let bridge: ExportProgram;
    let update: (quantity: number) => Promise<unknown>;
    const marked = async () =>
      (await bridge.program.db('queue').distinct('product_id').pluck('product_id')) as readonly number[];
    const sweep = async () => {
      const { program } = bridge;
      const task = sweepStock(program, await program.settings.load());
      return runTask(task, { ...program, lockTimes: LOCK_TIMES });
    };
    /** From the next reading of items on, the server is dead when they are asked for. */
    const killAtNextBatch = () => {
      const { shop } = bridge.program;
      const catalogueOf = shop.catalogue.bind(shop);
      const spy = vi.spyOn(shop, 'catalogue').mockImplementation((shopId) => {
        const own = catalogueOf(shopId);
        const killed: Catalogue['batches'] = async function* (query) {
          spy.mockRestore();
          await server.kill();
          yield* own.batches(query);
        };
        return new Proxy(own, {
          get: (target, name) => {
            if (name === 'batches') return killed;
            const value: unknown = Reflect.get(target, name, target);
            return typeof value === 'function' ? value.bind(target) : value;
          },
        });
      });
    };
    beforeAll(async () => {
      const shop = await loadPrestashopDump('prestashop-8.2.1', server.url);
      const own = await makeServerDatabase(server.url);
      bridge = await openExportProgram({ databaseUrl: own.url, shopUrl: shop.url, lockTimes: LOCK_TIMES });
      await bridge.program.setup.setUp('test');
      update = (quantity) => shop.knex('ps_stock_available').where({ id_product: 6, id_shop: 1 }).update({ quantity });
    }, 60_000);
    afterAll(() => bridge?.close());
    beforeEach(async () => {
      await bridge.program.sweep.sweep();
      await bridge.program.stockSweep.sweep();
      await bridge.program.db('queue').delete();
    });

    it('is named by the task; started again it has lost nothing, keeps no lock and leaves no run behind', async () => {
      await update(41);
      killAtNextBatch();
      const failed = sweep();
      // Both databases are away now, so the task cannot even note its end.
      await expect(failed.finally(() => server.start())).rejects.toMatchObject({ code: expect.stringMatching(AWAY) });
      const { db } = bridge.program;
      await vi.waitFor(async () =>
        expect(await db('lock').where({ name: 'task:sweep-stock' }).first('owner')).toEqual({ owner: '' }),
      );
      expect(await sweep()).toMatchObject({ status: 'done', result: expect.stringContaining('1 new or changed') });
      expect(await marked()).toEqual([6]);
      const runs = await new TaskRunStore(db).list({ task: 'sweep-stock', limit: 5 });
      expect(runs.map((run) => run.status)).toEqual(['done', 'interrupted']);
      expect(await sweep()).toMatchObject({ result: '0 products looked into, 0 new or changed, 0 gone.' });
    });
  });

  describe('under a service', () => {
    let bridge: Bridge;
    let service: RunningCommand;
    let url = '';
    let token = '';
    beforeAll(async () => {
      bridge = new Bridge();
      const { url: database } = await makeServerDatabase(server.url);
      bridge.environment.FEEDBRIDGE_DATABASE = database;
      await bridge.run('setup');
      for (const country of ['DE', 'ES', 'IT', 'UK']) await bridge.run('account', 'marketplace', country, 'off');
      token = (await bridge.json<{ token: string }>('token', 'add', 'test')).token;
      service = startCommand(bridge, ['serve'], { LOG_LEVEL: 'warn' });
      url = (await service.shows(/Feedbridge runs at (http:\S+?)\/?\n/))[1] ?? '';
    }, 60_000);
    afterAll(async () => {
      service?.process.kill('SIGKILL');
      await service?.ended;
      bridge?.remove();
    });

    const order = async (options: object) => {
      const response = await fetch(`${url}/api/v1/runs`, {
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        method: 'POST',
        body: JSON.stringify({ mode: 'send', options }),
      });
      return { status: response.status, ...((await response.json()) as { id: number; title?: string }) };
    };
    const health = async () => {
      const response = await fetch(`${url}/health`);
      return { code: response.status, ...((await response.json()) as { status: string; worker: string }) };
    };

    it('leaves service and worker alive; they say so, and find back by themselves', async () => {
      const cut = await order({ products: [1, 2, 3, 4, 5, 6, 7, 8], wait: true });
      expect(cut.status).toBe(202);
      await server.kill();
      expect(await health()).toEqual({ code: 503, status: 'database does not answer', worker: 'ok' });
      await service.shows(/A run failed/);
      await server.start();
      await vi.waitFor(async () => expect(await health()).toEqual({ code: 200, status: 'ok', worker: 'ok' }));
      let again = await order({ products: [1, 2, 3], wait: true });
      for (; again.status !== 202; again = await order({ products: [1, 2, 3], wait: true })) {
        expect(again.status).toBe(409);
        await pause(200);
      }
      const db = await openDatabase(bridge.environment.FEEDBRIDGE_DATABASE ?? '');
      await vi.waitFor(
        async () => {
          const rows = await db('run').whereIn('id', [cut.id, again.id]).orderBy('id').select('id', 'status');
          expect(rows).toEqual([
            { id: cut.id, status: 'interrupted' },
            { id: again.id, status: 'done' },
          ]);
        },
        { timeout: 25_000 },
      );
      await db.destroy();
    });
  });
});
