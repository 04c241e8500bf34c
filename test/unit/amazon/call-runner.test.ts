import { describe, expect, it } from 'vitest';
import { CallAborted } from '../../../src/amazon/amazon-errors.js';
import { CallRunner } from '../../../src/amazon/call-runner.js';
import { silentLogger } from '../../../src/core/logger.js';

function openRunner(): CallRunner {
  return new CallRunner({
    clock: { nowMs: () => 0 },
    pause: (_durationMs, signal) => Promise.resolve(!signal?.aborted),
    random: () => 0,
    logger: silentLogger,
  });
}

function call<T>(attempt: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal) {
  return { operation: 'getFeed', signal, plan: () => null, attempt };
}

describe('CallRunner', () => {
  it('closes only when the last running call has ended', async () => {
    const runner = openRunner();
    let finish: (value: string) => void = () => undefined;
    const running = runner.run(call(() => new Promise<string>((resolve) => (finish = resolve))));
    let closed = false;
    const closing = runner.close().then(() => {
      closed = true;
    });
    await new Promise(setImmediate);
    expect(closed).toBe(false);
    finish('done');
    await closing;
    expect(await running).toBe('done');
  });

  it('tells a running call that it is being closed', async () => {
    const runner = openRunner();
    const seen = runner.run(
      call((signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve('told')))),
    );
    await runner.close();
    expect(await seen).toBe('told');
  });

  it('begins nothing after it was closed', async () => {
    const runner = openRunner();
    await runner.close();
    let begun = false;
    const attempt = () => {
      begun = true;
      return Promise.resolve();
    };
    await expect(runner.run(call(attempt))).rejects.toBeInstanceOf(CallAborted);
    expect(begun).toBe(false);
  });

  it('begins nothing for a caller that has ended, and goes on for others', async () => {
    const runner = openRunner();
    await expect(runner.run(call(() => Promise.resolve(1), AbortSignal.abort()))).rejects.toBeInstanceOf(CallAborted);
    expect(await runner.run(call(() => Promise.resolve(2)))).toBe(2);
  });
});
