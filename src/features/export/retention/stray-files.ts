import type { Db } from '../../../db/open-database.js';
import type { Archive, ArchiveKind } from '../../reports/archive.js';
import type { FeedFiles } from '../../reports/feed-files.js';
import { RetentionStore } from './retention-store.js';

export const DAY_MS = 24 * 3_600_000;
/** What stopped runs leave is found within this time; the whole archive is not looked through every day. */
const LOOKED_AT_MS = 14 * DAY_MS;

export interface StrayFileParts {
  readonly db: Db;
  readonly archive: Archive;
  readonly files: FeedFiles;
}

/** Which days are looked at. */
export interface StrayTimes {
  readonly nowMs: number;
  /** Files of days before this one should be gone. */
  readonly keptFromMs: number;
}

/**
 * Removes what stopped runs and cut-short removals left in the archive: files that no run and no feed owns, a day after they can have
 * been made, and the folders of days that are empty. A file of a run or feed that the database does not know is somebody else's and stays.
 *
 * @returns how many files were removed
 */
export async function removeStrayFiles(
  kind: ArchiveKind,
  { nowMs, keptFromMs }: StrayTimes,
  { on, signal }: { readonly on: StrayFileParts; readonly signal?: AbortSignal | undefined },
): Promise<number> {
  let removed = 0;
  for await (const { folder, startMs } of on.archive.days(kind)) {
    const isOld = startMs + DAY_MS <= keptFromMs;
    // The folder's own day, and then one more.
    if (startMs + 2 * DAY_MS > nowMs || (!isOld && startMs < nowMs - LOOKED_AT_MS)) continue;
    for await (const names of on.archive.files(folder)) {
      signal?.throwIfAborted();
      const day = { folder, startMs, names };
      for (const path of kind === 'results' ? await strayAnswers(day, on) : await strayRunFiles(day, on)) {
        await on.archive.remove(path);
        removed += 1;
      }
    }
    await on.archive.removeEmpty(folder);
  }
  return removed;
}

interface DayPage {
  readonly folder: string;
  readonly startMs: number;
  readonly names: readonly string[];
}

async function strayAnswers({ folder, names }: DayPage, { files }: StrayFileParts): Promise<readonly string[]> {
  const owners = ownersOf(names, /^feed-(\d+)\./);
  const ended = await files.endedAnswers([...owners.values()]);
  const strays: string[] = [];
  for (const [name, feedId] of owners) {
    const path = `${folder}/${name}`;
    if (ended.has(feedId) && ended.get(feedId) !== path) strays.push(path);
  }
  return strays;
}

async function strayRunFiles({ folder, startMs, names }: DayPage, on: StrayFileParts): Promise<readonly string[]> {
  const owners = ownersOf(names, /^run-(\d+)[-.]/);
  const runIds = [...new Set(owners.values())];
  const runs = await new RetentionStore(on.db).filesOf(runIds);
  const sent = await on.files.ownedDocuments(runIds);
  const strays: string[] = [];
  for (const [name, runId] of owners) {
    const path = `${folder}/${name}`;
    const run = runs.get(runId);
    if (run === undefined || run.status === 'running' || run.paths.has(path) || sent.has(path)) continue;
    // After the database was restored, a number may be another run's.
    if (run.createdAtMs >= startMs && run.createdAtMs < startMs + DAY_MS) strays.push(path);
  }
  return strays;
}

/** By file name the number of the run or feed that made it; a name of another form is not ours. */
function ownersOf(names: readonly string[], form: RegExp): ReadonlyMap<string, number> {
  const owners = new Map<string, number>();
  for (const name of names) {
    const id = form.exec(name)?.[1];
    if (id !== undefined) owners.set(name, Number(id));
  }
  return owners;
}
