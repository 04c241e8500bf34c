import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import { silentLogger } from '../../../src/core/logger.js';
import { CronRunner } from '../../../src/scheduler/cron-runner.js';
import { defineTask, type TaskContext } from '../../../src/scheduler/define-task.js';
import { TaskRunStore } from '../../../src/scheduler/task-run-store.js';
import { openTestDatabase, type TestDatabase } from '../../support/test-databases.js';

const MINUTE_MS = 60_000;
const START = Date.parse('2026-11-21T10:00:30Z');

describe('The cron runner', () => {
  let database: TestDatabase;
  let runner: CronRunner;
  let started = 0;
  let finish: () => void = () => undefined;
  let context: TaskContext | undefined;

  const task = defineTask({
    id: 'every-minute',
    description: 'Waits until the test lets it go.',
    schedule: '* * * * *',
    timeoutMs: 3_600_000,
    run: (given) => {
      context = given;
      started += 1;
      return new Promise((resolve) => {
        finish = () => resolve('done');
      });
    },
  });
  const runnerOn = (db: TestDatabase['db']) => new CronRunner([task], { db, clock: systemClock, logger: silentLogger });
  const statuses = async () =>
    (await new TaskRunStore(database.db).list({ limit: 10 })).map(({ status }) => status).reverse();

  beforeEach(async () => {
    database = await openTestDatabase('SQLite');
    // Only what the schedule is made of: the database and its pool keep real time.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: START });
    started = 0;
    context = undefined;
    runner = runnerOn(database.db);
    await runner.start();
  });
  afterEach(async () => {
    const stopped = runner.stop();
    finish();
    await stopped;
    vi.useRealTimers();
    await database.drop();
  });

  const passMinutes = async (minutes: number) => {
    await vi.advanceTimersByTimeAsync(minutes * MINUTE_MS);
  };

  it('starts a task when its time has come, and knows when that is', async () => {
    expect(runner.nextRunAtMs('every-minute')).toBe(Date.parse('2026-11-21T10:01:00Z'));
    expect(runner.nextRunAtMs('unknown')).toBeNull();
    expect(started).toBe(0);
    await passMinutes(1);
    await expect.poll(() => started).toBe(1);
    finish();
    await expect.poll(statuses).toEqual(['done']);
    await passMinutes(1);
    await expect.poll(() => started).toBe(2);
  });

  it('leaves out times at which the run before has not ended', async () => {
    await passMinutes(1);
    await expect.poll(() => started).toBe(1);
    await passMinutes(5);
    expect(await statuses()).toEqual(['running']);
    finish();
    await expect.poll(statuses).toEqual(['done']);
    await passMinutes(1);
    await expect.poll(statuses).toEqual(['done', 'running']);
  });

  it('shares the work with a second service on the same database', async () => {
    const second = runnerOn(database.db);
    await second.start();
    await passMinutes(1);
    await expect.poll(async () => (await statuses()).sort()).toEqual(['running', 'skipped']);
    expect(started).toBe(1);
    finish();
    await second.stop();
  });

  it('stops without starting more and waits for what is under way', async () => {
    await passMinutes(1);
    await expect.poll(() => started).toBe(1);
    const stopped = vi.fn();
    const stopping = runner.stop().then(stopped);
    await passMinutes(0.1);
    expect(stopped).not.toHaveBeenCalled();
    expect(context?.signal.aborted).toBe(false);
    finish();
    await stopping;
    expect(await statuses()).toEqual(['done']);
    await passMinutes(3);
    expect(started).toBe(1);
  });

  it('tells a run that does not finish in time to end', async () => {
    await passMinutes(1);
    await expect.poll(() => started).toBe(1);
    const stopping = runner.stop(10_000);
    await passMinutes(0.2);
    expect(context?.signal.reason).toMatchObject({ message: 'The service is stopping.' });
    finish();
    await stopping;
  });

  it('goes on after a tick at which the database did not answer', async () => {
    const rename = (from: string, to: string) => database.db.schema.renameTable(from, to);
    await rename('lock', 'lock_away');
    await passMinutes(1);
    expect(started).toBe(0);
    await rename('lock_away', 'lock');
    await passMinutes(1);
    await expect.poll(() => started).toBe(1);
  });
});
