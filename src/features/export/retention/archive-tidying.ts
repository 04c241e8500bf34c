import type { Clock } from '../../../core/clock.js';
import type { Db } from '../../../db/open-database.js';
import type { QueueService } from '../../queue/queue-service.js';
import type { Archive } from '../../reports/archive.js';
import { ArchivedFileMissing } from '../../reports/archive.js';
import type { FeedFiles } from '../../reports/feed-files.js';
import type { SettingService } from '../../settings/setting-service.js';
import { type OverdueLog, RetentionStore } from './retention-store.js';
import { DAY_MS, removeStrayFiles } from './stray-files.js';
import { thinRunLog } from './thin-run-log.js';

const EVERYWHERE = { kind: 'global' } as const;

export interface TidyingParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly archive: Archive;
  readonly files: FeedFiles;
  readonly settings: SettingService;
  readonly queue: Pick<QueueService, 'forgetLatencies'>;
}

/** What one tidying did. */
export interface TidyingResult {
  /** Feeds whose document and answer were removed. */
  readonly feeds: number;
  /** Displays whose documents were removed. */
  readonly displays: number;
  readonly logsRemoved: number;
  readonly logsThinned: number;
  readonly strayFiles: number;
}

/** Keeps the archive within its times; rows, history and issues stay for ever. Cut short at any moment, the next one does the rest. */
export class ArchiveTidying {
  readonly #on: TidyingParts;
  readonly #store: RetentionStore;

  constructor(parts: TidyingParts) {
    this.#on = parts;
    this.#store = new RetentionStore(parts.db);
  }

  /** @throws the first thing that kept a log from being shortened, once everything else is done */
  async tidy(signal?: AbortSignal): Promise<TidyingResult> {
    const settings = await this.#on.settings.load();
    const nowMs = this.#on.clock.nowMs();
    const documentsFromMs = nowMs - settings.get('keep-documents-days', EVERYWHERE) * DAY_MS;
    const logsFromMs = nowMs - settings.get('keep-run-logs-days', EVERYWHERE) * DAY_MS;
    const wholeFromMs = nowMs - settings.get('keep-unchanged-log-lines-days', EVERYWHERE) * DAY_MS;
    const feeds = await this.#on.files.removeSettledBefore(documentsFromMs, signal);
    const displays = await this.#removeDisplays(documentsFromMs, signal);
    const logsRemoved = await this.#removeLogs(logsFromMs, signal);
    const { logsThinned, failures } = await this.#thinLogs(wholeFromMs, signal);
    await this.#on.queue.forgetLatencies(nowMs - settings.get('keep-latencies-days', EVERYWHERE) * DAY_MS);
    let strayFiles = 0;
    for (const kind of ['documents', 'results', 'logs'] as const) {
      const keptFromMs = kind === 'logs' ? logsFromMs : documentsFromMs;
      strayFiles += await removeStrayFiles(kind, { nowMs, keptFromMs }, { on: this.#on, signal });
    }
    if (failures.length > 0) throw failures[0];
    return { feeds, displays, logsRemoved, logsThinned, strayFiles };
  }

  async #removeDisplays(beforeMs: number, signal?: AbortSignal): Promise<number> {
    let removed = 0;
    for (let afterRunId = 0; ; ) {
      signal?.throwIfAborted();
      const page = await this.#store.displays({ beforeMs, afterRunId });
      const last = page.at(-1);
      if (last === undefined) return removed;
      await this.#store.documentsRemoved(
        page.map((one) => one.runId),
        this.#on.clock.nowMs(),
      );
      for (const path of page.flatMap((one) => one.paths)) await this.#on.archive.remove(path);
      removed += page.filter((one) => one.paths.length > 0).length;
      afterRunId = last.runId;
    }
  }

  async #removeLogs(beforeMs: number, signal?: AbortSignal): Promise<number> {
    let removed = 0;
    for (let afterRunId = 0; ; ) {
      signal?.throwIfAborted();
      const page = await this.#store.logs({ beforeMs, afterRunId }, { whole: false });
      const last = page.at(-1);
      if (last === undefined) return removed;
      await this.#store.logsRemoved(
        page.map((one) => one.runId),
        this.#on.clock.nowMs(),
      );
      for (const { path } of page) await this.#on.archive.remove(path);
      removed += page.length;
      afterRunId = last.runId;
    }
  }

  /** One that cannot be shortened must not keep the others from it. */
  async #thinLogs(beforeMs: number, signal?: AbortSignal): Promise<{ logsThinned: number; failures: unknown[] }> {
    const failures: unknown[] = [];
    let logsThinned = 0;
    for (let afterRunId = 0; ; ) {
      const page = await this.#store.logs({ beforeMs, afterRunId }, { whole: true });
      const last = page.at(-1);
      if (last === undefined) return { logsThinned, failures };
      for (const log of page) {
        signal?.throwIfAborted();
        try {
          await this.#thin(log);
          logsThinned += 1;
        } catch (error) {
          // Nobody removed it: it may be in another data folder, and then it is whole there. Whoever opens it is told so.
          if (!(error instanceof ArchivedFileMissing)) failures.push(error);
        }
      }
      afterRunId = last.runId;
    }
  }

  async #thin({ runId, path }: OverdueLog): Promise<void> {
    const figures = await thinRunLog(this.#on.archive, path);
    await this.#store.logThinned(runId, this.#on.clock.nowMs(), figures);
  }
}
