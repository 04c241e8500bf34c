import { type ChildProcess, fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Configuration } from '../../config/configuration.js';
import { pause } from '../../core/clock.js';
import { messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import type { LockStore } from '../../db/lock-store.js';
import type { ExportProgress } from '../../features/export/export-dependencies.js';
import type { ExportService } from '../../features/export/export-service.js';
import type { RunOrder, RunStarter } from '../../features/export/pages/background-runs.js';
import { ProgressMemory } from '../../features/export/pages/progress-memory.js';
import type { Journal } from '../../features/journal/journal.js';
import { WorkerAway, WorkerChild } from './worker-child.js';

/** A run ends at its next safe place within seconds; a worker that has not ended by then hangs. */
const STOP_LIMIT_MS = 60_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
/** One that lived so long had begun well: its end is the first of a new row. */
const GOOD_LIFE_MS = 60_000;
/** After this many ends in a row a person must look. */
const MANY_ENDS = 5;

export interface WorkerProcessParts {
  readonly configuration: Configuration;
  readonly journal: Pick<Journal, 'write'>;
  readonly export: Pick<ExportService, 'interruptRunsOf'>;
  readonly locks: Pick<LockStore, 'releaseOf'>;
  readonly logger: Logger;
  /** Makes the process; left out = `src/worker.ts` with the options of this one. */
  readonly fork?: () => ChildProcess;
}

/** The worker beside the service: started with it, started again whenever it ends, and ended with it. */
export class WorkerProcess implements RunStarter {
  readonly #on: WorkerProcessParts;
  readonly #progress = new ProgressMemory();
  readonly #stopping = new AbortController();
  #child: WorkerChild | null = null;
  /** The name of the child in locks and runs, from its begin to its end. */
  #owner: string | null = null;
  #begunAtMs = 0;
  #kept: Promise<void> = Promise.resolve();

  constructor(parts: WorkerProcessParts) {
    this.#on = parts;
  }

  /**
   * Starts it and waits until it works; from then on it is kept.
   *
   * @throws what keeps it from working
   */
  async begin(): Promise<void> {
    const child = this.#make();
    await this.#open(child);
    this.#kept = this.#keep(child.gone);
  }

  /** Whether it works now; while it is away runs are refused, and tasks wait for their next time. */
  isThere(): boolean {
    return this.#owner !== null;
  }

  /**
   * Orders a run.
   *
   * @returns its number, as soon as it has one
   * @throws WorkerAway, and what the worker refuses it for, such as RunUnderWay
   */
  async start(order: RunOrder): Promise<number> {
    if (this.#child === null || this.#owner === null) throw new WorkerAway({});
    return this.#child.order(order);
  }

  /** Tells it that notices of the shop have come; while it is away they wait. */
  noticed(): void {
    if (this.#owner !== null) this.#child?.noticed();
  }

  progress(runId: number): ExportProgress | null {
    return this.#progress.latest(runId);
  }

  isUnderWay(runId: number): boolean {
    return this.#child?.isUnderWay(runId) ?? false;
  }

  /** Ends it at its next safe place, within a minute; it is not started again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#child?.stop(STOP_LIMIT_MS);
    await this.#kept;
  }

  #make(): WorkerChild {
    const child = (this.#on.fork ?? forkWorker)();
    this.#child = new WorkerChild(child, (progress) => this.#progress.remember(progress));
    return this.#child;
  }

  async #open(child: WorkerChild): Promise<void> {
    this.#owner = await child.begin(this.#on.configuration);
    this.#begunAtMs = performance.now();
  }

  /** Waits for its end and starts the next one, until the service stops. */
  async #keep(first: Promise<string>): Promise<void> {
    let gone = first;
    for (let endsInARow = 0; ; endsInARow += 1) {
      const how = await gone;
      const owner = this.#owner;
      this.#owner = null;
      if (owner !== null) await this.#clearAfter(owner);
      if (this.#stopping.signal.aborted) return;
      if (owner !== null && performance.now() - this.#begunAtMs >= GOOD_LIFE_MS) endsInARow = 0;
      await this.#tell(how, endsInARow);
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** endsInARow, LONGEST_PAUSE_MS);
      if (!(await pause(pauseMs, this.#stopping.signal))) return;
      gone = this.#next();
    }
  }

  /** @returns how the next one ended, once it has; one that the system could not make has ended at once */
  async #next(): Promise<string> {
    try {
      const child = this.#make();
      await this.#open(child).catch((error: unknown) =>
        this.#on.logger.warn('The worker could not begin', { reason: messageOf(error) }),
      );
      return await child.gone;
    } catch (error) {
      return messageOf(error);
    }
  }

  /** Its end was seen here, so nobody need wait until its locks have run out, and none of its runs goes on. */
  async #clearAfter(owner: string): Promise<void> {
    try {
      await this.#on.export.interruptRunsOf(owner);
      await this.#on.locks.releaseOf(owner);
    } catch (error) {
      this.#on.logger.warn('What an ended worker held runs out by itself', { reason: messageOf(error) });
    }
  }

  async #tell(how: string, endsBefore: number): Promise<void> {
    const { journal, logger } = this.#on;
    logger.warn('The worker has ended and is started again', { how, endsBefore });
    if (endsBefore !== 0 && endsBefore !== MANY_ENDS) return;
    const entry = endsBefore === 0 ? endedOnce(how) : endedAgain(how);
    await journal
      .write(entry)
      .catch((error: unknown) =>
        logger.error('The end of the worker could not be written into the journal', { reason: messageOf(error) }),
      );
  }
}

function endedOnce(how: string) {
  const message = `The process that makes runs has ended (${how}) and is started again. What was not sent stays marked.`;
  return { level: 'warning', code: 'worker-ended', message } as const;
}

function endedAgain(how: string) {
  const message = `The process that makes runs ends again and again (${how}). It is tried once a minute; the log of the service tells why.`;
  return { level: 'error', code: 'worker-ends', message } as const;
}

/** Settings go over the channel, node's own options come from this process; its log goes where the service's does. */
function forkWorker(): ChildProcess {
  const here = fileURLToPath(import.meta.url);
  const file = fileURLToPath(new URL(`../../worker${extname(here)}`, import.meta.url));
  return fork(file, [], { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}
