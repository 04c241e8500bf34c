import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ListingService } from '../../../../src/features/listings/listing-service.js';
import { partMask } from '../../../../src/features/queue/queue-row.js';
import { QueueService } from '../../../../src/features/queue/queue-service.js';
import { HandClock } from '../../../support/hand-clock.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const ACCOUNT = 5;
const FEED = 70;
const PARTS = ['price', 'quantity'] as const;

describeEachDatabase('What an ended run left claimed', (_name, open) => {
  let database: TestDatabase;
  let queue: QueueService;
  let listings: ListingService;
  let marketplaceId = 0;
  beforeAll(async () => {
    database = await open();
    queue = new QueueService(database.db, new HandClock());
    listings = new ListingService(database.db);
    const row = { shop_id: 1, country: 'FR', amazon_id: 'A', currency: 'EUR', active: 1, inactive_reason: '' };
    [marketplaceId = 0] = await database.db('marketplace').insert({ ...row, account_id: ACCOUNT, created_at_ms: 0 });
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    for (const table of ['queue', 'pool_listing', 'listing', 'part']) await database.db(table).delete();
    await queue.mark({ shopId: 1, productIds: [7, 8], marketplaceIds: [marketplaceId], action: 'update' }, 'sweep');
    const rows = await queue.claim({
      runId: 1,
      marketplaceIds: [marketplaceId],
      parts: partMask(PARTS),
      maxProducts: 10,
    });
    await queue.recordPlan(rows, { parts: PARTS, waitingByProduct: new Map() });
    const part = { sku: 'A-7', shopId: 1, productId: 7, combinationId: 0, part: 'price', value: '9|EUR' } as const;
    await listings.handOver([{ ...part, marketplaceId, revision: 1 }], {
      feedId: FEED,
      accountId: ACCOUNT,
      runId: 1,
      atMs: 0,
    });
  });

  const rows = async () =>
    (await queue.list({ marketplaceIds: [marketplaceId], afterId: 0, limit: 10 })).map(
      ({ productId, claimedRunId, comparedParts }) => ({ productId, claimedRunId, comparedParts }),
    );

  it('waits again from its beginning, unless a feed of the product is still in flight', async () => {
    expect(await queue.releaseStale([marketplaceId], 2)).toBe(1);
    expect(await rows()).toEqual([
      { productId: 7, claimedRunId: 1, comparedParts: partMask(PARTS) },
      { productId: 8, claimedRunId: null, comparedParts: 0 },
    ]);
  });

  it('of a deletion stays while its SKU is in flight, whichever product is remembered for it', async () => {
    const mark = { shopId: 1, productIds: [6], marketplaceIds: [marketplaceId], action: 'delete', sku: 'A-7' } as const;
    await queue.mark(mark, 'test');
    await queue.claim({ runId: 1, marketplaceIds: [marketplaceId], parts: partMask(PARTS), maxProducts: 10 });
    const held = async () => (await rows()).filter((row) => row.claimedRunId === 1).map((row) => row.productId);
    await queue.releaseStale([marketplaceId], 2);
    expect(await held()).toEqual([7, 6]);
    await queue.end({ shopId: 1, productIds: [6], neededParts: new Map([[marketplaceId, 0]]), runId: 1 });
    expect(await held()).toEqual([7, 6]);
    await listings.lose({ feedId: FEED, accountId: ACCOUNT, runId: 1, atMs: 0 });
    await queue.releaseStale([marketplaceId], 2);
    expect(await held()).toEqual([]);
  });

  it('stays with a run that is alive', async () => {
    expect(await queue.releaseStale([marketplaceId], 1)).toBe(0);
    expect((await rows()).map((row) => row.claimedRunId)).toEqual([1, 1]);
  });

  it('stays on marketplaces that were not named', async () => {
    expect(await queue.releaseStale([marketplaceId + 1], 2)).toBe(0);
  });

  it('waits again when the feed has ended, whatever came of it', async () => {
    await listings.lose({ feedId: FEED, accountId: ACCOUNT, runId: 1, atMs: 0 });
    expect(await queue.releaseStale([marketplaceId], 2)).toBe(2);
  });

  it('is no longer the ended run’s to end: one that wakes up and records its plan takes nothing from the run that took over', async () => {
    const marketplaceIds = [marketplaceId];
    const claim = (runId: number) => queue.claim({ runId, marketplaceIds, parts: partMask(PARTS), maxProducts: 10 });
    const end = (runId: number | null) =>
      queue.end({ shopId: 1, productIds: [9], neededParts: new Map([[marketplaceId, partMask(PARTS)]]), runId });
    await queue.mark({ shopId: 1, productIds: [9], marketplaceIds, action: 'update' }, 'sweep');
    const old = await claim(1);
    await queue.releaseStale(marketplaceIds, 2);
    expect((await claim(2)).map((row) => row.productId)).toEqual([8, 9]);
    await queue.recordPlan(old, { parts: PARTS, waitingByProduct: new Map() });
    expect([await end(1), await end(null), await end(2)]).toEqual([0, 0, 0]);
    expect((await rows()).at(-1)).toMatchObject({ productId: 9, comparedParts: 0 });
  });

  it('is not held by a feed of another account or shop with the same product', async () => {
    await database.db('pool_listing').update({ account_id: ACCOUNT + 1 });
    expect(await queue.releaseStale([marketplaceId], 2)).toBe(2);
  });
});
