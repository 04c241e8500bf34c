import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WorkerNews, WorkerTask } from '../../../src/compose/worker/worker-messages.js';
import { WorkerProcess } from '../../../src/compose/worker/worker-process.js';
import type { Configuration } from '../../../src/config/configuration.js';
import { FeedbridgeError } from '../../../src/core/errors.js';
import { silentLogger } from '../../../src/core/logger.js';
import { parseExportOptions } from '../../../src/features/export/export-options.js';
import type { JournalEntry } from '../../../src/features/journal/journal.js';

const ORDER = { mode: 'verify', options: parseExportOptions({}), requestedBy: 'anna', wait: false } as const;
const REFUSAL = { code: 'RUN_UNDER_WAY', status: 409, retryable: true, message: 'Run 7 is under way.' };

/** A process that hears what it is told and does what the test says. */
class FakeChild extends EventEmitter {
  connected = true;
  readonly told: WorkerTask[] = [];

  send(task: WorkerTask): boolean {
    this.told.push(task);
    return true;
  }

  kill(signal: NodeJS.Signals): boolean {
    this.end(null, signal);
    return true;
  }

  say(news: WorkerNews): void {
    this.emit('message', news);
  }

  end(code: number | null, signal: NodeJS.Signals | null = null): void {
    this.connected = false;
    this.emit('exit', code, signal);
  }
}

