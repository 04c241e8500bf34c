import { createInterface } from 'node:readline';
import type { Db } from '../../../db/open-database.js';
import type { Archive } from '../../reports/archive.js';
import type { RunLogLine } from './run-log.js';
import { RunStore } from './run-store.js';

/**
 * Reads the log of a run line by line, once from start to end, so that a million lines need no memory; nothing while there is no log.
 *
 * @param only lines of this SKU
 * @throws ArchivedFileMissing
 */
export async function* runLogLines(
  runId: number,
  { db, archive }: { readonly db: Db; readonly archive: Archive },
  only: { readonly sku?: string | undefined } = {},
): AsyncGenerator<RunLogLine> {
  const log = await new RunStore(db).findLog(runId);
  if (log === null) return;
  const input = await archive.open(log.path);
  // Every line begins with its SKU: what is not wanted need not be parsed.
  const start = only.sku === undefined ? '' : `{"sku":${JSON.stringify(only.sku)},`;
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
      if (text.startsWith(start)) yield JSON.parse(text) as RunLogLine;
  } finally {
    input.destroy();
  }
}
