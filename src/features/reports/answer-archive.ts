import type { Clock } from '../../core/clock.js';
import type { Archive } from './archive.js';
import type { DiskWatch } from './disk-watch.js';
import type { Feed } from './feed.js';
import type { FeedFiles } from './feed-files.js';

export interface AnswerArchiveParts {
  readonly clock: Clock;
  readonly archive: Archive;
  readonly files: Pick<FeedFiles, 'remove'>;
  readonly disk: Pick<DiskWatch, 'isLow'>;
}

/** Keeps Amazon's answers while there is room on the disk; on a nearly full one feeds are settled all the same, and lose their files. */
export class AnswerArchive {
  readonly #on: AnswerArchiveParts;

  constructor(parts: AnswerArchiveParts) {
    this.#on = parts;
  }

  /**
   * Keeps an answer, before its feed is settled by it.
   *
   * @returns its path, relative to the data folder; null on a nearly full disk
   * @throws DiskFull on one that is full all at once; then the feed stays open until there is room
   */
  async keep(feed: Feed, text: string): Promise<string | null> {
    const { archive, clock, disk } = this.#on;
    if (await disk.isLow()) return null;
    const path = await archive.reserve('results', `feed-${feed.id}.xml.gz`, clock.nowMs());
    await archive.write(path, text);
    return path;
  }

  /** On a nearly full disk the document of a feed goes as soon as it is settled. */
  async settled(feed: Feed): Promise<void> {
    if (await this.#on.disk.isLow()) await this.#on.files.remove(feed.id);
  }
}
