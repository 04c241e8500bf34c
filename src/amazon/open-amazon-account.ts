import { type Clock, pause } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import { AccessToken } from './access-token.js';
import type { AmazonAccount } from './amazon-account.js';
import { AddressInvalid } from './amazon-errors.js';
import { ApiCalls } from './api-calls.js';
import { CallRunner } from './call-runner.js';
import { FeedsClient } from './feeds-client.js';
import { openApiHttp, openHttp } from './http-instance.js';
import { ReportsClient } from './reports-client.js';

const DEFAULT_TIMEOUT_MS = 30_000;

export interface AmazonAccountOptions {
  /** Of the account's region, or of a simulator: "https://sellingpartnerapi-eu.amazon.com". */
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** "Feedbridge/0.1 (Language=JavaScript; Platform=Node)". */
  readonly userAgent: string;
  /** For one answer, and for the next bytes of a document; default 30 s. */
  readonly timeoutMs?: number;
  /** How time is waited for; tests move their clock instead. */
  readonly pause?: typeof pause;
  /** 0 <= n < 1, spreads repeats; default Math.random. */
  readonly random?: () => number;
}

/**
 * Opens one seller authorization at Amazon. Nothing is sent before the first call.
 *
 * @returns feeds and reports of the account; close it to end what runs
 * @throws AddressInvalid when base or token URL is none
 */
export function openAmazonAccount(options: AmazonAccountOptions): AmazonAccount {
  const { clientId, clientSecret, refreshToken, clock, logger, userAgent } = options;
  const baseUrl = httpUrl(options.baseUrl, 'base URL');
  const tokenUrl = httpUrl(options.tokenUrl, 'token URL');
  const http = { userAgent, timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS };
  const runner = new CallRunner({
    clock,
    logger,
    pause: options.pause ?? pause,
    random: options.random ?? Math.random,
  });
  const plainHttp = openHttp(http);
  const token = new AccessToken({
    http: plainHttp,
    tokenUrl: tokenUrl.href,
    clientId,
    clientSecret,
    refreshToken,
    clock,
    signal: runner.closing,
  });
  const parts = {
    baseUrl: baseUrl.href.replace(/\/+$/, ''),
    apiHttp: openApiHttp(http, token),
    documentHttp: plainHttp,
    calls: new ApiCalls({ runner, host: baseUrl.host, secrets: [clientSecret, refreshToken] }),
    runner,
    idleTimeoutMs: http.timeoutMs,
  };
  return { feeds: new FeedsClient(parts), reports: new ReportsClient(parts), close: () => runner.close() };
}

function httpUrl(text: string, name: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) throw new AddressInvalid({ name });
  return url;
}
