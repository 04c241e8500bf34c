export interface LinkedSignal {
  readonly signal: AbortSignal;
  /** Lets go of the longer-lived signals; call it when the work is over. */
  unlink(): void;
}

/**
 * One signal that follows two.
 *
 * Not AbortSignal.any: on Node 20.20 each of its signals leaves about 100 bytes with a source that lives on, and ours live as long as the process.
 *
 * @param lasting the signal of the account
 * @param caller the signal of one call, if it has one
 */
export function linkSignals(lasting: AbortSignal, caller: AbortSignal | undefined): LinkedSignal {
  if (caller === undefined) return { signal: lasting, unlink: () => undefined };
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (lasting.aborted || caller.aborted) abort();
  lasting.addEventListener('abort', abort, { once: true });
  caller.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    unlink: () => {
      lasting.removeEventListener('abort', abort);
      caller.removeEventListener('abort', abort);
    },
  };
}
