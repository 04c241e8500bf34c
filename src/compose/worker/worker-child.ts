import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Configuration } from '../../config/configuration.js';
import { defineError } from '../../core/errors.js';
import type { ExportProgress } from '../../features/export/export-dependencies.js';
import type { RunOrder } from '../../features/export/pages/background-runs.js';
import { unpackError } from './forwarded-error.js';
import { type WorkerNews, type WorkerTask, workerNewsSchema } from './worker-messages.js';

export const WorkerAway = defineError(
  'WORKER_AWAY',
  503,
  'The process that makes runs has ended and is being started again. Try again in a minute; what is marked is not lost.',
  { retryable: true },
);

/** Work may keep its event loop busy for a minute, never for five. */
const SILENCE_LIMIT_MS = 300_000;
const LISTEN_EVERY_MS = 30_000;

interface Pending<T> {
  resolve(value: T): void;
  reject(error: Error): void;
}

/** One worker process, from its start to its end, as its service sees it. */
export class WorkerChild {
  /** Resolves with how it ended, in words; what was ordered and has no number by then is refused. */
  readonly gone: Promise<string>;
  readonly #process: ChildProcess;
  readonly #onProgress: (progress: ExportProgress) => void;
  readonly #orders = new Map<number, Pending<number>>();
  readonly #underWay = new Set<number>();
  #beginning: Pending<string> | null = null;
  #lastOrderId = 0;
  /** Counted and not timed: a machine that slept is no silence of the worker. */
  #silentMs = 0;

  /** @param child just forked, with its channel */
  constructor(child: ChildProcess, onProgress: (progress: ExportProgress) => void) {
    this.#process = child;
    this.#onProgress = onProgress;
    const listening = setInterval(() => this.#endSilence(), LISTEN_EVERY_MS);
    child.on('message', (message) => {
      this.#silentMs = 0;
      const news = workerNewsSchema.safeParse(message);
      if (news.success) this.#hear(news.data);
      // After an update under a running service: without their answers, whoever ordered would wait for ever.
      else child.kill('SIGKILL');
    });
    this.gone = howItEnded(child).then((how) => {
      clearInterval(listening);
      this.#refuseAll();
      return this.#isSilent() ? 'no sign of life' : how;
    });
  }

  /**
   * Gives it the settings and waits until it works.
   *
   * @returns its name in locks and runs
   * @throws what keeps it from working, as it was thrown there; WorkerAway when it ended without a word
   */
  begin(configuration: Configuration): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#beginning = { resolve, reject };
      this.#tell({ kind: 'begin', configuration });
    });
  }

  /**
   * Orders a run.
   *
   * @returns its number, as soon as it has one
   * @throws what was thrown there; WorkerAway when it ends before
   */
  order(order: RunOrder): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#lastOrderId += 1;
      this.#orders.set(this.#lastOrderId, { resolve, reject });
      this.#tell({ kind: 'order', orderId: this.#lastOrderId, order });
    });
  }

  /** Tells it that notices of the shop have come; one that is away finds them when it begins. */
  noticed(): void {
    this.#tell({ kind: 'noticed' });
  }

  /** Whether it works on the run now. */
  isUnderWay(runId: number): boolean {
    return this.#underWay.has(runId);
  }

  /** Tells it to end at its next safe place and waits for that; after `limitMs` it is killed, which loses nothing either. */
  async stop(limitMs: number): Promise<void> {
    this.#tell({ kind: 'stop' });
    const limit = setTimeout(() => this.#process.kill('SIGKILL'), limitMs);
    await this.gone;
    clearTimeout(limit);
  }

  #tell(task: WorkerTask): void {
    // What cannot be told any more is answered when its end is seen.
    if (this.#process.connected) this.#process.send(task, () => undefined);
  }

  #hear(news: WorkerNews): void {
    if (news.kind === 'ready') this.#beginning?.resolve(news.owner);
    else if (news.kind === 'not-begun') this.#beginning?.reject(unpackError(news.error));
    else if (news.kind === 'started') this.#started(news);
    else if (news.kind === 'refused') this.#take(news.orderId)?.reject(unpackError(news.error));
    else if (news.kind === 'progress') this.#onProgress(news.progress);
    else if (news.kind === 'ended') this.#underWay.delete(news.runId);
  }

  /** Noted before whoever ordered it goes on: its end may be heard in the same moment. */
  #started({ orderId, runId }: { orderId: number; runId: number }): void {
    this.#underWay.add(runId);
    this.#take(orderId)?.resolve(runId);
  }

  #endSilence(): void {
    this.#silentMs += LISTEN_EVERY_MS;
    if (this.#isSilent()) this.#process.kill('SIGKILL');
  }

  #isSilent(): boolean {
    return this.#silentMs > SILENCE_LIMIT_MS;
  }

  #take(orderId: number): Pending<number> | undefined {
    const pending = this.#orders.get(orderId);
    this.#orders.delete(orderId);
    return pending;
  }

  #refuseAll(): void {
    this.#beginning?.reject(new WorkerAway({}));
    for (const { reject } of this.#orders.values()) reject(new WorkerAway({}));
    this.#orders.clear();
    this.#underWay.clear();
  }
}

async function howItEnded(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = await once(child, 'exit');
    return signal === null ? `exit code ${code}` : `killed by ${signal}`;
  } catch (error) {
    // The system gave no process at all.
    return error instanceof Error ? error.message : String(error);
  }
}
