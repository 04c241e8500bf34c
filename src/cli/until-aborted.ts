import { once } from 'node:events';

/** Resolves when a signal is aborted: how a command in the foreground waits for Ctrl-C. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
