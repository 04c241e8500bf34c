import type { pause } from '../../core/clock.js';
import { isRetryable } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import { type AskedCall, type Document, interpretAnswer, type WebserviceMethod } from './interpret-answer.js';
import type { WebserviceAddress } from './webservice-address.js';
import { WebserviceBusy } from './webservice-errors.js';
import { openTransport } from './webservice-http.js';

export interface WebserviceClientOptions {
  readonly logger: Logger;
  readonly pause: typeof pause;
  /** 0 <= n < 1; spreads repeats. */
  readonly random: () => number;
  /** For a whole answer; default 120 s: slow shops need a minute for a full page. */
  readonly timeoutMs?: number;
}

export interface WebserviceQuery {
  readonly shopId: number;
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface WebserviceWrite {
  readonly shopId: number;
  readonly method: 'PUT' | 'PATCH';
  /** "products/12". */
  readonly path: string;
  readonly xml: string;
}

const TIMEOUT_MS = 120_000;
/** Shared hosts count parallel calls, and PrestaShop keeps one PHP process busy with each. */
const MOST_CALLS = 2;
const MOST_TRIES = 6;
const BASE_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;
/** A shop that wants to be left alone for longer is asked again by the next task. */
const LONGEST_RETRY_AFTER_MS = 300_000;

/** Calls a shop's Webservice: at most two calls at a time, repeated with growing pauses where that may help. */
export class WebserviceClient {
  readonly address: WebserviceAddress;
  readonly #options: WebserviceClientOptions;
  readonly #transport: ReturnType<typeof openTransport>;
  readonly #closing = new AbortController();
  #free = MOST_CALLS;
  readonly #waiting: (() => void)[] = [];

  constructor(address: WebserviceAddress, options: WebserviceClientOptions) {
    this.address = address;
    this.#options = options;
    this.#transport = openTransport(address, options.timeoutMs ?? TIMEOUT_MS);
  }

  /**
   * Reads, with repeats.
   *
   * @param path "products" or "products/12"; "" is the list of resources
   * @throws the errors of webservice-errors.ts
   */
  async get(path: string, query: WebserviceQuery): Promise<Document> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#call({ method: 'GET', path, query, xml: null });
      } catch (error) {
        if (!isRetryable(error) || tries >= MOST_TRIES) throw error;
        const delayMs = this.#delayMs(error, tries);
        this.#options.logger.warn('Webservice call is repeated', { path, tries, delayMs, code: codeOf(error) });
        if (delayMs > LONGEST_RETRY_AFTER_MS) throw error;
        if (!(await this.#options.pause(delayMs, this.#closing.signal))) throw error;
      }
    }
  }

  /** Writes, once: whether a write without an answer was done is found out by reading, not by writing again. */
  write({ shopId, method, path, xml }: WebserviceWrite): Promise<Document> {
    return this.#call({ method, path, query: { shopId }, xml });
  }

  /** Ends what waits and what runs. */
  close(): void {
    this.#closing.abort();
    this.#transport.close();
  }

  #delayMs(error: unknown, tries: number): number {
    const asked = error instanceof WebserviceBusy ? error.details.retryAfterMs : null;
    const grown = Math.min(LONGEST_DELAY_MS, BASE_DELAY_MS * 2 ** (tries - 1));
    // Half of it is fixed, so that a busy shop is never asked again at once.
    return Math.round(Math.max(asked ?? 0, grown / 2) + (this.#options.random() * grown) / 2);
  }

  async #call(call: {
    readonly method: WebserviceMethod;
    readonly path: string;
    readonly query: WebserviceQuery;
    readonly xml: string | null;
  }): Promise<Document> {
    const { method, path, query } = call;
    const asked: AskedCall = { address: this.address, method, path, shopId: query.shopId };
    await this.#takePlace();
    try {
      const parameters = new URLSearchParams({ id_shop: String(query.shopId), ...query.parameters });
      const request = { method, path, query: parameters, body: call.xml, signal: this.#closing.signal };
      const document = interpretAnswer(await this.#transport.call(request), asked);
      if (document.strayText !== '')
        this.#options.logger.debug('Webservice answer holds text beside its XML', { path, text: document.strayText });
      return document;
    } finally {
      this.#givePlace();
    }
  }

  #takePlace(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #givePlace(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}

function codeOf(error: unknown): string {
  return (error as { code?: unknown } | null)?.code?.toString() ?? '';
}
