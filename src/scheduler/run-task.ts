import type { Clock } from '../core/clock.js';
import { isRetryable, messageOf } from '../core/errors.js';
import { randomId } from '../core/ids.js';
import type { Logger } from '../core/logger.js';
import { translateDatabaseError } from '../db/db-errors.js';
import { type HeldLock, LockLost, LockStore } from '../db/lock-store.js';
import type { Db } from '../db/open-database.js';
import type { ScheduledTask } from './define-task.js';
import { giveBackLock, keepLock, type LockTimes, TASK_LOCK_TIMES } from './keep-lock.js';
import { type TaskRunStatus, TaskRunStore } from './task-run-store.js';

/** Runs older than this leave the diary. */
const DIARY_MS = 90 * 24 * 3_600_000;

/** What a task needs around it. */
export interface TaskSurroundings {
  /**
   * For lock and diary, and the task's own handle as well. SQLite has one connection: a renewal there waits for the task's
   * transaction, so a transaction must stay shorter than the lock's `ttlMs`.
   */
  readonly db: Db;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The name of the process that runs it, for lock and diary; default: one of its own. */
  readonly owner?: string;
  /** Default: 60 s, renewed every 15 s. */
  readonly lockTimes?: LockTimes;
  /** Called in the transaction that writes the run into the diary, so that whoever asked for it is written down with it. */
  readonly onNoted?: (taskRunId: number, transaction: Db) => Promise<void>;
}

/** How a run came out. */
export interface TaskOutcome {
  readonly status: Exclude<TaskRunStatus, 'running'>;
  readonly taskRunId: number;
  /** One sentence: what was done, or why not. */
  readonly result: string;
  /** What the task threw; null when it threw nothing. */
  readonly error: unknown;
}

/**
 * Runs a task under its lock `task:ID` and writes it into the diary; never twice at once, on one machine or on many.
 *
 * After the time limit, when the lock is lost or when `stop` is aborted, the task's own signal is aborted; the lock is kept
 * until the task has really ended.
 *
 * @param stop ends the run early, for example because the service stops
 * @returns the outcome, of a failed task too; status `skipped` when another run holds the lock
 * @throws only what the database throws
 */
export async function runTask(
  task: ScheduledTask,
  surroundings: TaskSurroundings,
  stop?: AbortSignal,
): Promise<TaskOutcome> {
  const { db, clock, owner = randomId(), lockTimes = TASK_LOCK_TIMES } = surroundings;
  const locks = new LockStore(db);
  const diary = new TaskRunStore(db);
  const name = `task:${task.id}`;
  const startedAtMs = clock.nowMs();
  const lock = await locks.acquire(name, owner, { ttlMs: lockTimes.ttlMs });
  if (lock === null) {
    const result = `Another run is under way (${(await locks.holder(name))?.owner ?? 'ended this moment'}).`;
    const taskRunId = await note({ task: task.id, status: 'skipped', owner, startedAtMs, result }, surroundings);
    return { status: 'skipped', taskRunId, result, error: null };
  }
  try {
    await diary.closeAbandoned(task.id, 'Its process ended without a word.', startedAtMs);
    await diary.forget(task.id, startedAtMs - DIARY_MS);
    const begun = { task: task.id, status: 'running', owner, startedAtMs, result: '' } as const;
    const taskRunId = await note(begun, surroundings);
    const logger = surroundings.logger.child({ task: task.id, taskRun: taskRunId });
    const ending = await runUnderLock(task, { lock, locks, diary, taskRunId, lockTimes, logger }, stop);
    await diary.update(taskRunId, { ...ending, endedAtMs: clock.nowMs() });
    report(ending, logger);
    return { ...ending, taskRunId };
  } finally {
    await giveBackLock(locks, lock, { times: lockTimes, logger: surroundings.logger });
  }
}

function note(
  run: Parameters<TaskRunStore['add']>[0],
  { db, onNoted }: Pick<TaskSurroundings, 'db' | 'onNoted'>,
): Promise<number> {
  return db.transaction(async (transaction) => {
    const taskRunId = await new TaskRunStore(transaction).add(run);
    await onNoted?.(taskRunId, transaction);
    return taskRunId;
  });
}

interface RunParts {
  readonly lock: HeldLock;
  readonly locks: LockStore;
  readonly diary: TaskRunStore;
  readonly taskRunId: number;
  readonly lockTimes: LockTimes;
  readonly logger: Logger;
}

type Ending = Omit<TaskOutcome, 'taskRunId'>;

async function runUnderLock(task: ScheduledTask, parts: RunParts, stop?: AbortSignal): Promise<Ending> {
  const { lock, locks, lockTimes, logger } = parts;
  const own = new AbortController();
  const signal = stop === undefined ? own.signal : AbortSignal.any([own.signal, stop]);
  const kept = keepLock(locks, lock, { times: lockTimes, lost: (error) => own.abort(error), logger });
  const limit = startTimeLimit(task, parts, own);
  try {
    const result = await task.run({ signal, logger, lock });
    return describeEnding(signal, { result, error: null });
  } catch (thrown) {
    // The driver's own words tell nobody what to do, nor that trying again may help.
    const error = translateDatabaseError(thrown, 'of Feedbridge');
    return describeEnding(signal, { result: messageOf(error), error });
  } finally {
    await limit.stop();
    await kept.stop();
  }
}

class TimeLimitOver extends Error {}

/** Aborts the task when its time is over and says so in the diary at once: its end may take long. */
function startTimeLimit(task: ScheduledTask, parts: RunParts, abort: AbortController): { stop(): Promise<void> } {
  let noted: Promise<void> = Promise.resolve();
  const timer = setTimeout(() => {
    if (abort.signal.aborted) return;
    const over = new TimeLimitOver(`It was told to end after its limit of ${task.timeoutMs} ms.`);
    abort.abort(over);
    parts.logger.warn('Task is over its time limit', { timeoutMs: task.timeoutMs });
    noted = parts.diary
      .update(parts.taskRunId, { status: 'timed-out', result: over.message, endedAtMs: null })
      .catch((error: unknown) => parts.logger.warn('Task run could not be noted', { reason: messageOf(error) }));
  }, task.timeoutMs);
  return {
    stop: () => {
      clearTimeout(timer);
      return noted;
    },
  };
}

function describeEnding(signal: AbortSignal, { result, error }: { result: string; error: unknown }): Ending {
  const reason: unknown = signal.aborted ? signal.reason : null;
  if (reason instanceof TimeLimitOver) {
    const also = error === reason ? '' : ` ${result}`;
    return { status: 'timed-out', result: `${reason.message}${also}`, error };
  }
  if (reason instanceof LockLost) return { status: 'interrupted', result: reason.message, error };
  if (error === null) return { status: 'done', result, error };
  return { status: signal.aborted ? 'interrupted' : 'failed', result, error };
}

function report({ status, result, error }: Ending, logger: Logger): void {
  if (status === 'done') logger.info('Task done', { result });
  else if (status === 'failed' && !isRetryable(error)) logger.error('Task failed', { result });
  else logger.warn('Task did not finish', { status, result });
}
