import { defineError } from '../../core/errors.js';
import type { Feed } from './feed.js';

export const FileRemoved = defineError<{ what: string; atMs: number }>(
  'FILE_REMOVED',
  410,
  ({ what, atMs }) =>
    `${what} was removed from the archive on ${new Date(atMs).toISOString().slice(0, 10)}: its time was over ("feedbridge settings list" shows how long files are kept), or the disk was nearly full. What was sent and what Amazon said of it stays in the history.`,
);

/**
 * The path of a feed's document, relative to the data folder.
 *
 * @throws FileRemoved
 */
export function keptDocument({ id, documentPath, removedAtMs }: Feed): string {
  if (removedAtMs !== null) throw new FileRemoved({ what: `The document of feed ${id}`, atMs: removedAtMs });
  return documentPath;
}

/**
 * The path of Amazon's answer to a feed; null while there is none.
 *
 * @throws FileRemoved
 */
export function keptAnswer({ id, status, resultPath, removedAtMs }: Feed): string | null {
  // One that failed never was at Amazon, so there was no answer either.
  if (removedAtMs !== null && status !== 'failed')
    throw new FileRemoved({ what: `Amazon's answer to feed ${id}`, atMs: removedAtMs });
  return resultPath;
}