function keepWorker() {
  const children: FakeChild[] = [];
  const entries: JournalEntry[] = [];
  const cleared: string[] = [];
  let refusedForks = 0;
  const fork = () => {
    if (refusedForks > 0) {
      refusedForks -= 1;
      throw new Error('spawn ENOMEM');
    }
    children.push(new FakeChild());
    return latest() as unknown as ChildProcess;
  };
  const latest = () => {
    const child = children.at(-1);
    if (child === undefined) throw new Error('Expected a process, found none.');
    return child;
  };
  const journal = { write: async (entry: JournalEntry | readonly JournalEntry[]) => void entries.push(entry as never) };
  const parts = {
    configuration: {} as Configuration,
    journal,
    logger: silentLogger,
    export: { interruptRunsOf: async (owner: string) => void cleared.push(`runs of ${owner}`) },
    locks: { releaseOf: async (owner: string) => void cleared.push(`locks of ${owner}`) },
  };
  const worker = new WorkerProcess({ ...parts, fork });
  const begin = async () => {
    const begun = worker.begin();
    latest().say({ kind: 'ready', owner: 'shop-server:7:aa' });
    await begun;
  };
  const refuseForks = (count: number) => {
    refusedForks = count;
  };
  return { worker, children, entries, cleared, latest, begin, refuseForks };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('The process of the worker, as its service sees it', () => {
  it('keeps the service from starting when it cannot begin, with its own sentence', async () => {
    const { worker, latest } = keepWorker();
    const begun = worker.begin();
    latest().say({ kind: 'not-begun', error: { ...REFUSAL, code: 'SIMULATOR_SILENT', message: 'It is silent.' } });
    await expect(begun).rejects.toMatchObject({ code: 'SIMULATOR_SILENT', message: 'It is silent.' });
    expect(worker.isThere()).toBe(false);
  });

  it('gives each order its own answer; a refusal keeps code, status and sentence, what is none of ours stays unknown', async () => {
    const { worker, latest, begin } = keepWorker();
    await begin();
    const orders = [worker.start(ORDER), worker.start(ORDER), worker.start(ORDER)];
    latest().say({ kind: 'refused', orderId: 2, error: REFUSAL });
    latest().say({ kind: 'refused', orderId: 3, error: { ...REFUSAL, code: null, message: 'x is not a function' } });
    latest().say({ kind: 'started', orderId: 1, runId: 7 });
    const [first, second, third] = await Promise.allSettled(orders);
    expect(first).toEqual({ status: 'fulfilled', value: 7 });
    const refused = second?.status === 'rejected' ? (second.reason as unknown) : null;
    expect(refused).toBeInstanceOf(FeedbridgeError);
    expect(refused).toMatchObject(REFUSAL);
    expect(third?.status === 'rejected' && third.reason instanceof FeedbridgeError).toBe(false);
    expect(third).toMatchObject({ status: 'rejected', reason: { message: 'x is not a function' } });
  });

  it('tells how far a run is, until it has ended', async () => {
    const { worker, latest, begin } = keepWorker();
    await begin();
    const started = worker.start(ORDER);
    latest().say({ kind: 'started', orderId: 1, runId: 7 });
    await started;
    const progress = { runId: 7, phase: 'computing', products: 3, productsTotal: 9, items: 5, feedsOpen: 0 } as const;
    latest().say({ kind: 'progress', progress });
    expect([worker.isUnderWay(7), worker.progress(7)]).toEqual([true, progress]);
    latest().say({ kind: 'ended', runId: 7 });
    expect([worker.isUnderWay(7), worker.progress(7)]).toEqual([false, progress]);
  });

  it('knows that a run has ended also when it hears of its start and of its end at once', async () => {
    const { worker, latest, begin } = keepWorker();
    await begin();
    const started = worker.start(ORDER);
    latest().say({ kind: 'started', orderId: 1, runId: 7 });
    latest().say({ kind: 'ended', runId: 7 });
    await started;
    expect(worker.isUnderWay(7)).toBe(false);
  });

  it('that ends leaves no run under way and no lock behind; one that never worked had none', async () => {
    const { latest, begin, cleared } = keepWorker();
    await begin();
    latest().end(null, 'SIGKILL');
    await vi.advanceTimersByTimeAsync(500);
    expect(cleared).toEqual(['runs of shop-server:7:aa', 'locks of shop-server:7:aa']);
    latest().end(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(cleared).toHaveLength(2);
  });

  it('is tried again when the system has no process to give', async () => {
    const { worker, children, latest, begin, refuseForks } = keepWorker();
    await begin();
    refuseForks(2);
    latest().end(null, 'SIGKILL');
    await vi.advanceTimersByTimeAsync(500 + 1_000);
    expect(children).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(children).toHaveLength(2);
    latest().say({ kind: 'ready', owner: 'shop-server:8:bb' });
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.isThere()).toBe(true);
  });

  it('that gives no sign of life for five minutes is killed and started again; any word is one', async () => {
    const { children, entries, latest, begin } = keepWorker();
    await begin();
    await vi.advanceTimersByTimeAsync(299_999);
    latest().say({ kind: 'alive' });
    await vi.advanceTimersByTimeAsync(299_999);
    expect(children).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(30_501);
    expect(children).toHaveLength(2);
    expect(entries.map(({ message }) => message)).toEqual([expect.stringContaining('(no sign of life)')]);
  });

  it('that ends refuses what was ordered, says so once in the journal, and is started again, later each time', async () => {
    const { worker, children, entries, latest, begin } = keepWorker();
    await begin();
    const order = expect(worker.start(ORDER)).rejects.toMatchObject({ code: 'WORKER_AWAY', status: 503 });
    latest().end(1);
    await order;
    for (const [pauseMs, count] of [
      [499, 1],
      [1, 2],
      [999, 2],
      [1, 3],
    ] as const) {
      await vi.advanceTimersByTimeAsync(pauseMs);
      expect(children).toHaveLength(count);
      if (count > 1 && pauseMs === 1) latest().end(1);
    }
    expect(entries.map(({ code, level }) => [code, level])).toEqual([['worker-ended', 'warning']]);
    for (let ends = 0; ends < 4; ends += 1) {
      await vi.advanceTimersByTimeAsync(60_000);
      latest().end(1);
    }
    await vi.advanceTimersByTimeAsync(60_000);
    expect(entries.map(({ code, level }) => [code, level])).toEqual([
      ['worker-ended', 'warning'],
      ['worker-ends', 'error'],
    ]);
    latest().say({ kind: 'ready', owner: 'shop-server:7:aa' });
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.isThere()).toBe(true);
  });

  it('is killed when it has not stopped within a minute, and is not started again', async () => {
    const { worker, children, latest, begin } = keepWorker();
    await begin();
    const stopped = worker.stop();
    expect(latest().told.at(-1)).toEqual({ kind: 'stop' });
    await vi.advanceTimersByTimeAsync(59_999);
    expect(latest().connected).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    await stopped;
    await vi.advanceTimersByTimeAsync(120_000);
    expect([children.length, latest().connected]).toEqual([1, false]);
  });
});
