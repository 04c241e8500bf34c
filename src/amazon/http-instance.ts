import http from 'node:http';
import https from 'node:https';
import axios, { type AxiosInstance, isAxiosError } from 'axios';
import type { AccessToken } from './access-token.js';
import { readAmazonErrors } from './amazon-error-list.js';

const LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;

export interface HttpOptions {
  /** "Feedbridge/0.1 (Language=JavaScript; Platform=Node)". */
  readonly userAgent: string;
  /** Time for a whole answer; where the answer is a stream, for its headers. */
  readonly timeoutMs: number;
}

/**
 * Opens an HTTP instance without credentials: for tokens and documents.
 *
 * No redirect is followed (a token or a signed link would go along), no proxy of the environment is used, and every call has a connection
 * of its own: on a kept connection that the other side just closed, a createFeed would end in doubt.
 */
export function openHttp(options: HttpOptions): AxiosInstance {
  return axios.create({
    headers: { 'user-agent': options.userAgent },
    timeout: options.timeoutMs,
    proxy: false,
    maxRedirects: 0,
    maxContentLength: LARGEST_ANSWER_BYTES,
    httpAgent: new http.Agent({ keepAlive: false }),
    httpsAgent: new https.Agent({ keepAlive: false }),
  });
}

/**
 * Opens the HTTP instance of one account: every call carries the access token, and a call refused for its token is made once more with a fresh one.
 *
 * @source a stale token is answered 401 or 403 "Unauthorized" with "expired", "revoked" or "malformed" in the details
 */
export function openApiHttp(options: HttpOptions, token: AccessToken): AxiosInstance {
  const api = openHttp(options);
  // The repeat goes through an instance without these interceptors, so that it is the last one.
  const repeat = openHttp(options);
  api.interceptors.request.use(async (config) => {
    config.headers.set(TOKEN_HEADER, await token.get());
    return config;
  });
  api.interceptors.response.use(undefined, async (error: unknown) => {
    if (!isAxiosError(error) || error.config === undefined || !isStaleToken(error.response)) throw error;
    const { config } = error;
    token.reject(String(config.headers.get(TOKEN_HEADER)));
    config.headers.set(TOKEN_HEADER, await token.get());
    return repeat.request(config);
  });
  return api;
}

/** Carries the access token to the Selling Partner API, and nowhere else. */
export const TOKEN_HEADER = 'x-amz-access-token';

function isStaleToken(response: { readonly status: number; readonly data: unknown } | undefined): boolean {
  if (response === undefined || (response.status !== 401 && response.status !== 403)) return false;
  return readAmazonErrors(response.data).some((error) =>
    /expired|revoked|malformed/i.test(`${error.message} ${error.details}`),
  );
}
