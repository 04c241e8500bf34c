import type { Db } from '../../../db/open-database.js';
import type { Archive } from '../../reports/archive.js';
import { FileRemoved } from '../../reports/kept-files.js';
import { isOfSku, type LineFilter, readRunLog } from './run-log.js';
import type { RunLogLine } from './run-log-line.js';
import { type KeptLog, RunStore } from './run-store.js';

/** Which lines of a run are wanted. */
export interface RunLogFilter extends LineFilter {
  /** Only lines of this SKU. */
  readonly sku?: string | undefined;
}

/**
 * Reads the log of a run line by line; nothing while there is no log, which is written down at the run's end.
 *
 * @throws FileRemoved, ArchivedFileMissing
 */
export async function* runLogLines(
  runId: number,
  { db, archive }: { readonly db: Db; readonly archive: Archive },
  { sku, ...filter }: RunLogFilter = {},
): AsyncGenerator<RunLogLine> {
  const log = await new RunStore(db).findLog(runId);
  if (log !== null)
    yield* readRunLog(archive, keptLog(log), sku === undefined ? filter : { ...filter, isWanted: isOfSku(sku) });
}

/**
 * The path of a log, relative to the data folder.
 *
 * @throws FileRemoved
 */
export function keptLog({ runId, path, removedAtMs }: KeptLog): string {
  if (removedAtMs !== null) throw new FileRemoved({ what: `The log of run ${runId}`, atMs: removedAtMs });
  return path;
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
