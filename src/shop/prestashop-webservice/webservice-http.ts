import http from 'node:http';
import https from 'node:https';
import axios, { type AxiosInstance, type AxiosResponse, isAxiosError } from 'axios';
import type { RawAnswer, WebserviceMethod } from './interpret-answer.js';
import type { WebserviceAddress } from './webservice-address.js';
import { WebserviceUnreachable } from './webservice-errors.js';

/** A page of 500 products with all texts is some 6 MB; ten times that is a mistake. */
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;

export interface WebserviceRequest {
  readonly method: WebserviceMethod;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string | null;
  readonly signal: AbortSignal;
}

/** Makes one call, whatever its status; without an answer it throws WebserviceUnreachable. */
export type WebserviceTransport = (request: WebserviceRequest) => Promise<RawAnswer>;

/**
 * Opens the connection to a Webservice. The key goes in the Authorization header, never in an address, which would end up in
 * access logs. No redirect is followed and no proxy of the environment used: the key would go along.
 *
 * @param timeoutMs for a whole answer
 */
export function openTransport(
  address: WebserviceAddress,
  timeoutMs: number,
): { readonly call: WebserviceTransport; close(): void } {
  const agents = {
    httpAgent: new http.Agent({ keepAlive: true }),
    httpsAgent: new https.Agent({ keepAlive: true }),
  };
  const instance = axios.create({
    ...agents,
    baseURL: address.baseUrl,
    auth: { username: address.key, password: '' },
    timeout: timeoutMs,
    proxy: false,
    maxRedirects: 0,
    maxContentLength: LARGEST_ANSWER_BYTES,
    responseType: 'arraybuffer',
    validateStatus: () => true,
    headers: { accept: 'application/xml, text/xml', 'user-agent': 'Feedbridge/0.1' },
  });
  return {
    call: (request) => callOnce(instance, address, request),
    close: () => {
      agents.httpAgent.destroy();
      agents.httpsAgent.destroy();
    },
  };
}

async function callOnce(
  instance: AxiosInstance,
  { where }: WebserviceAddress,
  { method, path, query, body, signal }: WebserviceRequest,
): Promise<RawAnswer> {
  try {
    const response: AxiosResponse<Buffer> = await instance.request({
      ...{ method, url: path, params: query, signal },
      ...(body === null ? {} : { data: body, headers: { 'content-type': 'text/xml; charset=utf-8' } }),
    });
    const header = (name: string) => String(response.headers[name] ?? '');
    return {
      status: response.status,
      body: new TextDecoder().decode(response.data),
      location: header('location'),
      retryAfterMs: retryAfterOf(header('retry-after')),
    };
  } catch (error) {
    // The axios error holds the key, so only its code is kept.
    if (isAxiosError(error)) throw new WebserviceUnreachable({ where, reason: reasonOf(error.code ?? 'no code') });
    throw error;
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'a refused connection'],
  ['ENOTFOUND', 'an unknown host name'],
  ['EAI_AGAIN', 'no answer of the name server'],
  ['ECONNABORTED', 'no whole answer in time'],
  ['ETIMEDOUT', 'no whole answer in time'],
  ['ECONNRESET', 'a connection that was cut'],
  ['EPIPE', 'a connection that was cut'],
  ['ERR_BAD_RESPONSE', 'an answer that broke off or was too long'],
  ['ERR_CANCELED', 'the end of this process first'],
]);

function reasonOf(code: string): string {
  const known = REASONS.get(code);
  if (known !== undefined) return `${known} (${code})`;
  return /CERT|SELF_SIGNED|UNABLE_TO/.test(code)
    ? `a certificate that is not trusted (${code})`
    : `a failure (${code})`;
}

/** Seconds or a date. */
function retryAfterOf(header: string): number | null {
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}
