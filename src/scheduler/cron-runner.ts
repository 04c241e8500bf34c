import { type ScheduledTask as CronTask, createTask } from 'node-cron';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { translateDatabaseError } from '../db/db-errors.js';
import type { ScheduledTask } from './define-task.js';
import { runTask, type TaskSurroundings } from './run-task.js';
import { TaskWaking } from './task-waking.js';

/** How long `stop` lets runs finish before it tells them to end. */
const STOP_GRACE_MS = 10_000;

/** Starts tasks by their schedules inside the service; several services on one database share the work by the tasks' locks. */
export class CronRunner {
  readonly #tasks: readonly ScheduledTask[];
  readonly #surroundings: TaskSurroundings;
  readonly #stopping = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #crons: readonly CronTask[] = [];
  #wakings: readonly TaskWaking[] = [];

  constructor(tasks: readonly ScheduledTask[], surroundings: TaskSurroundings) {
    this.#tasks = tasks;
    this.#surroundings = surroundings;
  }

  /** Begins to watch the clock; nothing runs before its time has come. */
  async start(): Promise<void> {
    this.#crons = this.#tasks.map((task) => this.#schedule(task));
    for (const cron of this.#crons) await cron.start();
    this.#wakings = this.#tasks.flatMap((task) => {
      const { wakesAtMs } = task;
      if (wakesAtMs === undefined) return [];
      const logger = this.#surroundings.logger.child({ task: task.id });
      return new TaskWaking({
        ...{ wakesAtMs: () => wakesAtMs.call(task), nextRunAtMs: () => this.nextRunAtMs(task.id) },
        ...{ run: () => this.#track(this.#run(task, logger)), clock: this.#surroundings.clock, logger },
      });
    });
    for (const waking of this.#wakings) waking.start();
  }

  /** When a task runs next, epoch milliseconds; null when it is not scheduled here. */
  nextRunAtMs(taskId: string): number | null {
    const index = this.#tasks.findIndex((task) => task.id === taskId);
    return this.#crons[index]?.getNextRun()?.getTime() ?? null;
  }

  /**
   * Starts nothing more and waits for what is under way.
   *
   * @param graceMs after this long the runs' signals are aborted (default 10,000); their real end is waited for all the same
   */
  async stop(graceMs = STOP_GRACE_MS): Promise<void> {
    for (const cron of this.#crons) await cron.destroy();
    this.#crons = [];
    for (const waking of this.#wakings) await waking.stop();
    this.#wakings = [];
    const patience = setTimeout(() => this.#stopping.abort(new Error('The service is stopping.')), graceMs);
    await Promise.all(this.#underWay);
    clearTimeout(patience);
  }

  #schedule(task: ScheduledTask): CronTask {
    const logger = this.#surroundings.logger.child({ task: task.id });
    const run = () => this.#track(this.#run(task, logger));
    return createTask(task.schedule, run, {
      name: task.id,
      timezone: 'UTC',
      noOverlap: true,
      logger: cronLogger(logger),
    });
  }

  #track(running: Promise<void>): Promise<void> {
    this.#underWay.add(running);
    return running.finally(() => this.#underWay.delete(running));
  }

  async #run(task: ScheduledTask, logger: Logger): Promise<void> {
    try {
      await runTask(task, this.#surroundings, this.#stopping.signal);
    } catch (error) {
      // The database did not answer. The next tick tries again.
      const reason = messageOf(translateDatabaseError(error, 'of Feedbridge'));
      logger.warn('Task could not be started, or its end not be noted', { reason });
    }
  }
}

/** Times missed or overlapping: the next one does the work. */
function cronLogger(logger: Logger) {
  const warn = (message: string | Error) => logger.warn('Cron says', { reason: messageOf(message) });
  const info = (message: string | Error) => logger.debug('Cron says', { reason: messageOf(message) });
  return { warn, error: warn, info, debug: info };
}
