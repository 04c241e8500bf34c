import type { Clock } from '../../core/clock.js';
import type { Db } from '../../db/open-database.js';
import type { Archive } from './archive.js';

interface FileRow {
  readonly id: number;
  readonly document_path: string;
  readonly result_path: string | null;
  readonly removed_at_ms: number | null;
}

/** So many feeds at a time: one page is in memory, and a crash leaves no more than its files behind, for the stray files. */
const FEEDS_PER_PAGE = 500;

/** The files of feeds: the document that was sent and Amazon's answer. Those of an open feed are never touched. */
export class FeedFiles {
  readonly #db: Db;
  readonly #on: { readonly clock: Clock; readonly archive: Archive };

  constructor(db: Db, on: { readonly clock: Clock; readonly archive: Archive }) {
    this.#db = db;
    this.#on = on;
  }

  /**
   * Removes the files of feeds that were settled before an instant; their rows stay and say when.
   *
   * @returns how many feeds lost theirs now
   */
  async removeSettledBefore(beforeMs: number, signal?: AbortSignal): Promise<number> {
    let removed = 0;
    for (let afterId = 0; ; ) {
      signal?.throwIfAborted();
      const page = await this.#settled().where('settled_at_ms', '<', beforeMs).where('id', '>', afterId);
      const last = page.at(-1);
      if (last === undefined) return removed;
      await this.#remove(page);
      removed += page.length;
      afterId = last.id;
    }
  }

  /** Removes those of one feed; nothing happens while it is open. */
  async remove(feedId: number): Promise<void> {
    await this.#remove(await this.#settled().where({ id: feedId }));
  }

  /** The documents of feeds of these runs that are kept. */
  async ownedDocuments(runIds: readonly number[]): Promise<ReadonlySet<string>> {
    const kept = this.#db('feed')
      .whereIn('run_id', [...runIds])
      .whereNull('removed_at_ms');
    return new Set(await kept.pluck('document_path'));
  }

  /** Of these feeds those that have ended, each with the path of its answer, null when none is kept; unknown ones are left out. */
  async endedAnswers(feedIds: readonly number[]): Promise<ReadonlyMap<number, string | null>> {
    const rows: FileRow[] = await this.#db('feed')
      .whereIn('id', [...feedIds])
      .whereNull('open_key')
      .select('id', 'result_path', 'removed_at_ms');
    return new Map(rows.map((row) => [Number(row.id), row.removed_at_ms === null ? row.result_path : null]));
  }

  #settled() {
    return this.#db<FileRow>('feed')
      .whereNull('open_key')
      .whereNull('removed_at_ms')
      .whereNotNull('settled_at_ms')
      .orderBy('id')
      .limit(FEEDS_PER_PAGE)
      .select('id', 'document_path', 'result_path', 'removed_at_ms');
  }

  /** First the word, then the deed: files that a crash leaves behind belong to nobody any more and go with the stray ones. */
  async #remove(rows: readonly FileRow[]): Promise<void> {
    const { clock, archive } = this.#on;
    const ids = rows.map((row) => row.id);
    await this.#db('feed').whereIn('id', ids).whereNull('open_key').update({ removed_at_ms: clock.nowMs() });
    for (const { document_path, result_path } of rows) {
      await archive.remove(document_path);
      if (result_path !== null) await archive.remove(result_path);
    }
  }
}
