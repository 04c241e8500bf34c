import type { Db } from '../db/open-database.js';

export type TaskRunStatus = 'running' | 'done' | 'failed' | 'skipped' | 'timed-out' | 'interrupted';

/** One run of a task, as people see it. */
export interface TaskRun {
  readonly id: number;
  readonly task: string;
  readonly status: TaskRunStatus;
  /** The process that ran it. */
  readonly owner: string;
  readonly startedAtMs: number;
  /** Null while it has not really ended, also after its time limit. */
  readonly endedAtMs: number | null;
  /** One sentence: what was done, or why not. */
  readonly result: string;
}

interface TaskRunRow {
  readonly id: number;
  readonly task: string;
  readonly status: TaskRunStatus;
  readonly owner: string;
  readonly started_at_ms: number;
  readonly ended_at_ms: number | null;
  readonly result: string;
}

/** The diary of scheduled tasks, table `task_run`. */
export class TaskRunStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Writes down a run; one that is not running has ended at once. @returns its id */
  async add(run: Omit<TaskRun, 'id' | 'endedAtMs'>): Promise<number> {
    const [id] = await this.#db('task_run').insert({
      task: run.task,
      status: run.status,
      owner: run.owner,
      started_at_ms: run.startedAtMs,
      ended_at_ms: run.status === 'running' ? null : run.startedAtMs,
      result: run.result,
    });
    return Number(id);
  }

  /** Notes how a run goes or went; a run that has an end keeps it. */
  async update(id: number, change: { status: TaskRunStatus; result: string; endedAtMs: number | null }): Promise<void> {
    await this.#db('task_run')
      .where({ id })
      .whereNull('ended_at_ms')
      .update({ status: change.status, result: change.result, ended_at_ms: change.endedAtMs });
  }

  /** Closes the runs of a task that never told their end; only the holder of the task's lock may say so. */
  async closeAbandoned(task: string, result: string, endedAtMs: number): Promise<void> {
    await this.#db('task_run')
      .where({ task })
      .whereNull('ended_at_ms')
      .update({ status: 'interrupted', result, ended_at_ms: endedAtMs });
  }

  /** Removes the runs of a task that began before an instant. */
  async forget(task: string, beforeMs: number): Promise<void> {
    await this.#db('task_run').where({ task }).andWhere('started_at_ms', '<', beforeMs).delete();
  }

  /** Runs, newest first: of one task, or of all. */
  async list(query: { task?: string; limit: number }): Promise<readonly TaskRun[]> {
    const rows: readonly TaskRunRow[] = await this.#db('task_run')
      .where(query.task === undefined ? {} : { task: query.task })
      .orderBy('id', 'desc')
      .limit(query.limit);
    return rows.map((row) => ({
      id: Number(row.id),
      task: row.task,
      status: row.status,
      owner: row.owner,
      startedAtMs: Number(row.started_at_ms),
      endedAtMs: row.ended_at_ms === null ? null : Number(row.ended_at_ms),
      result: row.result,
    }));
  }
}
