import { type AxiosResponse, isAxiosError, type RawAxiosRequestConfig } from 'axios';
import type { z } from 'zod';
import { CallAborted, QuotaExceeded } from './amazon-errors.js';
import type { CallRunner } from './call-runner.js';
import type { Operation } from './operations.js';
import { parseAnswer } from './parse-answer.js';
import { RateLimit } from './rate-limit.js';
import { requestIdOf } from './request-id.js';
import { retryPlan } from './retry.js';
import { translateFailure } from './translate-failure.js';

export interface ApiCall<T> {
  readonly operation: Operation;
  readonly schema: z.ZodType<T>;
  readonly signal: AbortSignal | undefined;
  /** Makes the request through an API class, with these options. */
  readonly send: (options: RawAxiosRequestConfig) => Promise<AxiosResponse<unknown>>;
}

export interface ApiAnswer<T> {
  readonly value: T;
  readonly requestId: string | null;
}

export interface ApiCallsOptions {
  readonly runner: CallRunner;
  /** Of the base URL; for messages. */
  readonly host: string;
  readonly secrets: readonly string[];
}

/** Calls of the Selling Partner API for one account: each operation within its quota, its answer parsed, its failure translated. */
export class ApiCalls {
  readonly #runner: CallRunner;
  readonly #host: string;
  readonly #secrets: readonly string[];
  /** Lives as long as the process; what Amazon granted is learned again after a start. */
  readonly #limits = new Map<Operation, RateLimit>();

  constructor(options: ApiCallsOptions) {
    this.#runner = options.runner;
    this.#host = options.host;
    this.#secrets = options.secrets;
  }

  /**
   * Makes one call: waits for its quota, sends it, repeats what may heal.
   *
   * @throws the errors of amazon-errors.ts
   */
  call<T>(call: ApiCall<T>): Promise<ApiAnswer<T>> {
    const limit = this.#limitOf(call.operation);
    return this.#runner.run({
      operation: call.operation.name,
      signal: call.signal,
      plan: (error) => retryPlan(error, call.operation.name, limit.ratePerSecond),
      attempt: (signal) => this.#attempt(call, limit, signal),
    });
  }

  async #attempt<T>(call: ApiCall<T>, limit: RateLimit, signal: AbortSignal): Promise<ApiAnswer<T>> {
    const { operation, schema } = call;
    if (!(await limit.take(signal))) throw new CallAborted({ operation: operation.name });
    try {
      const response = await call.send({ signal });
      this.#note(operation, response, limit);
      const value = parseAnswer(schema, response, { operation: operation.name, host: this.#host });
      return { value, requestId: requestIdOf(response.headers) };
    } catch (error) {
      if (isAxiosError(error) && error.response !== undefined) this.#note(operation, error.response, limit);
      const failure = translateFailure(error, { operation, host: this.#host, secrets: this.#secrets });
      if (failure instanceof QuotaExceeded && failure.details.operation === operation.name) limit.drain();
      throw failure;
    }
  }

  /** Amazon names the rate it applies on 20x, 400 and 404, best effort: without the header nothing changes. */
  #note(operation: Operation, response: AxiosResponse<unknown>, limit: RateLimit): void {
    const granted: unknown = response.headers['x-amzn-ratelimit-limit'];
    if (typeof granted === 'string') limit.learn(Number(granted));
    this.#runner.logger.debug('Amazon answered', {
      operation: operation.name,
      status: response.status,
      requestId: requestIdOf(response.headers),
    });
  }

  #limitOf(operation: Operation): RateLimit {
    const known = this.#limits.get(operation);
    if (known !== undefined) return known;
    const { clock, pause } = this.#runner;
    const { ratePerSecond, burst } = operation;
    const limit = new RateLimit({ ratePerSecond, burst, clock, pause });
    this.#limits.set(operation, limit);
    return limit;
  }
}
