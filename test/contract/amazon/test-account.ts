import type { AmazonAccount } from '../../../src/amazon/amazon-account.js';
import { openAmazonAccount } from '../../../src/amazon/open-amazon-account.js';
import type { Clock } from '../../../src/core/clock.js';
import type { LogFields, Logger } from '../../../src/core/logger.js';

export const SECRETS = {
  clientId: 'amzn1.application-oa2-client.test',
  clientSecret: 'client-secret-of-the-test',
  refreshToken: 'refresh-token-of-the-test',
} as const;

/** A clock that moves only when something waits on it, and remembers each wait. */
export class HandMovedTime implements Clock {
  readonly pausesMs: number[] = [];
  #nowMs = Date.UTC(2026, 10, 21);

  nowMs(): number {
    return this.#nowMs;
  }

  advance(durationMs: number): void {
    this.#nowMs += durationMs;
  }

  readonly pause = (durationMs: number, signal?: AbortSignal): Promise<boolean> => {
    if (signal?.aborted) return Promise.resolve(false);
    this.pausesMs.push(durationMs);
    this.advance(durationMs);
    return Promise.resolve(true);
  };
}

/** Keeps every log line, to be searched for secrets. */
export class KeptLog implements Logger {
  readonly lines: { readonly level: string; readonly message: string; readonly fields: LogFields }[] = [];
  readonly error = this.#writer('error');
  readonly warn = this.#writer('warn');
  readonly info = this.#writer('info');
  readonly debug = this.#writer('debug');

  child(): Logger {
    return this;
  }

  #writer(level: string) {
    return (message: string, fields: LogFields = {}) => {
      this.lines.push({ level, message, fields });
    };
  }
}

export interface TestAccount {
  readonly account: AmazonAccount;
  readonly time: HandMovedTime;
  readonly log: KeptLog;
}

export interface TestAccountOptions {
  readonly timeoutMs?: number;
  /** Where tokens come from when it is another server. */
  readonly tokenServerUrl?: string;
}

/** Opens an account at a server of the test; repeats wait the full delay, on the hand-moved clock. */
export function openTestAccount(serverUrl: string, options: TestAccountOptions = {}): TestAccount {
  const time = new HandMovedTime();
  const log = new KeptLog();
  const account = openAmazonAccount({
    baseUrl: serverUrl,
    tokenUrl: `${options.tokenServerUrl ?? serverUrl}/auth/o2/token`,
    ...SECRETS,
    clock: time,
    pause: time.pause,
    random: () => 1,
    logger: log,
    userAgent: 'Feedbridge/test (Language=JavaScript; Platform=Node)',
    timeoutMs: options.timeoutMs ?? 5000,
  });
  return { account, time, log };
}

/** The error that a call ends with; fails the test when it ends well. */
export async function failureOf(call: Promise<unknown>): Promise<Error> {
  const outcome = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error)) throw new Error(`Expected the call to fail with an error, got ${String(outcome)}.`);
  return outcome;
}
