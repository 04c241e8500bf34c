import { setMaxListeners } from 'node:events';
import type { Clock, pause } from '../core/clock.js';
import { FeedbridgeError } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { CallAborted } from './amazon-errors.js';
import { linkSignals } from './linked-signal.js';
import { type RetryPlan, withRetries } from './retry.js';

export interface CallRunnerOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly pause: typeof pause;
  /** 0 <= n < 1; spreads the repeats of many processes. */
  readonly random: () => number;
}

export interface RunnableCall<T> {
  readonly operation: string;
  readonly signal: AbortSignal | undefined;
  readonly plan: (error: unknown) => RetryPlan | null;
  /** One try; must end when the signal is aborted. */
  readonly attempt: (signal: AbortSignal) => Promise<T>;
}

/** Runs the calls of one account: repeats what may heal, and ends them all when the account is closed. */
export class CallRunner {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly pause: typeof pause;
  readonly #random: () => number;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  constructor(options: CallRunnerOptions) {
    this.clock = options.clock;
    this.logger = options.logger;
    this.pause = options.pause;
    this.#random = options.random;
    // Every running call listens to it.
    setMaxListeners(0, this.#closing.signal);
  }

  /** Aborted once the account is closed. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /**
   * Makes a call, with its repeats.
   *
   * @throws what the last try threw, or CallAborted when it was ended before it began
   */
  async run<T>(call: RunnableCall<T>): Promise<T> {
    const link = linkSignals(this.closing, call.signal);
    const work = this.#attempts(call, link.signal).finally(link.unlink);
    this.#running.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }

  /** Ends what waits and what runs, and resolves when all of it has ended. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#running);
  }

  async #attempts<T>(call: RunnableCall<T>, signal: AbortSignal): Promise<T> {
    if (signal.aborted) throw new CallAborted({ operation: call.operation });
    return withRetries(() => call.attempt(signal), {
      operation: call.operation,
      signal,
      pause: this.pause,
      random: this.#random,
      plan: call.plan,
      onRepeat: (error, tries, delayMs) => {
        const code = error instanceof FeedbridgeError ? error.code : null;
        this.logger.warn('Amazon call is repeated', { operation: call.operation, tries, delayMs, code });
      },
    });
  }
}
