import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type HeldLock, LockStore } from '../../../../src/db/lock-store.js';
import type { Db } from '../../../../src/db/open-database.js';
import type { AccountService } from '../../../../src/features/accounts/account-service.js';
import type { NewLine } from '../../../../src/features/export/guard/hold.js';
import { HoldDecisions } from '../../../../src/features/export/guard/hold-decisions.js';
import { HoldStore } from '../../../../src/features/export/guard/hold-store.js';
import { Journal } from '../../../../src/features/journal/journal.js';
import { ERASED_OFFER } from '../../../../src/features/listings/listing-service.js';
import { QueueService } from '../../../../src/features/queue/queue-service.js';
import { Audit } from '../../../../src/features/users/audit.js';
import { HandClock } from '../../../support/hand-clock.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const ACCOUNT = 7;
const FR = 3;
const LINES = 2_345;

const lineOf = (index: number): NewLine => ({
  ...{ sku: `S-${String(index).padStart(5, '0')}`, marketplaceId: 0, part: 'quantity', shopId: 1 },
  ...{ productId: index + 1, isDeletion: false, value: '0', valueBefore: '5' },
});

describeEachDatabase('A decision about more lines than a page holds', (_name, open) => {
  let database: TestDatabase;
  let db: Db;
  let lock: HeldLock;
  let runId = 0;
  const clock = new HandClock();
  beforeAll(async () => {
    database = await open();
    db = database.db;
    const held = await new LockStore(db).acquire('export', 'test');
    if (held === null) throw new Error('Expected the lock to be free.');
    lock = held;
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    for (const table of ['queue', 'held_line', 'hold', 'audit']) await db(table).delete();
    runId += 1;
    await db.transaction(async (transaction) => {
      const holds = new HoldStore(transaction);
      const hold = { runId, accountId: ACCOUNT, kind: 'zeroed', lines: LINES, goesAtMs: 5, nowMs: 0 } as const;
      const { id } = await holds.add(hold);
      await holds.putLines(
        ACCOUNT,
        id,
        Array.from({ length: LINES }, (__, index) => lineOf(index)),
      );
    });
  });

  /** @param marksBefore after so many pages the queue's database is gone; left out = it never is */
  const decisions = (marksBefore = Number.POSITIVE_INFINITY) => {
    let marks = 0;
    class BreakingQueue extends QueueService {
      override on(transaction: Db): QueueService {
        return new BreakingQueue(transaction, clock);
      }
      override mark(...given: Parameters<QueueService['mark']>): Promise<number> {
        marks += 1;
        if (marks > marksBefore) throw new Error('broken off');
        return super.mark(...given);
      }
    }
    const marketplaces = () => Promise.resolve([{ id: FR, shopId: 1, active: true }]);
    const accounts = { on: () => accounts, marketplaces } as unknown as AccountService;
    const locks = new LockStore(db);
    const audit = new Audit(db, clock);
    const queue = new BreakingQueue(db, clock);
    return new HoldDecisions(db, { clock, locks, accounts, queue, journal: new Journal(db, clock), audit });
  };
  const counts = async () => {
    const [queued] = await db('queue').count({ count: '*' });
    const lines: Record<string, string | number>[] = await db('held_line')
      .groupBy('state')
      .select('state')
      .count({ count: '*' });
    const states = Object.fromEntries(lines.map(({ state, count }) => [state, Number(count)]));
    const hold = await db('hold').where({ run_id: runId }).first('state');
    return { queued: Number(queued?.count), ...states, hold: hold?.state };
  };

  it('keeps what a broken-off release has let go, holds the rest, and a second release ends it', async () => {
    await expect(decisions(1).release(runId, { by: 'anna', lock })).rejects.toThrow('broken off');
    expect(await counts()).toEqual({ queued: 1_000, released: 1_000, held: LINES - 1_000, hold: 'held' });
    await decisions().release(runId, { by: 'anna', lock });
    expect(await counts()).toEqual({ queued: LINES, released: LINES, hold: 'released' });
    await expect(decisions().release(runId, { by: 'anna', lock })).rejects.toThrow('nothing is');
  });

  it('lets go what nobody decided in time, once', async () => {
    await decisions().releaseDue(ACCOUNT, lock);
    await decisions().releaseDue(ACCOUNT, lock);
    expect(await counts()).toEqual({ queued: LINES, released: LINES, hold: 'released' });
    expect(await new Journal(db, clock).list({ code: 'guard-released', limit: 9 })).toHaveLength(1);
  });

  it('discards every line and marks nothing', async () => {
    await decisions().discard(runId, { by: 'anna', lock });
    expect(await counts()).toEqual({ queued: 0, hold: 'discarded' });
  });

  it('writes on what it releases that it is erased, and on what it discards that it is not', async () => {
    const taken = (index: number): NewLine => ({
      ...{ ...lineOf(index), marketplaceId: FR, part: 'offer', isDeletion: true, value: ERASED_OFFER },
    });
    const queue = new QueueService(db, clock);
    const erasures = async () => db('queue').where({ action: 'delete', erase: 1 }).orderBy('sku').pluck('sku');
    const hold = async (lines: readonly NewLine[]) => {
      runId += 1;
      const holds = new HoldStore(db);
      const { id } = await holds.add({
        ...{ runId, accountId: ACCOUNT, kind: 'erased' },
        ...{ lines: lines.length, goesAtMs: null, nowMs: 0 },
      });
      await holds.putLines(ACCOUNT, id, lines);
    };
    await hold([taken(0), taken(1), { ...lineOf(2), isDeletion: true }]);
    await decisions().release(runId, { by: 'anna', lock });
    expect(await erasures()).toEqual([taken(0).sku, taken(1).sku]);
    await hold([taken(1)]);
    await decisions().discard(runId, { by: 'anna', lock });
    expect(await erasures()).toEqual([taken(0).sku]);
    // A first send keeps back whatever waits.
    runId += 1;
    const first = { runId, accountId: ACCOUNT, kind: 'first-send', lines: 0, goesAtMs: null, nowMs: 0 } as const;
    await new HoldStore(db).add(first);
    await queue.askErasures({ marketplaceIds: [FR] });
    await decisions().discard(runId, { by: 'anna', lock });
    expect(await erasures()).toEqual([]);
  });
});
