import type { Db } from '../../../db/open-database.js';
import { type ExportOptions, exportOptionsSchema } from '../export-options.js';
import { noTotals, type Run, type RunMode, type RunStatus, type RunTotals } from './run.js';

type RunTableRow = Record<string, string | number | null>;

export interface NewRun {
  readonly mode: RunMode;
  readonly options: ExportOptions;
  readonly requestedBy: string;
  /** The process. */
  readonly owner: string;
  readonly nowMs: number;
}

/** The log of a run, as far as it is kept. */
export interface KeptLog {
  readonly runId: number;
  /** Relative to the data folder. */
  readonly path: string;
  readonly lines: number;
  /** When it was removed; null = it is kept. */
  readonly removedAtMs: number | null;
  /** Since when it has lacked the lines of items of which nothing went and against which nothing stood; null = it is whole. */
  readonly thinnedAtMs: number | null;
}

/** Previews hold no lock; one that runs for longer than this has lost its process. */
const LONGEST_PREVIEW_MS = 24 * 3_600_000;

/** The tables `run` and `run_log`. */
export class RunStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  on(transaction: Db): RunStore {
    return new RunStore(transaction);
  }

  async create(run: NewRun): Promise<number> {
    const [id] = await this.#db('run').insert({
      kind: 'export',
      mode: run.mode,
      status: 'running',
      options: JSON.stringify(run.options),
      requested_by: run.requestedBy,
      owner: run.owner,
      created_at_ms: run.nowMs,
      totals: '{}',
      fault: '',
    });
    return Number(id);
  }

  async end(
    runId: number,
    result: { status: RunStatus; totals: RunTotals; fault: string; nowMs: number },
  ): Promise<void> {
    await this.#db('run')
      .where({ id: runId })
      .update({
        status: result.status,
        totals: JSON.stringify(result.totals),
        fault: result.fault,
        ended_at_ms: result.nowMs,
      });
  }

  /** Ends runs whose process is gone: whoever holds the export's lock knows that no other send can be running. */
  async interruptOthers(exceptRunId: number, nowMs: number): Promise<number> {
    return this.#db('run')
      .where({ status: 'running' })
      .whereNot({ id: exceptRunId })
      .andWhere((others) => others.where({ mode: 'send' }).orWhere('created_at_ms', '<', nowMs - LONGEST_PREVIEW_MS))
      .update(interrupted(nowMs));
  }

  /** Ends the runs of a process that has ended. */
  async interruptOf(owner: string, nowMs: number): Promise<void> {
    await this.#db('run').where({ status: 'running', owner }).update(interrupted(nowMs));
  }

  async find(runId: number): Promise<Run | null> {
    const row = await this.#db<RunTableRow>('run').where({ id: runId }).first();
    return row === undefined ? null : toRun(row);
  }

  /** Newest first. */
  async list(filter: { beforeId?: number; limit: number; status?: RunStatus }): Promise<readonly Run[]> {
    const query = this.#db<RunTableRow>('run').orderBy('id', 'desc').limit(filter.limit);
    if (filter.beforeId !== undefined) query.where('id', '<', filter.beforeId);
    if (filter.status !== undefined) query.where({ status: filter.status });
    return (await query).map(toRun);
  }

  /** @param log thinnedAtMs: set when it lacks the lines of unchanged items from the beginning */
  async saveLog(
    runId: number,
    { thinnedAtMs = null, ...log }: { path: string; lines: number; bytes: number; thinnedAtMs?: number | null },
  ): Promise<void> {
    await this.#db('run_log')
      .insert({ run_id: runId, ...log, thinned_at_ms: thinnedAtMs })
      .onConflict('run_id')
      .merge();
  }

  async findLog(runId: number): Promise<KeptLog | null> {
    const row = await this.#db<RunTableRow>('run_log').where({ run_id: runId }).first();
    return row === undefined ? null : toLog(row);
  }
}

function interrupted(nowMs: number) {
  const fault = 'Its process ended before it did; what it had claimed waits in the queue again.';
  return { status: 'interrupted', ended_at_ms: nowMs, fault };
}

function toLog(row: RunTableRow): KeptLog {
  const time = (name: string) => (row[name] === null || row[name] === undefined ? null : Number(row[name]));
  return {
    runId: Number(row.run_id),
    path: String(row.path),
    lines: Number(row.lines),
    removedAtMs: time('removed_at_ms'),
    thinnedAtMs: time('thinned_at_ms'),
  };
}

function toRun(row: RunTableRow): Run {
  const totals = { ...noTotals, ...(JSON.parse(String(row.totals)) as Partial<RunTotals>) };
  const removedAtMs = row.documents_removed_at_ms ?? null;
  const documents = totals.documents.map((one) => ({
    ...one,
    removedAtMs: removedAtMs === null ? null : Number(removedAtMs),
  }));
  return {
    id: Number(row.id),
    mode: row.mode as RunMode,
    status: row.status as RunStatus,
    options: exportOptionsSchema.parse(JSON.parse(String(row.options))),
    requestedBy: String(row.requested_by),
    createdAtMs: Number(row.created_at_ms),
    endedAtMs: row.ended_at_ms === null || row.ended_at_ms === undefined ? null : Number(row.ended_at_ms),
    totals: { ...totals, documents },
    fault: String(row.fault),
  };
}
