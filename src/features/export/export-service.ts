import { defineError, messageOf } from '../../core/errors.js';
import type { HeldLock } from '../../db/lock-store.js';
import { giveBackLock, keepLock } from '../../scheduler/keep-lock.js';
import { DisplayRefused } from '../reports/disk-watch.js';
import { FileRemoved } from '../reports/kept-files.js';
import type { FeedPoller } from '../reports/poll-feeds.js';
import { beginRun, type NewRun } from './begin-run.js';
import type { ExportDependencies, ExportProgress } from './export-dependencies.js';
import { type ExportOptions, parseExportOptions } from './export-options.js';
import { NothingToExport } from './export-scope.js';
import { FirstSendHeld } from './guard/first-send.js';
import type { Hold } from './guard/hold.js';
import { previewExport } from './preview-export.js';
import type { Run, RunDocument, RunMode, RunStatus } from './run/run.js';
import type { RunLog } from './run/run-log.js';
import type { RunLogLine } from './run/run-log-line.js';
import { type RunLogFilter, runLogLines, takeLines } from './run/run-log-lines.js';
import { RunLogs } from './run/run-logs.js';
import type { RunRecorder } from './run/run-recorder.js';
import { RunStore } from './run/run-store.js';
import { RunTally } from './run/run-tally.js';
import { SendingOff, sendableAccounts, sendExport } from './send-export.js';

export const ExportUnderWay = defineError<{ holder: string }>(
  'EXPORT_UNDER_WAY',
  409,
  ({ holder }) =>
    `Another send is under way (process ${holder}). Wait until it has ended; what you marked is not lost.`,
  { retryable: true },
);

export const RunUnknown = defineError<{ runId: number }>(
  'RUN_UNKNOWN',
  404,
  ({ runId }) => `Expected the number of a run, got ${runId}, which is none. "feedbridge run list" shows them.`,
);

export const ValuesNotSent = defineError<{ account: string; unsent: number; runId: number }>(
  'VALUES_NOT_SENT',
  502,
  ({ account, unsent, runId }) =>
    `${unsent} values of the account "${account}" could not be handed to Amazon and will be tried again. Why: "feedbridge run show ${runId}" and the journal.`,
  { retryable: true },
);

/** The lock under which values are handed to Amazon, by whichever task, command or page. */
export const EXPORT_LOCK = 'export';

/** Who asked for a run and how it reports. */
export interface RunRequest {
  /** "cli", "scheduler", or a user's name. */
  readonly requestedBy: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ExportProgress) => void;
  /** Called once, as soon as the run has its number. */
  readonly onStart?: (runId: number) => void;
}

/** What a send is asked for besides. */
export interface SendRequest extends RunRequest {
  /** Poll until every feed that carries a claimed row is settled. */
  readonly wait: boolean;
}

/** The export's lock while it is held, with the signal that it was lost. */
interface KeptLock {
  readonly held: HeldLock;
  readonly lost: AbortSignal;
}

/** The export: verify, display and send, and what is known of earlier runs. */
export class ExportService {
  readonly #on: ExportDependencies;
  readonly #poller: FeedPoller;
  readonly #runs: RunStore;
  readonly #logs: RunLogs;

  constructor(on: ExportDependencies, poller: FeedPoller) {
    this.#on = on;
    this.#poller = poller;
    this.#runs = new RunStore(on.db);
    this.#logs = new RunLogs(on);
  }

