import { messageOf } from '../../../core/errors.js';
import type { Logger } from '../../../core/logger.js';
import { DiskFull } from '../../../db/db-errors.js';
import type { Db } from '../../../db/open-database.js';
import type { Archive } from '../../reports/archive.js';
import type { DiskWatch } from '../../reports/disk-watch.js';
import type { Run } from './run.js';
import { RunLog } from './run-log.js';
import { RunStore } from './run-store.js';

export interface RunLogParts {
  readonly db: Db;
  readonly archive: Archive;
  readonly disk: Pick<DiskWatch, 'isLow'>;
  readonly logger: Logger;
}

/** Opens the logs of runs, and keeps them at their end. */
export class RunLogs {
  readonly #on: RunLogParts;

  constructor(parts: RunLogParts) {
    this.#on = parts;
  }

  /** Begins the log of a run; on a nearly full disk it leaves out the lines of items of which nothing goes and against which nothing stands. */
  async open(run: Run): Promise<RunLog> {
    const { archive, disk } = this.#on;
    const leavesOutQuiet = await disk.isLow();
    try {
      const path = await archive.reserve('logs', `run-${run.id}.ndjson.gz`, run.createdAtMs);
      return new RunLog(archive, path, { leavesOutQuiet });
    } catch (error) {
      if (error instanceof DiskFull) return RunLog.unwritten(archive, error);
      throw error;
    }
  }

  /**
   * Keeps the log of a run that ends; one that cannot be kept, as on a full disk, is removed, and the run itself ends as it would.
   *
   * @returns what is to be said of it in the run's row; empty when it is kept
   */
  async keep(run: Run, log: RunLog): Promise<string> {
    const { db, logger } = this.#on;
    try {
      await log.close();
      const { path, lines, bytes } = log;
      await new RunStore(db).saveLog(run.id, {
        path,
        lines,
        bytes,
        thinnedAtMs: log.leavesOutQuiet ? run.createdAtMs : null,
      });
      return '';
    } catch (error) {
      logger.error('The log of a run could not be kept', { runId: run.id, reason: messageOf(error) });
      await this.#remove(run, log);
      return `Its log could not be kept: ${messageOf(error)}`;
    }
  }

  /** What cannot be removed now belongs to no run, and goes with the stray files; the run's own end must not wait for that. */
  async #remove(run: Run, { path }: RunLog): Promise<void> {
    const { archive, logger } = this.#on;
    if (path === '') return;
    await archive
      .remove(path)
      .catch((error: unknown) =>
        logger.warn('What there is of a log could not be removed', { runId: run.id, reason: messageOf(error) }),
      );
  }
}
