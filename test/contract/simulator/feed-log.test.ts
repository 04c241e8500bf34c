import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeEachDatabase } from '../../support/test-databases.js';
import { BRITAIN, CODES, envelope, FRANCE, inventory, product, SimulatorBench } from './simulator-bench.js';

const STOCK = 'POST_INVENTORY_AVAILABILITY_DATA';

describeEachDatabase('The log of feeds in the simulator', (name) => {
  let bench: SimulatorBench;
  beforeAll(async () => {
    bench = await SimulatorBench.open(name);
    await bench.process('POST_PRODUCT_DATA', envelope('Product', [[product('LAMP', CODES.one)]]));
  });
  afterAll(() => bench.close());

  it('tells each feed that was made, by type, marketplaces and the hash of its document, and how it ended', async () => {
    const xml = envelope('Inventory', [[inventory('LAMP', 4)], [inventory('GHOST', 4)]]);
    const createdMs = bench.clock.nowMs();
    const feedId = await bench.client.submit(STOCK, xml, [FRANCE.id, BRITAIN.id]);
    const document = {
      id: expect.stringContaining('amzn1.tortuga'),
      sha256: createHash('sha256').update(xml).digest('hex'),
      sizeBytes: Buffer.byteLength(xml),
    };
    const made = { feedType: STOCK, marketplaceIds: [FRANCE.id, BRITAIN.id], document };
    expect(await logOf(feedId)).toEqual([['feed-created', createdMs, made]]);
    bench.clock.advance(2_000);
    const ended = { status: 'DONE', feedType: STOCK, applied: 2, withError: 1, withWarning: 0 };
    expect(await logOf(feedId)).toEqual([
      ['feed-created', createdMs, made],
      ['quantity', createdMs + 2_000, expect.objectContaining({ quantity: 4 })],
      ['feed-ended', createdMs + 2_000, ended],
    ]);
  });

  it('tells a cancelled feed, and nothing of one that was refused', async () => {
    const before = (await bench.client.log('?kind=feed-created')).length;
    const feedId = await bench.client.submit(STOCK, envelope('Inventory', [[inventory('LAMP', 9)]]), [FRANCE.id]);
    await bench.client.call('DELETE', `/feeds/2021-06-30/feeds/${feedId}`);
    expect((await logOf(feedId)).at(-1)).toEqual([
      'feed-ended',
      bench.clock.nowMs(),
      expect.objectContaining({ status: 'CANCELLED', applied: 0 }),
    ]);
    const wrong = { feedType: STOCK, marketplaceIds: [FRANCE.id], inputFeedDocumentId: 'none' };
    expect((await bench.client.call('POST', '/feeds/2021-06-30/feeds', wrong)).status).toBe(400);
    expect((await bench.client.log('?kind=feed-created')).length).toBe(before + 1);
  });

  it('is written with what it tells, or neither is', async () => {
    const { db } = bench.database;
    const submit = () =>
      bench.client.submit(STOCK, envelope('Inventory', [[inventory('LAMP', 6)]]), [FRANCE.id]).catch(() => null);
    const feeds = async () => Number((await db('sim_feed').count({ count: '*' }).first())?.count);
    const before = await feeds();
    await db.schema.renameTable('sim_log', 'sim_log_away');
    expect([await submit(), await feeds()]).toEqual([null, before]);
    await db.schema.renameTable('sim_log_away', 'sim_log');
    const feedId = (await submit()) ?? '';
    bench.clock.advance(2_000);
    await db.schema.renameTable('sim_log', 'sim_log_away');
    expect(await bench.client.outcome('GET', `/feeds/2021-06-30/feeds/${feedId}`)).toBe(500);
    await db.schema.renameTable('sim_log_away', 'sim_log');
    expect((await bench.client.feed(feedId)).processingStatus).toBe('DONE');
    expect((await logOf(feedId)).map(([kind]) => kind)).toEqual(['feed-created', 'quantity', 'feed-ended']);
  });

  async function logOf(feedId: string): Promise<readonly (readonly unknown[])[]> {
    const entries = await bench.client.log(`?feedId=${feedId}`);
    return entries.map(({ kind, atMs, what }) => [kind, atMs, what]);
  }
});
