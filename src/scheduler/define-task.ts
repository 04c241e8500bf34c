import { validate } from 'node-cron';
import { defineError } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { HeldLock } from '../db/lock-store.js';

/** What a running task gets. */
export interface TaskContext {
  /** Aborted when the time limit is over, the lock was lost, or the service stops: end at the next safe place. */
  readonly signal: AbortSignal;
  /** Carries the task and its run in every line. */
  readonly logger: Logger;
  /** The lock of this run. A transaction that writes an intent confirms it first, so that a late run writes nothing. */
  readonly lock: HeldLock;
}

/** Work that is done again and again: data, so that a list of tasks can be shown, scheduled and run by hand. */
export interface ScheduledTask {
  /** Kebab-case; also the name on the command line and the lock `task:ID`. */
  readonly id: string;
  /** One sentence for people. */
  readonly description: string;
  /** Cron expression of five fields, in UTC. */
  readonly schedule: string;
  /** After this long the signal is aborted; the lock stays until the run has really ended. */
  readonly timeoutMs: number;
  /**
   * When it should run besides its schedule, epoch milliseconds: asked after each of its runs and every few minutes. Null = no such time. Only
   * the service can wake by it; from a crontab the work is done at the next run.
   */
  wakesAtMs?(): Promise<number | null>;
  /** Does the work; must be safe to repeat. Returns one sentence on what was done. */
  run(context: TaskContext): Promise<string>;
}

export const InvalidTask = defineError<{ id: string; expected: string; received: string }>(
  'INVALID_TASK',
  500,
  ({ id, expected, received }) => `Task "${id}": expected ${expected}, got ${received}. Correct its definition.`,
);

/**
 * Checks a task when it is defined, so that a typing mistake in a schedule stops the start and not the night's work.
 *
 * @returns the same task
 * @throws InvalidTask
 */
export function defineTask(task: ScheduledTask): ScheduledTask {
  const { id, schedule, timeoutMs } = task;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    throw new InvalidTask({ id, expected: 'an id in kebab-case', received: JSON.stringify(id) });
  if (schedule.trim().split(/\s+/).length !== 5 || !validate(schedule))
    throw new InvalidTask({ id, expected: 'a cron schedule of five fields', received: JSON.stringify(schedule) });
  // Timers take no more than 2^31-1 ms; beyond it they fire at once.
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31))
    throw new InvalidTask({ id, expected: 'a time limit from 1 ms to 24 days', received: `${timeoutMs} ms` });
  return task;
}
