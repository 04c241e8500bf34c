import { defineError, messageOf } from '../../../core/errors.js';
import type { Logger } from '../../../core/logger.js';
import type { Journal } from '../../journal/journal.js';
import type { ExportProgress } from '../export-dependencies.js';
import type { ExportOptions } from '../export-options.js';
import type { ExportService } from '../export-service.js';
import type { RunMode } from '../run/run.js';
import { ProgressMemory } from './progress-memory.js';

export const RunUnderWay = defineError<{ runId: number | null }>(
  'RUN_UNDER_WAY',
  409,
  ({ runId }) =>
    `${runId === null ? 'A run' : `Run ${runId}`} is under way, and this service makes one at a time. Wait until it has ended, then try again.`,
  { retryable: true },
);

/** A run that a page or a program asks for. */
export interface RunOrder {
  readonly mode: RunMode;
  readonly options: ExportOptions;
  /** A user's name, or "token NAME". */
  readonly requestedBy: string;
  /** Of a send: go on until Amazon has answered every feed. */
  readonly wait: boolean;
  /** Of a send: the run of which it lets go what is held; left out for every other. */
  readonly releases?: number | undefined;
}

/** Hears how runs go on. */
export interface RunListener {
  progress(progress: ExportProgress): void;
  /** Called once for each run that had its number. */
  ended(runId: number): void;
}

/** What pages and API ask for runs: `BackgroundRuns` in the same process, or the worker beside it. */
export type RunStarter = Pick<BackgroundRuns, 'start' | 'progress' | 'isUnderWay' | 'stop'>;

export interface BackgroundRunParts {
  readonly exports: Pick<ExportService, 'preview' | 'send' | 'release'>;
  readonly journal: Journal;
  readonly logger: Logger;
  readonly listener?: RunListener;
}

interface CurrentRun {
  runId: number | null;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** Makes runs in this process while whoever asked goes on: one at a time, each with its latest progress. */
export class BackgroundRuns {
  readonly #on: BackgroundRunParts;
  readonly #progress = new ProgressMemory();
  #current: CurrentRun | null = null;

  constructor(parts: BackgroundRunParts) {
    this.#on = parts;
  }

  /**
   * Starts a run; what fails later stands in the run's own row and in the journal.
   *
   * @returns its number, as soon as it has one
   * @throws RunUnderWay, and what keeps a run from being made at all, such as ExportUnderWay
   */
  start(order: RunOrder): Promise<number> {
    if (this.#current !== null) throw new RunUnderWay({ runId: this.#current.runId });
    return new Promise((resolve, reject) => {
      const stop = new AbortController();
      const onStart = (runId: number) => {
        if (this.#current !== null) this.#current.runId = runId;
        resolve(runId);
      };
      const ended = this.#work(order, { stop, onStart }).then(
        () => undefined,
        // Later rejections of a promise that has its number change nothing: the failure was noted by #work.
        (error: unknown) => reject(error),
      );
      this.#current = { runId: null, stop, ended };
    });
  }

  /** The latest progress of a run of this process; null for others and before its first word. */
  progress(runId: number): ExportProgress | null {
    return this.#progress.latest(runId);
  }

  /** Whether this process works on the run now. */
  isUnderWay(runId: number): boolean {
    return this.#current?.runId === runId;
  }

  /** Tells the run under way to end at its next safe place, and waits for that; what it has not sent stays marked. */
  async stop(): Promise<void> {
    const current = this.#current;
    current?.stop.abort(new Error('The service was stopped. What was not sent stays marked.'));
    await current?.ended;
  }

  async #work(order: RunOrder, at: { stop: AbortController; onStart: (runId: number) => void }): Promise<void> {
    const { exports } = this.#on;
    const { mode, options, requestedBy, wait, releases } = order;
    // Not before start() has noted the run as the current one.
    await Promise.resolve();
    const onProgress = (progress: ExportProgress) => {
      this.#progress.remember(progress);
      this.#on.listener?.progress(progress);
    };
    const request = { requestedBy, signal: at.stop.signal, onProgress, onStart: at.onStart };
    try {
      if (releases !== undefined) await exports.release(releases, { ...request, wait });
      else if (mode === 'send') await exports.send(options, { ...request, wait });
      else await exports.preview(mode, options, request);
    } catch (error) {
      const runId = this.#current?.runId ?? null;
      if (runId !== null) await this.#tell(runId, error);
      throw error;
    } finally {
      const runId = this.#current?.runId ?? null;
      this.#current = null;
      if (runId !== null) this.#on.listener?.ended(runId);
    }
  }

  async #tell(runId: number, error: unknown): Promise<void> {
    const { journal, logger } = this.#on;
    logger.warn('A run failed', { runId, reason: messageOf(error) });
    try {
      const message = `Run ${runId} failed. ${messageOf(error)}`;
      await journal.write({ level: 'error', code: 'run-failed', message, runId });
    } catch (unwritten) {
      logger.error('The failure of a run could not be written into the journal', { reason: messageOf(unwritten) });
    }
  }
}
