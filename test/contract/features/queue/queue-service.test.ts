import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Part } from '../../../../src/features/offers/offer-settings.js';
import { partMask, type QueueRow } from '../../../../src/features/queue/queue-row.js';
import { type Mark, QueueService } from '../../../../src/features/queue/queue-service.js';
import { HandClock } from '../../../support/hand-clock.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const [FR, DE] = [11, 12];
const ALL_PARTS: readonly Part[] = ['offer', 'price', 'quantity'];
const NEEDED = partMask(ALL_PARTS);

describeEachDatabase('The queue', (_name, open) => {
  let database: TestDatabase;
  let clock: HandClock;
  let queue: QueueService;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.db('queue').delete();
    clock = new HandClock();
    queue = new QueueService(database.db, clock);
  });

  const mark = (productIds: readonly number[], changes: Partial<Mark> = {}, reason = 'sweep') =>
    queue.mark({ shopId: 1, productIds, marketplaceIds: [FR], action: 'update', ...changes }, reason);
  const claim = (runId: number, changes: { maxProducts?: number; parts?: readonly Part[] } = {}) =>
    queue.claim({
      runId,
      marketplaceIds: [FR, DE],
      parts: partMask(changes.parts ?? ALL_PARTS),
      maxProducts: changes.maxProducts ?? 100,
    });
  const rows = () => queue.list({ marketplaceIds: [FR, DE], afterId: 0, limit: 100 });
  const row = async (productId: number) => (await rows()).find((one) => one.productId === productId);
  const compared = (
    claimed: readonly QueueRow[],
    parts: readonly Part[] = ALL_PARTS,
    waiting: [number, number][] = [],
  ) => queue.recordPlan(claimed, { parts, waitingByProduct: new Map(waiting) });
  const neededParts = new Map([FR, DE].map((id) => [id, NEEDED]));
  /** As a settlement does, unless a run is named. */
  const end = (productIds: readonly number[], runId: number | null = null) =>
    queue.end({ shopId: 1, productIds, neededParts, runId });
  const postpone = (productIds: readonly number[], untilMs: number, runId: number | null = null) =>
    queue.postpone({ shopId: 1, productIds, neededParts, runId }, untilMs);
  const ids = (some: readonly QueueRow[]) => some.map((one) => one.productId);

  it('gives every mark a revision higher than any before, over all shops, marketplaces and actions', async () => {
    const revisions: number[] = [];
    for (const changes of [{}, { shopId: 2 }, { marketplaceIds: [DE] }, { action: 'create' as const }, {}]) {
      await mark([7], changes);
      revisions.push(Math.max(...(await rows()).map((one) => one.revision)));
    }
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
    expect(await rows()).toHaveLength(4);
  });

  it('knows what was marked since a run claimed it, but not for ever of what is marked all the time', async () => {
    await mark([1, 2, 3]);
    await mark([1], { marketplaceIds: [DE] });
    const markedAnew = (runId: number, sinceMs = 0) =>
      queue.markedAnew(runId, { shopId: 1, productIds: [1, 2, 3], sinceMs });
    await compared(await claim(1));
    expect(await markedAnew(1)).toEqual(new Set());
    await mark([1], { marketplaceIds: [DE] });
    await mark([3]);
    expect(await markedAnew(1)).toEqual(new Set([1, 3]));
    expect(await markedAnew(2)).toEqual(new Set());
    await end([3], 1);
    await claim(2);
    await mark([3]);
    expect(await markedAnew(2)).toEqual(new Set([3]));
    expect(await markedAnew(2, clock.nowMs())).toEqual(new Set());
  });

  it('keeps one row per product, marketplace and action, and raises it by each mark', async () => {
    await mark([7], {}, 'sweep');
    const before = await row(7);
    clock.advance(5_000);
    await mark([7], {}, 'requeue');
    const after = await row(7);
    expect(await rows()).toHaveLength(1);
    expect(after?.revision).toBeGreaterThan(before?.revision ?? 0);
    expect(after).toMatchObject({ reason: 'requeue', createdAtMs: before?.createdAtMs, markedAtMs: clock.nowMs() });
  });

  it('keeps deletions of several SKUs of one product apart', async () => {
    await mark([7], { action: 'delete', sku: 'A' });
    await mark([7], { action: 'delete', sku: 'a' });
    expect((await rows()).map((one) => one.sku)).toEqual(['A', 'a']);
  });

  it('writes nothing when nothing is marked', async () => {
    expect(await mark([])).toBe(0);
    expect(await mark([7], { marketplaceIds: [] })).toBe(0);
    expect(await rows()).toEqual([]);
  });

  it('takes more marks than fit into one statement', async () => {
    expect(
      await mark(
        Array.from({ length: 1_203 }, (_, index) => index + 1),
        { marketplaceIds: [FR, DE] },
      ),
    ).toBe(2_406);
    expect(await claim(1, { maxProducts: 5_000 })).toHaveLength(2_406);
  });

  it('takes marks of many at once, each with a revision of its own', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, index) => mark([index + 1, 100])));
    const revisions = (await rows()).map((one) => one.revision);
    expect(new Set(revisions).size).toBeGreaterThanOrEqual(12);
    expect((await row(100))?.revision).toBe(Math.max(...revisions));
  });

  it('is written by marks, claims and ends of many connections at once without a deadlock, and loses no mark', async () => {
    const products = Array.from({ length: 40 }, (_, index) => index + 1);
    const marking = async (order: readonly number[]) => {
      for (let round = 0; round < 8; round += 1) await mark(order, { marketplaceIds: [FR, DE] });
    };
    const running = async (runId: number) => {
      for (let round = 0; round < 12; round += 1) {
        await compared(await claim(runId));
        await end(products);
      }
    };
    await Promise.all([marking(products), marking(products.toReversed()), running(1), running(2)]);
    await mark(products);
    expect((await claim(3)).filter((one) => one.marketplaceId === FR)).toHaveLength(40);
  });

  it('keeps a mark only together with the transaction that made it', async () => {
    const failing = database.db.transaction(async (transaction) => {
      await queue.on(transaction).mark({ shopId: 1, productIds: [7], marketplaceIds: [FR], action: 'update' }, 'api');
      throw new Error('the caller failed');
    });
    await expect(failing).rejects.toThrow('the caller failed');
    expect(await rows()).toEqual([]);
  });

  it('gives a claim all actions of a product on all its marketplaces, and nothing twice', async () => {
    await mark([7], { marketplaceIds: [FR, DE] });
    await mark([7], { action: 'create' });
    await mark([7], { action: 'delete', sku: 'OLD' });
    const claimed = await claim(1);
    expect(claimed.map((one) => [one.marketplaceId, one.action])).toEqual([
      [FR, 'update'],
      [DE, 'update'],
      [FR, 'create'],
      [FR, 'delete'],
    ]);
    expect(claimed.every((one) => one.claimedRunId === 1 && one.claimedRevision === one.revision)).toBe(true);
    expect(await claim(1)).toEqual([]);
    expect(await claim(2)).toEqual([]);
  });

  it('gives the products marked first first, and each claim only what it claimed', async () => {
    for (const productId of [30, 10, 20]) {
      await mark([productId]);
      clock.advance(1_000);
    }
    expect(ids(await claim(1, { maxProducts: 2 })).toSorted()).toEqual([10, 30]);
    expect(ids(await claim(1, { maxProducts: 2 }))).toEqual([20]);
  });

  it('keeps one shop’s products apart from another’s with the same ids', async () => {
    await mark([7], { shopId: 1 });
    await mark([7], { shopId: 2 });
    await compared(await claim(1));
    expect(await end([7])).toBe(1);
    expect((await rows()).map((one) => one.shopId)).toEqual([2]);
  });

  it('lets a row go when everything its settings export was compared and nothing waits', async () => {
    await mark([7, 8]);
    await compared(await claim(1));
    expect(await end([7])).toBe(1);
    expect(ids(await rows())).toEqual([8]);
  });

  it('keeps a row that nobody compared, and gives it back when its run ends it', async () => {
    await mark([7]);
    await claim(1);
    expect(await end([7], 1)).toBe(0);
    expect(await row(7)).toMatchObject({ claimedRunId: null, claimedRevision: null });
    expect(await claim(2)).toHaveLength(1);
  });

  it('leaves a row with the run that works on it: a settlement ends none of which the run has not recorded its plan', async () => {
    await mark([7]);
    const first = await claim(1);
    expect(await end([7])).toBe(0);
    expect(await row(7)).toMatchObject({ claimedRunId: 1 });
    await compared(first, ALL_PARTS, [[7, 1]]);
    await end([7]);
    expect(await row(7)).toMatchObject({ claimedRunId: null });
    // The same run again: what it recorded for an earlier claim says nothing about this one.
    const again = await claim(1);
    expect(await end([7])).toBe(0);
    expect(await row(7)).toMatchObject({ claimedRunId: 1 });
    await compared(again);
    expect(await end([7])).toBe(1);
  });

  it('tells the rows of one product apart: of two runs, a settlement ends those of the one that has recorded its plan', async () => {
    await mark([7]);
    await compared(await claim(1));
    await mark([7], { action: 'create' });
    await claim(2);
    expect(await end([7])).toBe(1);
    expect(await rows()).toMatchObject([{ action: 'create', claimedRunId: 2 }]);
  });

  it('lets a run end and put off only what it holds itself', async () => {
    await mark([7]);
    await compared(await claim(1));
    await postpone([7], clock.nowMs() + 60_000, 2);
    expect(await end([7], 2)).toBe(0);
    expect(await row(7)).toMatchObject({ claimedRunId: 1, notBeforeMs: 0, tries: 0 });
    expect(await end([7], 1)).toBe(1);
  });

  it('keeps a mark made during a claim, even when that claim compared everything', async () => {
    await mark([7]);
    const claimed = await claim(1);
    await compared(claimed);
    await mark([7], {}, 'api');
    expect(await end([7])).toBe(0);
    expect(await row(7)).toMatchObject({ claimedRunId: null, comparedParts: 0, reason: 'api' });
    expect(await claim(2)).toHaveLength(1);
  });

  it('keeps a mark made between claim and comparison', async () => {
    await mark([7]);
    const claimed = await claim(1);
    await mark([7], {}, 'api');
    await compared(claimed);
    expect(await end([7])).toBe(0);
    expect(await row(7)).toMatchObject({ claimedRunId: null, comparedParts: 0 });
  });

  it('leaves the row waiting for the other parts after a run limited to some, and gives it to no such run again', async () => {
    await mark([7]);
    await compared(await claim(1, { parts: ['quantity'] }), ['quantity']);
    expect(await end([7])).toBe(0);
    expect(await row(7)).toMatchObject({ claimedRunId: null, comparedParts: partMask(['quantity']) });
    expect(await claim(2, { parts: ['quantity'] })).toEqual([]);
    await compared(await claim(3, { parts: ['price', 'quantity'] }), ['price']);
    expect(await end([7])).toBe(0);
    await compared(await claim(4), ['offer']);
    expect(await end([7])).toBe(1);
  });

  it('forgets what was compared when the row is marked anew', async () => {
    await mark([7]);
    await compared(await claim(1, { parts: ['quantity'] }), ['quantity']);
    await end([7]);
    await mark([7]);
    expect(await row(7)).toMatchObject({ comparedParts: 0 });
    expect(await claim(2, { parts: ['quantity'] })).toHaveLength(1);
  });

  it('keeps a row of whose product something must still be sent, and compares it anew', async () => {
    await mark([7, 8]);
    await compared(await claim(1), ALL_PARTS, [[7, 2]]);
    expect(await end([7, 8])).toBe(1);
    expect(await row(7)).toMatchObject({ claimedRunId: null, comparedParts: 0 });
    expect(await claim(2)).toMatchObject([{ waitingParts: 0 }]);
  });

  it('puts a product off after a passing failure, counts the try, and gives it to nobody before its time', async () => {
    await mark([7]);
    await compared(await claim(1));
    await postpone([7], clock.nowMs() + 60_000);
    expect(await end([7])).toBe(0);
    expect(await row(7)).toMatchObject({ claimedRunId: null, tries: 1, notBeforeMs: clock.nowMs() + 60_000 });
    clock.advance(59_999);
    expect(await claim(2)).toEqual([]);
    clock.advance(1);
    expect(await claim(2)).toHaveLength(1);
  });

  it('keeps a put-off product also when what was compared is written down only then', async () => {
    await mark([7]);
    const claimed = await claim(1);
    await postpone([7], clock.nowMs() + 60_000);
    await compared(claimed);
    expect(await end([7])).toBe(0);
    expect(await rows()).toHaveLength(1);
  });

  it('does not put off a mark made meanwhile: a new value need not wait for an old failure', async () => {
    await mark([7]);
    await compared(await claim(1));
    await mark([7], {}, 'api');
    await postpone([7], clock.nowMs() + 60_000);
    await end([7]);
    expect(await row(7)).toMatchObject({ notBeforeMs: 0, tries: 0 });
    expect(await claim(2)).toHaveLength(1);
  });

  it('a new mark of a product that is put off may go at once', async () => {
    await mark([7]);
    await compared(await claim(1));
    await postpone([7], clock.nowMs() + 60_000);
    await end([7]);
    await mark([7]);
    expect(await claim(2)).toHaveLength(1);
  });

  it('puts off waiting rows of no other product, marketplace or claim', async () => {
    await mark([7, 8]);
    await compared(await claim(1, { maxProducts: 1 }));
    await postpone([7, 8], clock.nowMs() + 60_000);
    expect((await rows()).filter((one) => one.notBeforeMs > 0)).toHaveLength(1);
  });

  it('deletes waiting rows on request, never those in a run’s hands', async () => {
    await mark([7, 8]);
    await claim(1, { maxProducts: 1 });
    expect(await queue.remove((await rows()).map((one) => one.id))).toBe(1);
    expect((await rows()).every((one) => one.claimedRunId === 1)).toBe(true);
  });

  it('counts rows by marketplace and action, with those in a run’s hands', async () => {
    const firstMs = clock.nowMs();
    await mark([7]);
    await claim(1);
    clock.advance(1_000);
    await mark([8]);
    await mark([8], { marketplaceIds: [DE], action: 'create' });
    const counts = await queue.counts([FR, DE]);
    expect(counts.toSorted((a, b) => a.marketplaceId - b.marketplaceId)).toEqual([
      { marketplaceId: FR, action: 'update', count: 2, claimed: 1, oldestMs: firstMs, newestMs: firstMs + 1_000 },
      { marketplaceId: DE, action: 'create', count: 1, claimed: 0, oldestMs: clock.nowMs(), newestMs: clock.nowMs() },
    ]);
    expect(await queue.counts([99])).toEqual([]);
  });

  it('is listed page by page in the order of its rows', async () => {
    await mark([1, 2, 3, 4, 5]);
    const first = await queue.list({ marketplaceIds: [FR], afterId: 0, limit: 3 });
    const second = await queue.list({ marketplaceIds: [FR], afterId: first.at(-1)?.id ?? 0, limit: 3 });
    expect([...ids(first), ...ids(second)].toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect(await queue.list({ marketplaceIds: [DE], afterId: 0, limit: 3 })).toEqual([]);
  });

  describe('a deletion that a person confirmed as an erasure', () => {
    const deletion = { action: 'delete', sku: 'S-7' } as const;
    const asked = { marketplaceIds: [FR] };
    const erased = async () => (await rows()).filter((one) => one.erase).map((one) => one.productId);
    beforeEach(async () => {
      await mark([7, 8], deletion);
      await mark([7]);
    });

    it('is one alone of what was marked for deletion by then, there and of those products', async () => {
      await mark([7], { ...deletion, marketplaceIds: [DE] });
      await queue.askErasures({ ...asked, productIds: [7] });
      await mark([9], { ...deletion, sku: 'S-9' });
      const found = (await rows()).filter((one) => one.erase);
      expect(found.map(({ productId, marketplaceId, action }) => ({ productId, marketplaceId, action }))).toEqual([
        { productId: 7, marketplaceId: FR, action: 'delete' },
      ]);
    });

    it('outlives the run that was bringing it to 0 when it was confirmed', async () => {
      const claimed = await claim(1);
      await queue.askErasures(asked);
      await compared(claimed);
      await end([7, 8]);
      expect(ids(await rows())).toEqual([7, 8]);
      expect((await claim(2)).filter((one) => one.erase)).toHaveLength(2);
    });

    it('stays one when it is asked for again and when it is marked without a word about it', async () => {
      await queue.askErasures(asked);
      const { revision } = (await row(8)) ?? {};
      await queue.askErasures(asked);
      expect((await row(8))?.revision).toBe(revision);
      await mark([7, 8], { ...deletion, keepsErasures: true });
      expect(await erased()).toEqual([7, 8]);
    });

    it('is a plain one after it was taken back, or marked for deletion anew', async () => {
      await queue.askErasures(asked);
      await queue.takeBackErasures({ ...asked, productIds: [7], skus: ['S-7'] });
      expect(await erased()).toEqual([8]);
      await mark([8], deletion);
      expect(await erased()).toEqual([]);
    });
  });
});
