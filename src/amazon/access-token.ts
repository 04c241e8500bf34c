import { type AxiosInstance, isAxiosError } from 'axios';
import { z } from 'zod';
import type { Clock } from '../core/clock.js';
import { AuthorizationLost, ClientRefused, QuotaExceeded, TokenRefused, Unavailable } from './amazon-errors.js';
import { parseAnswer } from './parse-answer.js';
import { silenceOf } from './silence.js';

/** A token is not used in its last minute: the call that carries it must still arrive in time. */
const SKEW_MS = 60_000;
const OPERATION = 'getAccessToken';

export interface AccessTokenOptions {
  readonly http: AxiosInstance;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  readonly clock: Clock;
  /** Ends a refresh that is under way: the account is being closed. */
  readonly signal: AbortSignal;
}

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const tokenRefusal = z.object({ error: z.string().regex(/^[a-z_]{1,40}$/) });

/** The access token of one account, got from its refresh token and kept until a minute before it ends. */
export class AccessToken {
  readonly #options: AccessTokenOptions;
  readonly #host: string;
  #kept: { readonly token: string; readonly goodUntilMs: number } | null = null;
  /** At most one refresh is under way; all who need the token meanwhile wait for it. */
  #refresh: Promise<string> | null = null;

  constructor(options: AccessTokenOptions) {
    this.#options = options;
    this.#host = new URL(options.tokenUrl).host;
  }

  /**
   * Gives a token that is good for at least a minute.
   *
   * @throws AuthorizationLost, ClientRefused or TokenRefused when a person must act; Unavailable, QuotaExceeded, Unreachable or UnexpectedAnswer when a later try may succeed
   */
  get(): Promise<string> {
    if (this.#kept !== null && this.#options.clock.nowMs() < this.#kept.goodUntilMs) {
      return Promise.resolve(this.#kept.token);
    }
    this.#refresh ??= this.#fetch().finally(() => {
      this.#refresh = null;
    });
    return this.#refresh;
  }

  /** Forgets a token that Amazon refused; one that was fetched meanwhile stays. */
  reject(token: string): void {
    if (this.#kept?.token === token) this.#kept = null;
  }

  async #fetch(): Promise<string> {
    const askedAtMs = this.#options.clock.nowMs();
    const answer = await this.#ask();
    this.#kept = { token: answer.access_token, goodUntilMs: askedAtMs + answer.expires_in * 1000 - SKEW_MS };
    return answer.access_token;
  }

  async #ask(): Promise<z.infer<typeof tokenAnswer>> {
    const { http, tokenUrl, clientId, clientSecret, refreshToken, signal } = this.#options;
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: clientId,
      client_secret: clientSecret,
    });
    try {
      const response = await http.post<unknown>(tokenUrl, form, { signal });
      return parseAnswer(tokenAnswer, response, { operation: OPERATION, host: this.#host });
    } catch (error) {
      throw this.#translate(error);
    }
  }

  #translate(error: unknown): unknown {
    if (!isAxiosError(error)) return error;
    const { response } = error;
    // An answer that broke off has its status already.
    if (response === undefined || response.status < 300) {
      return silenceOf(error, { operation: OPERATION, host: this.#host });
    }
    return this.#refusalOf(response.status, response.data);
  }

  /** @source RFC 6749 section 5.2; Login with Amazon answers 400 or 401 with `error`, and 5xx with `server_error` */
  #refusalOf(status: number, body: unknown): Error {
    const host = this.#host;
    const parsed = tokenRefusal.safeParse(body);
    const code = parsed.success ? parsed.data.error : null;
    const refusal = { operation: OPERATION, status, amazonCode: code, amazonMessage: null, requestId: null };
    if (status === 429) return new QuotaExceeded(refusal);
    if (status >= 500) return new Unavailable(refusal);
    if (code === 'invalid_grant') return new AuthorizationLost({ host });
    if (code === 'invalid_client') return new ClientRefused({ host });
    return new TokenRefused({ host, reason: code === null ? `HTTP ${status}` : `${code} (HTTP ${status})` });
  }
}
