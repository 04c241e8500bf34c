import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import { defineError } from '../../../src/core/errors.js';
import { silentLogger } from '../../../src/core/logger.js';
import { projectRoot } from '../../../src/core/project-root.js';
import { LockStore } from '../../../src/db/lock-store.js';
import type { ScheduledTask, TaskContext } from '../../../src/scheduler/define-task.js';
import { runTask, type TaskSurroundings } from '../../../src/scheduler/run-task.js';
import { TaskRunStore } from '../../../src/scheduler/task-run-store.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const FAST = { ttlMs: 1_500, renewEveryMs: 20 };

/** Lets a test decide when a task goes on. */
function gate(): { opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** Ends as soon as its signal is aborted, as a well-written task does. */
const untilAborted = ({ signal }: TaskContext) =>
  new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

describeEachDatabase('A task run', (_name, open) => {
  let database: TestDatabase;
  let locks: LockStore;
  let diary: TaskRunStore;
  let surroundings: TaskSurroundings;
  let id = '';
  let count = 0;
  beforeAll(async () => {
    database = await open();
    locks = new LockStore(database.db);
    diary = new TaskRunStore(database.db);
    surroundings = { db: database.db, clock: systemClock, logger: silentLogger, lockTimes: FAST };
  });
  afterAll(() => database.drop());
  beforeEach(() => {
    count += 1;
    id = `task-${count}`;
  });

  const task = (run: ScheduledTask['run'], timeoutMs = 60_000): ScheduledTask => ({
    id,
    description: 'Made by a test.',
    schedule: '* * * * *',
    timeoutMs,
    run,
  });
  const runs = () => diary.list({ task: id, limit: 10 });

  it('is written down with its result, and frees its lock', async () => {
    const outcome = await runTask(
      task(async () => 'Sent 3 offers.'),
      surroundings,
    );
    expect(outcome).toMatchObject({ status: 'done', result: 'Sent 3 offers.', error: null });
    const [run, ...others] = await runs();
    expect(others).toEqual([]);
    expect(run).toMatchObject({ id: outcome.taskRunId, task: id, status: 'done', result: 'Sent 3 offers.' });
    expect(run?.endedAtMs).toBeGreaterThanOrEqual(run?.startedAtMs ?? Number.NaN);
    expect(await locks.holder(`task:${id}`)).toBeNull();
  });

  it('that fails keeps its reason, and the next one runs', async () => {
    const Broken = defineError('BROKEN_IN_TEST', 500, 'Expected a shop, got none.');
    const outcome = await runTask(
      task(() => Promise.reject(new Broken({}))),
      surroundings,
    );
    expect(outcome).toMatchObject({
      status: 'failed',
      result: 'Expected a shop, got none.',
      error: expect.any(Broken),
    });
    expect(await runs()).toMatchObject([{ status: 'failed', result: 'Expected a shop, got none.' }]);
    expect(
      await runTask(
        task(async () => 'ok'),
        surroundings,
      ),
    ).toMatchObject({ status: 'done' });
  });

  it('goes on alone when several are started at once', async () => {
    const { opened, open: finish } = gate();
    let entered = 0;
    const one = task(async () => {
      entered += 1;
      await opened;
      return 'done';
    });
    const started = Array.from({ length: 4 }, () => runTask(one, surroundings));
    await vi.waitFor(async () => expect((await runs()).filter(({ status }) => status === 'skipped')).toHaveLength(3));
    finish();
    const statuses = (await Promise.all(started)).map(({ status }) => status);
    expect(statuses.sort()).toEqual(['done', 'skipped', 'skipped', 'skipped']);
    expect(entered).toBe(1);
    expect(await runs()).toContainEqual(
      expect.objectContaining({ status: 'skipped', result: expect.stringMatching(/^Another run is under way/) }),
    );
  });

  it('keeps its lock beyond the time for which it was taken', async () => {
    const { opened, open: finish } = gate();
    const running = runTask(
      task(async () => {
        await opened;
        return 'done';
      }),
      surroundings,
    );
    const first = await vi.waitUntil(() => locks.holder(`task:${id}`));
    await vi.waitUntil(async () => {
      const state = await locks.holder(`task:${id}`);
      return state !== null && state.expiresAtMs > first.expiresAtMs + FAST.ttlMs;
    }, 10_000);
    expect(
      await runTask(
        task(async () => 'second'),
        surroundings,
      ),
    ).toMatchObject({ status: 'skipped' });
    finish();
    expect(await running).toMatchObject({ status: 'done' });
  });

  it('that is over its time is told so, and keeps its lock until it has really ended', async () => {
    const { opened, open: finish } = gate();
    const told = gate();
    const slow = task(async ({ signal }) => {
      signal.addEventListener('abort', told.open);
      await opened;
      return 'Sent the rest.';
    }, 20);
    const running = runTask(slow, surroundings);
    await told.opened;
    await vi.waitFor(async () => expect(await runs()).toMatchObject([{ status: 'timed-out', endedAtMs: null }]));
    expect(await runTask(slow, surroundings)).toMatchObject({ status: 'skipped' });
    finish();
    const result = 'It was told to end after its limit of 20 ms. Sent the rest.';
    expect(await running).toMatchObject({ status: 'timed-out', result });
    expect((await runs()).at(-1)).toMatchObject({ status: 'timed-out', result, endedAtMs: expect.any(Number) });
    expect(
      await runTask(
        task(async () => 'next'),
        surroundings,
      ),
    ).toMatchObject({ status: 'done' });
  });

  it('that ends at once when its time is over is timed out, not failed', async () => {
    expect(await runTask(task(untilAborted, 20), surroundings)).toMatchObject({
      status: 'timed-out',
      result: 'It was told to end after its limit of 20 ms.',
    });
  });

  it('ends when the service stops', async () => {
    const stop = new AbortController();
    const running = runTask(task(untilAborted), surroundings, stop.signal);
    await vi.waitFor(async () => expect(await runs()).toMatchObject([{ status: 'running' }]));
    stop.abort(new Error('The service is stopping.'));
    expect(await running).toMatchObject({ status: 'interrupted', result: 'The service is stopping.' });
  });

  it('that lost its lock is told so, writes nothing more under it, and leaves the new owner alone', async () => {
    let late: TaskContext | undefined;
    const running = runTask(
      task((context) => {
        late = context;
        return untilAborted(context);
      }),
      { ...surroundings, lockTimes: { ttlMs: 60_000, renewEveryMs: 20 } },
    );
    await vi.waitUntil(() => late);
    // As if this process had slept: its lock has expired and another one has taken it.
    await database
      .db('lock')
      .where({ name: `task:${id}` })
      .update({ expires_at_ms: 0 });
    const taken = await locks.acquire(`task:${id}`, 'other process');
    expect(taken).toMatchObject({ owner: 'other process' });
    expect(await running).toMatchObject({ status: 'interrupted', error: { code: 'LOCK_LOST' } });
    const writing = database.db.transaction(async (trx) => {
      if (late !== undefined) await new LockStore(database.db).confirm(late.lock, trx);
    });
    await expect(writing).rejects.toMatchObject({ code: 'LOCK_LOST' });
    expect(await locks.holder(`task:${id}`)).toMatchObject({ owner: 'other process' });
  });

  it('that cannot renew its lock for its whole time is told that it may be lost', async () => {
    const rename = (from: string, to: string) => database.db.schema.renameTable(from, to);
    const running = runTask(
      task(async (context) => {
        await rename('lock', 'lock_away');
        try {
          return await untilAborted(context);
        } finally {
          await rename('lock_away', 'lock');
        }
      }),
      { ...surroundings, lockTimes: { ttlMs: 200, renewEveryMs: 20 } },
    );
    expect(await running).toMatchObject({ status: 'interrupted', error: { code: 'LOCK_LOST' } });
  });

  it('whose process was killed is taken over once its lock has expired, and closed in the diary', async () => {
    id = 'endless';
    const script = new URL('./endless-task-process.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, ['--import', 'tsx', script, database.url], {
      cwd: projectRoot(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [said] = await once(child.stdout, 'data');
      expect(String(said)).toBe('running\n');
      expect(
        await runTask(
          task(async () => 'too early'),
          surroundings,
        ),
      ).toMatchObject({ status: 'skipped' });
    } finally {
      child.kill('SIGKILL');
    }
    const outcome = await vi.waitUntil(async () => {
      const next = await runTask(
        task(async () => 'Took over.'),
        surroundings,
      );
      return next.status === 'done' && next;
    }, 10_000);
    expect(outcome).toMatchObject({ result: 'Took over.' });
    const dead = (await diary.list({ task: id, limit: 1_000 })).at(-1);
    expect(dead).toMatchObject({
      status: 'interrupted',
      result: 'Its process ended without a word.',
      endedAtMs: expect.any(Number),
    });
  });

  it('removes what is older than 90 days from its diary', async () => {
    const long = {
      task: id,
      status: 'done',
      owner: 'x',
      startedAtMs: Date.now() - 91 * 86_400_000,
      result: '',
    } as const;
    await diary.add(long);
    await diary.add({ ...long, task: 'of-another-task' });
    await runTask(
      task(async () => 'new'),
      surroundings,
    );
    expect(await runs()).toMatchObject([{ result: 'new' }]);
    expect(await diary.list({ task: 'of-another-task', limit: 10 })).toHaveLength(1);
  });
});
