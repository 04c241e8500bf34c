import type { Db } from '../../../db/open-database.js';
import type { RunDocument, RunStatus } from '../run/run.js';

type RetentionRow = Record<string, string | number | null>;

/** A file of a run whose time is over. */
export interface OverdueLog {
  readonly runId: number;
  /** Relative to the data folder. */
  readonly path: string;
}

/** A display whose documents' time is over. */
export interface OverdueDisplay {
  readonly runId: number;
  readonly paths: readonly string[];
}

/** What a run owns in the archive, beside the documents of its feeds. */
export interface RunFiles {
  readonly status: RunStatus;
  readonly createdAtMs: number;
  readonly paths: ReadonlySet<string>;
}

/** Which rows a page begins after; rows of runs under way are in none. */
export interface OverdueFilter {
  readonly beforeMs: number;
  readonly afterRunId: number;
}

const RUNS_PER_PAGE = 200;

/** The tables `run` and `run_log`, as far as the files of runs are kept or removed. */
export class RetentionStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Logs of runs begun before an instant that are kept; with `whole` only those that were not thinned yet. */
  async logs(filter: OverdueFilter, { whole }: { readonly whole: boolean }): Promise<readonly OverdueLog[]> {
    const query = this.#db('run_log')
      .join('run', 'run.id', 'run_log.run_id')
      .whereNull('run_log.removed_at_ms')
      .where('run.created_at_ms', '<', filter.beforeMs)
      .whereNot('run.status', 'running')
      .where('run_log.run_id', '>', filter.afterRunId)
      .orderBy('run_log.run_id')
      .limit(RUNS_PER_PAGE);
    if (whole) query.whereNull('run_log.thinned_at_ms');
    const rows: RetentionRow[] = await query.select('run_log.run_id', 'run_log.path');
    return rows.map((row) => ({ runId: Number(row.run_id), path: String(row.path) }));
  }

  async logsRemoved(runIds: readonly number[], nowMs: number): Promise<void> {
    await this.#db('run_log')
      .whereIn('run_id', [...runIds])
      .update({ removed_at_ms: nowMs });
  }

  /** @param figures of the shortened log; left out = there was nothing to leave out */
  async logThinned(
    runId: number,
    nowMs: number,
    figures: { readonly lines?: number; readonly bytes?: number },
  ): Promise<void> {
    await this.#db('run_log')
      .where({ run_id: runId })
      .update({ ...figures, thinned_at_ms: nowMs });
  }

  async displays({ beforeMs, afterRunId }: OverdueFilter): Promise<readonly OverdueDisplay[]> {
    const rows: RetentionRow[] = await this.#db('run')
      .where({ mode: 'display' })
      .whereNull('documents_removed_at_ms')
      .where('created_at_ms', '<', beforeMs)
      .whereNot('status', 'running')
      .where('id', '>', afterRunId)
      .orderBy('id')
      .limit(RUNS_PER_PAGE)
      .select('id', 'totals');
    return rows.map((row) => ({ runId: Number(row.id), paths: pathsOf(row) }));
  }

  async documentsRemoved(runIds: readonly number[], nowMs: number): Promise<void> {
    await this.#db('run')
      .whereIn('id', [...runIds])
      .update({ documents_removed_at_ms: nowMs });
  }

  /** What these runs own; unknown ones are left out. */
  async filesOf(runIds: readonly number[]): Promise<ReadonlyMap<number, RunFiles>> {
    const rows: RetentionRow[] = await this.#db('run')
      .leftJoin('run_log', 'run_log.run_id', 'run.id')
      .whereIn('run.id', [...runIds])
      .select('run.id', 'run.status', 'run.created_at_ms', 'run.totals', 'run.documents_removed_at_ms')
      .select('run_log.path', 'run_log.removed_at_ms');
    return new Map(
      rows.map((row) => {
        const paths = new Set(row.documents_removed_at_ms === null ? pathsOf(row) : []);
        if (row.path !== null && row.removed_at_ms === null) paths.add(String(row.path));
        return [Number(row.id), { status: row.status as RunStatus, createdAtMs: Number(row.created_at_ms), paths }];
      }),
    );
  }
}

function pathsOf(row: RetentionRow): readonly string[] {
  const { documents = [] } = JSON.parse(String(row.totals)) as { documents?: readonly RunDocument[] };
  return documents.map((one) => one.path);
}
