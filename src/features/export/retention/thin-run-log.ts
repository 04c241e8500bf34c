import type { Archive } from '../../reports/archive.js';
import { CompressedTextFile } from '../../reports/compressed-text-file.js';
import { isQuiet, logTexts } from '../run/run-log.js';

const LINES_PER_DRAIN = 1_000;

/** A log just shortened. */
export interface ThinnedLog {
  readonly lines: number;
  /** Uncompressed. */
  readonly bytes: number;
}

/**
 * Rewrites a run's log without the lines of items of which nothing went and against which nothing stood; the new one takes the place of
 * the old one at once, so that a crash at any moment leaves one of them, whole.
 *
 * @throws ArchivedFileMissing, DiskFull; then the log is as it was
 */
export async function thinRunLog(archive: Archive, path: string): Promise<ThinnedLog> {
  const beside = `${path}.new`;
  // Before anything is made beside it: its folder may be missing too.
  await archive.assertKept(path);
  try {
    const thinned = await writeTelling(archive, path, beside);
    await archive.replace(path, { by: beside });
    return thinned;
  } catch (error) {
    await archive.remove(beside);
    throw error;
  }
}

async function writeTelling(archive: Archive, path: string, beside: string): Promise<ThinnedLog> {
  const file = new CompressedTextFile(archive.absolute(beside));
  let lines = 0;
  try {
    for await (const text of logTexts(archive, path)) {
      if (isQuiet(text)) continue;
      lines += 1;
      file.append(`${text}\n`);
      if (lines % LINES_PER_DRAIN === 0) await file.drain();
    }
  } finally {
    await file.close();
  }
  return { lines, bytes: file.bytes };
}
