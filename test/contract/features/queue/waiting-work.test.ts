import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { parseExportOptions } from '../../../../src/features/export/export-options.js';
import { type WorkChunk, waitingWork } from '../../../../src/features/export/waiting-work.js';
import { type Mark, QueueService } from '../../../../src/features/queue/queue-service.js';
import { HandClock } from '../../../support/hand-clock.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const [FR, DE, IT] = [11, 12, 13];

describeEachDatabase('What waits in the queue', (_name, open) => {
  let database: TestDatabase;
  let queue: QueueService;
  beforeAll(async () => {
    database = await open();
    queue = new QueueService(database.db, new HandClock());
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.db('queue').delete();
  });

  const mark = (productIds: readonly number[], changes: Partial<Mark> = {}) =>
    queue.mark({ shopId: 1, productIds, marketplaceIds: [FR, DE], action: 'update', ...changes }, 'sweep');
  const chunks = async (marketplaceIds: readonly number[] = [FR, DE], options: Record<string, unknown> = {}) => {
    const found: WorkChunk[] = [];
    const asked = { marketplaceIds, options: parseExportOptions(options), preview: true };
    for await (const chunk of waitingWork(1, asked, queue)) found.push(chunk);
    return found;
  };

  it('is looked at product by product, each with all of its marks, however many rows there are', async () => {
    const productIds = Array.from({ length: 1_500 }, (_, index) => index + 1);
    await mark(productIds, { action: 'create' });
    await mark(productIds);
    const found = await chunks();
    expect(found.flatMap((chunk) => chunk.productIds)).toEqual(productIds);
    expect(found.map((chunk) => chunk.rows.length)).toEqual([4_000, 2_000]);
    for (const { order, productIds: some } of found)
      expect(some.every((id) => order.create(id, FR) && order.create(id, DE))).toBe(true);
  });

  it('says of each product what its marks ask for, by the newest of them', async () => {
    await mark([7]);
    await mark([7], { action: 'create', marketplaceIds: [DE] });
    await mark([7], { action: 'delete', sku: 'OLD' });
    await mark([8]);
    const [chunk] = await chunks();
    const newest = Math.max(...(chunk?.rows ?? []).filter((row) => row.productId === 7).map((row) => row.revision));
    expect(chunk?.order.rules(7)).toEqual({ revision: newest, everything: false, preview: true });
    expect(chunk?.order.rules(8).revision).toBeGreaterThan(newest);
    expect([chunk?.order.create(7, DE), chunk?.order.create(7, FR), chunk?.order.create(8, DE)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([...(chunk?.order.deletions(7) ?? [])]).toEqual(['OLD']);
    expect(chunk?.order.deletions(8).size).toBe(0);
    expect(chunk?.order.rules(99)).toMatchObject({ revision: 0 });
  });

  it('sends everything again only when that was asked for', async () => {
    await mark([7]);
    expect((await chunks([FR], { all: true }))[0]?.order.rules(7).everything).toBe(true);
  });

  it('is that of the marketplaces and the shop asked for', async () => {
    await mark([3], { marketplaceIds: [IT] });
    await mark([1], { marketplaceIds: [DE] });
    await mark([2], { shopId: 2 });
    expect((await chunks()).flatMap((chunk) => chunk.productIds)).toEqual([1]);
    expect((await chunks([FR, DE, IT])).flatMap((chunk) => chunk.productIds)).toEqual([1, 3]);
    expect(await chunks([FR])).toEqual([]);
  });

  it('is claimed by nobody by looking at it', async () => {
    await mark([7]);
    await chunks();
    const rows = await queue.list({ marketplaceIds: [FR, DE], afterId: 0, limit: 9 });
    expect(rows.every((row) => row.claimedRunId === null)).toBe(true);
  });
});
