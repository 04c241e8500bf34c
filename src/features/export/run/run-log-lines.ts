import type { Db } from '../../../db/open-database.js';
import type { Archive } from '../../reports/archive.js';
import { isOfSku, type LineFilter, type RunLogLine, readRunLog } from './run-log.js';
import { RunStore } from './run-store.js';

/** Which lines of a run are wanted. */
export interface RunLogFilter extends LineFilter {
  /** Only lines of this SKU. */
  readonly sku?: string | undefined;
}

/**
 * Reads the log of a run line by line; nothing while there is no log, which is written down at the run's end.
 *
 * @throws ArchivedFileMissing
 */
export async function* runLogLines(
  runId: number,
  { db, archive }: { readonly db: Db; readonly archive: Archive },
  { sku, ...filter }: RunLogFilter = {},
): AsyncGenerator<RunLogLine> {
  const log = await new RunStore(db).findLog(runId);
  if (log !== null)
    yield* readRunLog(archive, log.path, sku === undefined ? filter : { ...filter, isWanted: isOfSku(sku) });
}

/** Keeps the first lines of a log, and reads no further. */
export async function takeLines(lines: AsyncIterable<RunLogLine>, limit: number): Promise<readonly RunLogLine[]> {
  const taken: RunLogLine[] = [];
  if (limit === 0) return taken;
  for await (const line of lines) {
    taken.push(line);
    if (taken.length >= limit) break;
  }
  return taken;
}