  /**
   * Computes what a send would do and changes nothing but the run's own row, log and documents.
   *
   * @param mode `verify` for verdicts and values, `display` for the documents too
   * @throws DisplayRefused while the disk is nearly full
   */
  async preview(mode: Exclude<RunMode, 'send'>, options: ExportOptions, request: RunRequest): Promise<Run> {
    const shortage = mode === 'display' ? await this.#on.disk.shortage() : null;
    if (shortage !== null) throw new DisplayRefused(shortage);
    const run = await this.#begin({ mode, options, requestedBy: request.requestedBy });
    return this.#record(run, request, async (recorder) => {
      const documents = await previewExport(recorder, this.#on);
      return documents.map(({ document }) => document);
    });
  }

  /**
   * Sends what waits; with `all`, `products` or `since` these are marked first.
   *
   * @throws ExportUnderWay when another process is sending; SendingOff
   */
  send(options: ExportOptions, request: SendRequest): Promise<Run> {
    return this.#locked(async (lock) => this.#send(options, request, lock));
  }

  /**
   * Lets go what a run holds, and sends: everything of it is read and computed again.
   *
   * The new run is asked for the same as the held one; what it selects it does not select again, unless its first send was held whole. What
   * it erases is known by the queue: asked again, it would erase what was marked for deletion since.
   *
   * @throws RunUnknown, NothingHeld; and as `send`, before anything is let go
   */
  async release(runId: number, request: SendRequest): Promise<Run> {
    const { options } = await this.find(runId);
    return this.#locked(async (lock) => {
      const holds = await this.#on.holds.ofRun(runId);
      const isFirst = holds.some((one) => one.kind === 'first-send');
      const unselected = isFirst ? {} : { all: false, products: null, since: null };
      const again = { ...options, ...unselected, erase: false };
      await sendableAccounts(again, this.#on, { isReleasing: true });
      await this.#on.holds.release(runId, { by: request.requestedBy, lock: lock.held });
      return this.#send(again, request, lock);
    });
  }

  /**
   * Sends nothing of what a run holds: Amazon's values stay until something marks their products again.
   *
   * @returns what is held no more
   * @throws RunUnknown, NothingHeld, ExportUnderWay
   */
  async discard(runId: number, by: string): Promise<readonly Hold[]> {
    await this.find(runId);
    return this.#locked((lock) => this.#on.holds.discard(runId, { by, lock: lock.held }));
  }

  /** Ends the runs of a process, for whoever knows that it has ended; without this they would seem to go on. */
  interruptRunsOf(owner: string): Promise<void> {
    return this.#runs.interruptOf(owner, this.#on.clock.nowMs());
  }

  async #send(options: ExportOptions, request: SendRequest, { held: lock, lost }: KeptLock): Promise<Run> {
    const accounts = await sendableAccounts(options, this.#on);
    const sends = { scopes: accounts.scopes, lock };
    const run = await this.#begin({ mode: 'send', options, requestedBy: request.requestedBy, sends });
    await this.#runs.interruptOthers(run.id, this.#on.clock.nowMs());
    const signal = request.signal ? AbortSignal.any([request.signal, lost]) : lost;
    return this.#record(run, { ...request, signal }, async (recorder) => {
      await sendExport(recorder, { wait: request.wait, lock, poller: this.#poller, accounts }, this.#on);
      return [];
    });
  }

  /** @throws ExportUnderWay when another process has the export's lock */
  async #locked<T>(work: (lock: KeptLock) => Promise<T>): Promise<T> {
    const { locks, lockTimes: times, owner, logger } = this.#on;
    const lock = await locks.acquire(EXPORT_LOCK, owner, { ttlMs: times.ttlMs });
    if (lock === null) throw new ExportUnderWay({ holder: (await locks.holder(EXPORT_LOCK))?.owner ?? 'unknown' });
    const lost = new AbortController();
    const kept = keepLock(locks, lock, { times, lost: (error) => lost.abort(error), logger });
    try {
      return await work({ held: lock, lost: lost.signal });
    } finally {
      await kept.stop();
      await giveBackLock(locks, lock, { times, logger });
    }
  }

  /**
   * Sends what waits for every account; one that may not be sent to is said so, and does not keep the others from being sent.
   *
   * @returns one sentence per account
   * @throws ExportUnderWay, ValuesNotSent, or the first thing that stopped a send midway, once every account had its turn
   */
  async sendEveryAccount(request: RunRequest): Promise<readonly string[]> {
    const sentences: string[] = [];
    const failures: unknown[] = [];
    for (const { name } of await this.#on.accounts.list()) {
      try {
        const { id, totals } = await this.send(parseExportOptions({ account: name }), { ...request, wait: false });
        const held = totals.held > 0 ? ` ${totals.held} are held until a person decides.` : '';
        sentences.push(
          `${name}: ${totals.items} items looked at, ${totals.sent} values in ${totals.feeds} feeds.${held}`,
        );
        if (totals.unsent > 0) failures.push(new ValuesNotSent({ account: name, unsent: totals.unsent, runId: id }));
      } catch (error) {
        const isHeld = error instanceof FirstSendHeld;
        sentences.push(error instanceof SendingOff || isHeld ? error.message : `${name}: ${messageOf(error)}`);
        const isWanted = isHeld || (error instanceof SendingOff && !error.details.isLost);
        if (!(isWanted || error instanceof NothingToExport)) failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return sentences;
  }

  /** @throws RunUnknown */
  async find(runId: number): Promise<Run> {
    const run = await this.#runs.find(runId);
    if (run === null) throw new RunUnknown({ runId });
    const [whole = run] = await this.#withResults([run]);
    return whole;
  }

  /** Newest first. */
  async list(filter: { beforeId?: number; limit: number; status?: RunStatus }): Promise<readonly Run[]> {
    return this.#withResults(await this.#runs.list(filter));
  }

  /** Lines of a run's log, in the order in which they were written; empty while there is none. */
  log(runId: number, filter: RunLogFilter & { readonly limit: number }): Promise<readonly RunLogLine[]> {
    return takeLines(runLogLines(runId, this.#on, filter), filter.limit);
  }

  /** The documents of a run, in the order of sending: those that it displayed, or those that it sent. */
  async documents(run: Run): Promise<readonly RunDocument[]> {
    if (run.mode !== 'send') return run.totals.documents;
    const feeds = await this.#on.feeds.list({ runId: run.id, limit: 10_000 });
    return feeds
      .map((feed) => ({
        marketplaceId: feed.marketplaceId,
        messageType: feed.messageType,
        messages: feed.messages,
        bytes: feed.documentBytes,
        path: feed.documentPath,
        removedAtMs: feed.removedAtMs,
      }))
      .toReversed();
  }

  /** Writes the documents of a run uncompressed into a folder, as `*.xml`. */
  async exportDocuments(run: Run, folder: string): Promise<readonly string[]> {
    const files: string[] = [];
    for (const document of await this.documents(run)) {
      const name = (document.path.split('/').at(-1) ?? '').replace(/\.gz$/, '');
      if (document.removedAtMs)
        throw new FileRemoved({ what: `A document of run ${run.id}`, atMs: document.removedAtMs });
      await this.#on.archive.exportTo(document.path, `${folder}/${name}`);
      files.push(`${folder}/${name}`);
    }
    return files;
  }

  /** Amazon answers after a run has ended: what it has said of its feeds by now counts, wherever a run is shown. */
  async #withResults(runs: readonly Run[]): Promise<readonly Run[]> {
    const sends = runs.filter((run) => run.mode === 'send').map((run) => run.id);
    const results = await this.#on.feeds.resultsOfRuns(sends);
    return runs.map((run) => ({ ...run, totals: { ...run.totals, ...results.get(run.id) } }));
  }

  async #begin(run: NewRun): Promise<Run> {
    return this.find(await beginRun(run, this.#on));
  }

  async #record(
    run: Run,
    request: RunRequest,
    work: (recorder: RunRecorder) => Promise<readonly RunDocument[]>,
  ): Promise<Run> {
    const tally = new RunTally();
    const progress = (one: Omit<ExportProgress, 'runId'>) => request.onProgress?.({ runId: run.id, ...one });
    let log: RunLog | null = null;
    let status: RunStatus = 'failed';
    let fault = '';
    request.onStart?.(run.id);
    try {
      log = await this.#logs.open(run);
      tally.setDocuments(await work({ run, log, tally, progress, signal: request.signal }));
      status = 'done';
    } catch (error) {
      fault = messageOf(error);
      throw error;
    } finally {
      const unkept = log === null ? '' : await this.#logs.keep(run, log);
      const nowMs = this.#on.clock.nowMs();
      await this.#runs.end(run.id, { status, totals: tally.totals, fault: fault || unkept, nowMs });
    }
    return this.find(run.id);
  }
}
