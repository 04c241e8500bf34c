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
  const fork = () => {
    children.push(new FakeChild());
    return latest() as unknown as ChildProcess;
  };
  const latest = () => {
    const child = children.at(-1);
    if (child === undefined) throw new Error('Expected a process, found none.');
    return child;
  };
  const journal = { write: async (entry: JournalEntry | readonly JournalEntry[]) => void entries.push(entry as never) };
  const worker = new WorkerProcess({ configuration: {} as Configuration, journal, logger: silentLogger, fork });
  const begin = async () => {
    const begun = worker.begin();
    latest().say({ kind: 'ready' });
    await begun;
  };
  return { worker, children, entries, latest, begin };
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
    latest().say({ kind: 'ready' });
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
