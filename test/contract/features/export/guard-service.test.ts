import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HeldLock, LockStore } from '../../../../src/db/lock-store.js';
import type { Db } from '../../../../src/db/open-database.js';
import { noteOf } from '../../../../src/features/export/guard/batch-watch.js';
import { GuardService } from '../../../../src/features/export/guard/guard-service.js';
import type { NewLine } from '../../../../src/features/export/guard/hold.js';
import { HoldStore } from '../../../../src/features/export/guard/hold-store.js';
import { HoldViews } from '../../../../src/features/export/guard/hold-views.js';
import { Journal } from '../../../../src/features/journal/journal.js';
import { ListingService } from '../../../../src/features/listings/listing-service.js';
import { HandClock } from '../../../support/hand-clock.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const ACCOUNT = 7;
const FR = 3;

const zeroing = (sku: string, value = '0'): NewLine => ({
  sku,
  marketplaceId: 0,
  part: 'quantity',
  shopId: 1,
  productId: 11,
  isDeletion: false,
  value,
  valueBefore: '5',
});

describeEachDatabase('What the guard writes down', (_name, open) => {
  let database: TestDatabase;
  let db: Db;
  let lock: HeldLock;
  let guard: GuardService;
  let views: HoldViews;
  const clock = new HandClock();
  const run = (runId: number) => ({ runId, accountId: ACCOUNT, lock });
  beforeAll(async () => {
    database = await open();
    db = database.db;
    const locks = new LockStore(db);
    const held = await locks.acquire('export', 'test');
    if (held === null) throw new Error('Expected the lock to be free.');
    lock = held;
    const settings = { load: () => Promise.resolve({ get: () => 60 }) } as never;
    const listings = new ListingService(db);
    guard = new GuardService(db, { clock, locks, listings, journal: new Journal(db, clock), settings });
    views = new HoldViews(db);
  });
  afterAll(() => database.drop());

  const trip = (runId: number, skus: readonly string[]) =>
    guard.trip(
      [
        {
          count: { kind: 'zeroed', changes: skus.length, listings: 100 },
          lines: skus.map((sku) => zeroing(sku)),
          handovers: [],
        },
      ],
      run(runId),
    );
  const linesOf = async (skus: readonly string[]) =>
    (await guard.known(ACCOUNT, skus)).lines.map((line) => `${line.sku} ${line.value} ${line.state}`).sort();

  it('is held once, by the run that found it, with the time at which it goes by itself', async () => {
    expect(await guard.isQuiet(ACCOUNT)).toBe(true);
    await trip(1, ['A', 'B']);
    await trip(1, ['B', 'C']);
    const [hold, ...others] = await views.open([ACCOUNT]);
    expect(others).toEqual([]);
    expect(hold).toMatchObject({ runId: 1, kind: 'zeroed', heldNow: 3, goesAtMs: clock.nowMs() + 3_600_000 });
    expect(await linesOf(['A', 'B', 'C', 'D'])).toEqual(['A 0 held', 'B 0 held', 'C 0 held']);
    expect(await guard.isQuiet(ACCOUNT)).toBe(false);
  });

  it('keeps its place when its value is another, and its hold ends with its last line', async () => {
    const [hold] = await views.open([ACCOUNT]);
    const found = { kind: 'zeroed', line: zeroing('A', '0|3'), holdId: hold?.id ?? 0 } as const;
    await guard.record({ held: [found], lifted: [zeroing('B')] }, run(2));
    expect(await linesOf(['A', 'B', 'C'])).toEqual(['A 0|3 held', 'C 0 held']);
    expect((await views.open([ACCOUNT])).map((one) => one.runId)).toEqual([1]);
    await guard.record({ held: [], lifted: [zeroing('A'), zeroing('C')] }, run(2));
    expect(await views.open([ACCOUNT])).toEqual([]);
    expect((await views.ofRun(1)).map((one) => one.state)).toEqual(['gone']);
  });

  it('begins anew when its run finds more after it has ended: people are told, and have the whole time', async () => {
    clock.advance(7_200_000);
    const found = { kind: 'zeroed', line: zeroing('D'), holdId: null } as const;
    await guard.record({ held: [found], lifted: [] }, run(1));
    const goesAtMs = clock.nowMs() + 3_600_000;
    const [hold] = await views.open([ACCOUNT]);
    expect(hold).toMatchObject({ runId: 1, heldNow: 1, goesAtMs, decidedAtMs: null });
    clock.advance(60_000);
    await trip(1, ['E']);
    const told = await new Journal(db, clock).list({ code: 'guard-held', runId: 1, limit: 2 });
    expect(told.map(({ message }) => message.includes(new Date(goesAtMs).toISOString()))).toEqual([true, true]);
    await guard.record({ held: [], lifted: [zeroing('D'), zeroing('E')] }, run(1));
  });

  it('counts what has gone once, for a day, and not what a person had released', async () => {
    const goes = (sku: string, counts: boolean) => noteOf('zeroed', zeroing(sku), counts);
    await guard.handedOver(ACCOUNT, [goes('A', true), goes('B', true), goes('R', false)]);
    clock.advance(3_600_000);
    await guard.handedOver(ACCOUNT, [goes('B', true)]);
    expect(await guard.countGone(ACCOUNT, 'zeroed')).toBe(2);
    expect(await guard.countGone(ACCOUNT, 'price')).toBe(0);
    expect((await guard.known(ACCOUNT, ['A', 'B', 'R', 'X'])).gone).toHaveLength(3);
    clock.advance(23 * 3_600_000);
    expect(await guard.countGone(ACCOUNT, 'zeroed')).toBe(1);
    clock.advance(3_600_000);
    expect(await guard.countGone(ACCOUNT, 'zeroed')).toBe(0);
  });

  it('ends a line when its value goes', async () => {
    await trip(3, ['G', 'H']);
    await new HoldStore(db).releaseLines(ACCOUNT, [zeroing('G'), zeroing('H')]);
    await guard.handedOver(ACCOUNT, [noteOf('zeroed', zeroing('G'), false)]);
    expect(await linesOf(['G', 'H'])).toEqual(['H 0 released']);
  });

  it('shows a hold of any size line by line, in order', async () => {
    const skus = Array.from({ length: 2_345 }, (_, index) => `S-${String(index).padStart(5, '0')}`);
    await trip(4, skus);
    const hold = (await views.ofRun(4))[0];
    const seen: string[] = [];
    for await (const line of views.lines(hold?.id ?? 0)) seen.push(line.sku);
    expect(seen).toEqual(skus);
  });

  it('is measured against the listings that had stock before', async () => {
    const other = ACCOUNT + 1;
    const stock = ['7', '0', '0|2', '12|2', null];
    for (const [index, accepted] of stock.entries()) {
      const pool = { account_id: other, sku: `P${index}`, shop_id: 1, product_id: index, combination_id: 0 };
      const [id] = await db('pool_listing').insert({ ...pool, channel: 'DEFAULT', created_at_ms: 0 });
      await db('listing').insert({
        pool_listing_id: id,
        marketplace_id: FR,
        at_amazon: 1,
        create_intent: 0,
        asin: '',
        status: '',
      });
      const part = { pool_listing_id: id, marketplace_id: 0, part: 'quantity', state: 'accepted', tries: 0 };
      if (accepted !== null) await db('part').insert({ ...part, accepted_value: accepted, accepted_at_ms: 5 });
    }
    expect(await guard.countListings(other, 'zeroed')).toBe(2);
    expect(await guard.countListings(other, 'price')).toBe(2);
    await guard.handedOver(other, [noteOf('zeroed', zeroing('P0'), true), noteOf('zeroed', zeroing('P1'), true)]);
    expect(await guard.countListings(other, 'zeroed')).toBe(3);
    await db('part').where({ accepted_value: '12|2' }).update({ effective_value: '0', effective_at_ms: 9 });
    expect(await guard.countListings(other, 'zeroed')).toBe(2);
    await db('pool_listing').where({ account_id: other, sku: 'P4' }).update({ channel: 'AMAZON_EU' });
    expect(await guard.countListings(other, 'price')).toBe(2);
  });

  it('is nothing once the lock is lost', async () => {
    await new LockStore(db).release(lock);
    await expect(trip(9, ['Z'])).rejects.toThrow('lock');
    expect(await views.ofRun(9)).toEqual([]);
  });
});
