import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Part } from '../../../../src/features/offers/offer-settings.js';
import { partMask } from '../../../../src/features/queue/queue-row.js';
import { type Mark, QueueService } from '../../../../src/features/queue/queue-service.js';
import { HandClock } from '../../../support/hand-clock.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const PARTS: readonly Part[] = ['offer', 'price', 'quantity'];
const SECOND_MS = 1_000;

describeEachDatabase('The latency of a change', (_name, open) => {
  let database: TestDatabase;
  let clock: HandClock;
  let queue: QueueService;
  let marketplaceId = 0;
  let poolListingId = 0;
  beforeAll(async () => {
    database = await open();
    const { db } = database;
    const names = { ...{ amazon_id: 'A1', country: 'FR', currency: 'EUR' } };
    marketplaceId = await insertWith(db, 'marketplace', { ...names, account_id: 5, shop_id: 1, active: 1 });
    const listing = { account_id: 5, sku: 'S', shop_id: 1, product_id: 7, combination_id: 0, channel: '' };
    poolListingId = await insertWith(db, 'pool_listing', { ...listing, created_at_ms: 1 });
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    for (const table of ['queue', 'part', 'change_latency']) await database.db(table).delete();
    clock = new HandClock();
    queue = new QueueService(database.db, clock);
  });

  /** Columns of other features that do not matter here get what a row must have. */
  const insertWith = async (
    db: TestDatabase['db'],
    table: string,
    values: Record<string, unknown>,
  ): Promise<number> => {
    const columns: Record<string, { nullable: boolean; type: string; defaultValue: unknown }> = (await db(
      table,
    ).columnInfo()) as never;
    const rest = Object.entries(columns).filter(
      ([name, { nullable, defaultValue }]) => name !== 'id' && !nullable && defaultValue === null && !(name in values),
    );
    const filled = Object.fromEntries(rest.map(([name, { type }]) => [name, /int/i.test(type) ? 0 : '']));
    const [id] = await db(table).insert({ ...filled, ...values });
    return Number(id);
  };
  const mark = (changes: Partial<Mark>) =>
    queue.mark({ shopId: 1, productIds: [7], marketplaceIds: [marketplaceId], action: 'update', ...changes }, 'test');
  const claim = async (runId: number) => {
    const rows = await queue.claim({ runId, marketplaceIds: [marketplaceId], parts: partMask(PARTS), maxProducts: 10 });
    await queue.recordPlan(rows, { parts: PARTS, waitingByProduct: new Map() });
  };
  const send = (part: string, settled: { state: string; accepted_at_ms: number | null } | null) =>
    insertWith(database.db, 'part', {
      ...{ pool_listing_id: poolListingId, marketplace_id: part === 'quantity' ? 0 : marketplaceId, part },
      ...{ state: 'open', submitted_at_ms: clock.nowMs(), ...settled },
    });
  const end = () => {
    const neededParts = new Map([[marketplaceId, partMask(PARTS)]]);
    return queue.end({ shopId: 1, productIds: [7], neededParts, runId: null });
  };
  /** Seconds since the beginning of the test: seen, marked, sent, accepted. */
  const latencies = async () => {
    const startMs = new HandClock().nowMs();
    const rows = await database.db('change_latency').orderBy('id');
    return rows.map((row: Record<string, string | number | null>) => [
      row.source,
      ...['seen_at_ms', 'marked_at_ms', 'sent_at_ms', 'accepted_at_ms'].map((name) =>
        row[name] === null ? null : (Number(row[name]) - startMs) / SECOND_MS,
      ),
    ]);
  };
  const after = (seconds: number) => clock.advance(seconds * SECOND_MS);

  it('has four times: seen, marked, sent, and accepted when its last part is', async () => {
    after(1);
    await mark({ source: 'trigger', seenAtMs: clock.nowMs() - SECOND_MS });
    after(4);
    await claim(1);
    await send('price', { state: 'accepted', accepted_at_ms: clock.nowMs() + 10 * SECOND_MS });
    await send('quantity', { state: 'accepted', accepted_at_ms: clock.nowMs() + 20 * SECOND_MS });
    after(20);
    await end();
    expect(await latencies()).toEqual([['trigger', 0, 1, 5, 25]]);
  });

  it('counts from the first of several changes that wait together, however often they are marked', async () => {
    await mark({ source: 'sweep' });
    after(30);
    await mark({ source: 'notice', seenAtMs: clock.nowMs() - SECOND_MS });
    await claim(1);
    await end();
    expect(await latencies()).toEqual([['sweep', 0, 0, null, null]]);
  });

  it('is that of a new change where it was marked while a run worked on it', async () => {
    await mark({ source: 'sweep' });
    await claim(1);
    after(10);
    await mark({ source: 'trigger', seenAtMs: clock.nowMs() - 2 * SECOND_MS });
    after(10);
    await end();
    expect(await latencies()).toEqual([['sweep', 0, 0, null, null]]);
    after(10);
    await claim(2);
    await end();
    expect((await latencies())[1]).toEqual(['trigger', 8, 10, null, null]);
    expect(await database.db('queue')).toEqual([]);
  });

  it('has no acceptance when a part was refused, and no sending when nothing went', async () => {
    await mark({ source: 'sweep' });
    await claim(1);
    await send('price', { state: 'accepted', accepted_at_ms: clock.nowMs() });
    await send('quantity', { state: 'rejected', accepted_at_ms: null });
    await end();
    expect(await latencies()).toEqual([['sweep', 0, 0, 0, null]]);
  });

  it('is not that of what was sent before it was marked', async () => {
    await send('price', { state: 'accepted', accepted_at_ms: clock.nowMs() });
    after(5);
    await mark({ source: 'sweep' });
    await claim(1);
    await end();
    expect(await latencies()).toEqual([['sweep', 5, 5, null, null]]);
  });

  it('is never seen later than it was marked', async () => {
    await mark({ source: 'notice', seenAtMs: clock.nowMs() + 60 * SECOND_MS });
    await claim(1);
    await end();
    expect(await latencies()).toEqual([['notice', 0, 0, null, null]]);
  });

  it('is kept until its change ends: what is put off goes on counting', async () => {
    await mark({ source: 'sweep' });
    await claim(1);
    const neededParts = new Map([[marketplaceId, partMask(PARTS)]]);
    await queue.postpone({ shopId: 1, productIds: [7], neededParts, runId: null }, clock.nowMs());
    await end();
    expect(await latencies()).toEqual([]);
    after(60);
    await claim(2);
    await send('quantity', { state: 'accepted', accepted_at_ms: clock.nowMs() + SECOND_MS });
    await end();
    expect(await latencies()).toEqual([['sweep', 0, 0, 60, 61]]);
  });

  it('is told by day and source with its middle, its worst twentieth and its worst', async () => {
    const dayMs = Date.parse('2026-11-20T00:00:00Z');
    const row = { shop_id: 1, product_id: 7, marketplace_id: marketplaceId, source: 'sweep', sent_at_ms: null };
    await database.db('change_latency').insert(
      Array.from({ length: 100 }, (_, index) => ({
        ...row,
        ...{ seen_at_ms: dayMs, marked_at_ms: dayMs + 1, done_at_ms: dayMs + index },
        accepted_at_ms: index < 40 ? dayMs + (index + 1) * SECOND_MS : null,
      })),
    );
    const toMark = { p50Ms: 1, p95Ms: 1, maxMs: 1 };
    const toAcceptance = { p50Ms: 20_000, p95Ms: 38_000, maxMs: 40_000 };
    expect(await queue.latencies(0)).toEqual([
      { day: '2026-11-20', source: 'sweep', changes: 100, accepted: 40, toMark, toAcceptance },
    ]);
    expect(await queue.latencies(dayMs + 86_400_000)).toEqual([]);
  });

  it('is forgotten when its time is over', async () => {
    await mark({ source: 'sweep' });
    await claim(1);
    await end();
    await queue.forgetLatencies(clock.nowMs());
    expect(await latencies()).toHaveLength(1);
    await queue.forgetLatencies(clock.nowMs() + 1);
    expect(await latencies()).toEqual([]);
  });
});
