import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/core/logger.js';
import { parseExportOptions } from '../../../src/features/export/export-options.js';
import type { RunRequest } from '../../../src/features/export/export-service.js';
import { type BackgroundRunParts, BackgroundRuns } from '../../../src/features/export/pages/background-runs.js';
import type { JournalEntry } from '../../../src/features/journal/journal.js';

const ORDER = { mode: 'verify', options: parseExportOptions({}), requestedBy: 'anna', wait: false } as const;

/** An export whose runs go on until the test ends them. */
function openRuns() {
  const entries: JournalEntry[] = [];
  const calls: { request: RunRequest; end: () => void; fail: (error: Error) => void }[] = [];
  const work = (request: RunRequest) =>
    new Promise<never>((resolve, reject) => {
      calls.push({ request, end: () => resolve(undefined as never), fail: reject });
      request.signal?.addEventListener('abort', () => reject(request.signal?.reason));
    });
  const exports = {
    preview: (_mode: unknown, _options: unknown, request: RunRequest) => work(request),
    send: (_options: unknown, request: RunRequest) => work(request),
  };
  const journal = { write: async (entry: JournalEntry) => void entries.push(entry) };
  const parts = { exports, journal, logger: silentLogger } as unknown as BackgroundRunParts;
  const call = async () => {
    while (calls.length === 0) await Promise.resolve();
    const next = calls.shift();
    if (next === undefined) throw new Error('Expected a run, got none.');
    return next;
  };
  return { runs: new BackgroundRuns(parts), entries, call };
}

describe('Runs in the background', () => {
  it('answer with their number as soon as they have one, and remember how far they are', async () => {
    const { runs, call } = openRuns();
    const started = runs.start(ORDER);
    const { request, end } = await call();
    request.onStart?.(7);
    expect(await started).toBe(7);
    expect([runs.isUnderWay(7), runs.isUnderWay(8), runs.progress(7)]).toEqual([true, false, null]);
    const progress = { runId: 7, phase: 'computing', products: 3, productsTotal: 9, items: 5, feedsOpen: 0 } as const;
    request.onProgress?.(progress);
    expect(runs.progress(7)).toEqual(progress);
    end();
    await runs.stop();
    expect([runs.isUnderWay(7), runs.progress(7)]).toEqual([false, progress]);
  });

  it('go one at a time: another is refused with the number of the one under way', async () => {
    const { runs, call } = openRuns();
    const started = runs.start(ORDER);
    expect(() => runs.start(ORDER)).toThrow('A run is under way');
    const { request, end } = await call();
    request.onStart?.(7);
    await started;
    expect(() => runs.start(ORDER)).toThrow('Run 7 is under way');
    end();
    await runs.stop();
    const next = runs.start({ ...ORDER, mode: 'send' });
    const second = await call();
    second.request.onStart?.(8);
    expect(await next).toBe(8);
    second.end();
    await runs.stop();
  });

  it('that cannot even begin fail for whoever asked', async () => {
    const { runs, call, entries } = openRuns();
    const started = runs.start(ORDER);
    (await call()).fail(new Error('Another send is under way.'));
    await expect(started).rejects.toThrow('Another send is under way.');
    expect(entries).toEqual([]);
    const again = runs.start(ORDER);
    const { request, end } = await call();
    request.onStart?.(1);
    expect(await again).toBe(1);
    end();
  });

  it('that fail later say so in the journal', async () => {
    const { runs, call, entries } = openRuns();
    const started = runs.start(ORDER);
    const { request, fail } = await call();
    request.onStart?.(7);
    await started;
    fail(new Error('The shop does not answer.'));
    await runs.stop();
    const message = 'Run 7 failed. The shop does not answer.';
    expect(entries).toEqual([{ level: 'error', code: 'run-failed', message, runId: 7 }]);
  });

  it('are told to end when the service stops, and are waited for', async () => {
    const { runs, call, entries } = openRuns();
    const started = runs.start(ORDER);
    const { request } = await call();
    request.onStart?.(7);
    await started;
    await runs.stop();
    expect(request.signal?.aborted).toBe(true);
    expect(entries[0]?.message).toContain('The service was stopped. What was not sent stays marked.');
    await runs.stop();
  });

  it('of which the latest fifty are remembered', async () => {
    const { runs, call } = openRuns();
    const started = runs.start(ORDER);
    const { request, end } = await call();
    request.onStart?.(1);
    await started;
    for (let runId = 1; runId <= 51; runId += 1)
      request.onProgress?.({ runId, phase: 'computing', products: 0, productsTotal: null, items: 0, feedsOpen: 0 });
    expect([runs.progress(1), runs.progress(2)?.runId, runs.progress(51)?.runId]).toEqual([null, 2, 51]);
    end();
  });
});
