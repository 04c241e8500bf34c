import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  addSeller,
  type ExportProgram,
  openDemoOffice,
  openExportProgram,
  type SellerAccount,
  send,
} from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

/** A product without combinations that the simulated Amazon knows by its code. */
const BOARD = { id: 11 };

describeEachDatabase('a createFeed whose answer is lost', (_name, open) => {
  let database: TestDatabase;
  let shop: ExportProgram;
  let seller: SellerAccount;
  let office: Awaited<ReturnType<typeof openDemoOffice>>;
  beforeAll(async () => {
    database = await open();
    shop = await openExportProgram({ databaseUrl: database.url });
    seller = await addSeller(shop);
    office = await openDemoOffice(shop);
    await send(shop, { products: [BOARD.id], create: true });
  });
  afterAll(async () => {
    await office?.end();
    await shop?.close();
    await database?.drop();
  });

  const command = async (faults: readonly object[]) => {
    const answer = await fetch(`${await shop.program.simulator.url()}/_simulator/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ faults }),
    });
    expect(answer.status).toBe(200);
  };
  /** Tells the simulated Amazon what goes wrong next. */
  const strike = async (kind: 'lost-answer' | 'cut-connection', operation: string, times = 1) => {
    const faults = [{ kind, operations: [operation], times }];
    await command(faults);
  };
  const calm = () => command([]);
  const madeAtAmazon = async () => {
    const rows: { feed_id: number }[] = await database.db('sim_log').where({ kind: 'feed-created' });
    return rows.length;
  };
  const ownRows = () => shop.program.feeds.list({ limit: 100 });
  let units = 500;
  /** Changes the stock of one item in the shop, and sends it until it is settled. */
  const sendStock = async () => {
    units += 1;
    await office.setStock(BOARD.id, 0, units);
    return send(shop, { products: [BOARD.id] });
  };

  it('after its effect: the feed is found at Amazon and waited for, and its values go once more, since nobody can prove it ours', async () => {
    const [made, known] = [await madeAtAmazon(), (await ownRows()).length];
    await strike('lost-answer', 'createFeed');
    const run = await sendStock();
    expect(await madeAtAmazon()).toBe(made + 1);
    const [found, ...others] = await ownRows();
    expect(others).toHaveLength(known);
    expect(found).toMatchObject({ status: 'done', isAdopted: true, accepted: 0, unknown: 1, runId: run.id });
    shop.clock.advance(60_000);
    await send(shop);
    expect((await ownRows())[0]).toMatchObject({ status: 'done', isAdopted: false, unknown: 0 });
    expect(await madeAtAmazon()).toBe(made + 2);
    expect(await shop.program.queue.counts(seller.marketplaces.map((one) => one.id))).toEqual([]);
  });

  it('before its effect: after ten minutes without a trace it is sent again', async () => {
    const made = await madeAtAmazon();
    await strike('cut-connection', 'createFeed');
    await sendStock();
    const [lost] = await ownRows();
    expect(lost).toMatchObject({ status: 'failed', fault: expect.stringContaining('shows no such feed') });
    expect((lost?.endedAtMs ?? 0) - (lost?.createdAtMs ?? 0)).toBeGreaterThanOrEqual(10 * 60_000);
    expect(await madeAtAmazon()).toBe(made);
    shop.clock.advance(60_000);
    await send(shop);
    const [again] = await ownRows();
    expect(again).toMatchObject({ status: 'done', unknown: 0 });
    expect(await madeAtAmazon()).toBe(made + 1);
  });

  it('a document that could not be handed over is no feed: it goes again without looking for one', async () => {
    const made = await madeAtAmazon();
    // That call is repeated by itself, a few times.
    await strike('cut-connection', 'createFeedDocument', 100);
    await sendStock();
    const [failed] = await ownRows();
    expect(failed).toMatchObject({ status: 'failed', askedAtMs: null });
    expect((failed?.endedAtMs ?? 0) - (failed?.createdAtMs ?? 0)).toBeLessThan(60_000);
    await calm();
    shop.clock.advance(60_000);
    await send(shop);
    expect(await madeAtAmazon()).toBe(made + 1);
  });
});
