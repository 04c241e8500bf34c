import { type AxiosError, type AxiosResponse, isAxiosError } from 'axios';
import { FeedbridgeError } from '../core/errors.js';
import { readAmazonErrors } from './amazon-error-list.js';
import {
  type AmazonRefusal,
  BadRequest,
  Forbidden,
  NoAnswer,
  NotFound,
  QuotaExceeded,
  TooLarge,
  Unavailable,
  UnexpectedAnswer,
} from './amazon-errors.js';
import { TOKEN_HEADER } from './http-instance.js';
import { maskSecrets } from './mask-secrets.js';
import type { Operation } from './operations.js';
import { requestIdOf } from './request-id.js';
import { silenceOf, silenceReason, wasNeverSent } from './silence.js';

const LONGEST_TEXT = 500;
/** Answers of a server that gave up on the way: what it had begun may have been done. */
const HALFWAY_STATUSES: ReadonlySet<number> = new Set([500, 502, 504]);

export interface FailureContext {
  readonly operation: Operation;
  readonly host: string;
  /** The account's secrets, taken out of all that Amazon says. */
  readonly secrets: readonly string[];
}

/**
 * Turns whatever a call of the Selling Partner API ended with into an error of ours.
 *
 * @returns NoAnswer for an operation that must not be repeated whenever its effect may have happened; an error of ours or of the program as it is
 * @source status codes of the official models; 401/403 after a fresh token mean a missing role or a wrong region
 */
export function translateFailure(error: unknown, context: FailureContext): unknown {
  if (error instanceof UnexpectedAnswer && !context.operation.repeatable && isOurs(error, context)) {
    const { host, received, requestId } = error.details;
    return new NoAnswer({ operation: context.operation.name, host, reason: received, requestId });
  }
  if (error instanceof FeedbridgeError || !isAxiosError(error)) return error;
  const { response } = error;
  // An answer that broke off has its status already.
  if (response === undefined || response.status < 300) return translateSilence(error, context);
  return translateRefusal(response, context);
}

function translateSilence(error: AxiosError, context: FailureContext): FeedbridgeError {
  const origin = { operation: context.operation.name, host: context.host };
  if (context.operation.repeatable || wasNeverSent(error)) return silenceOf(error, origin);
  const requestId = requestIdOf(error.response?.headers);
  return new NoAnswer({ ...origin, reason: silenceReason(error), requestId });
}

function translateRefusal(response: AxiosResponse<unknown>, context: FailureContext): FeedbridgeError {
  const { status } = response;
  const { operation, host } = context;
  const requestId = requestIdOf(response.headers);
  if (status < 400)
    return new UnexpectedAnswer({
      operation: operation.name,
      host,
      received: `a redirect (HTTP ${status})`,
      requestId,
    });
  if (!operation.repeatable && HALFWAY_STATUSES.has(status)) {
    return new NoAnswer({ operation: operation.name, host, reason: `HTTP ${status}`, requestId });
  }
  return new (refusalOf(status))({ operation: operation.name, status, requestId, ...wordsOf(response, context) });
}

function refusalOf(status: number) {
  if (status === 429) return QuotaExceeded;
  if (status >= 500) return Unavailable;
  if (status === 401 || status === 403) return Forbidden;
  if (status === 404) return NotFound;
  return status === 413 ? TooLarge : BadRequest;
}

function wordsOf(
  response: AxiosResponse<unknown>,
  context: FailureContext,
): Pick<AmazonRefusal, 'amazonCode' | 'amazonMessage'> {
  const entry = readAmazonErrors(response.data)[0];
  if (entry === undefined) return { amazonCode: null, amazonMessage: null };
  const token: unknown = response.config.headers.get(TOKEN_HEADER);
  const secrets = typeof token === 'string' ? [...context.secrets, token] : context.secrets;
  const masked = (text: string) => maskSecrets(text, secrets).slice(0, LONGEST_TEXT);
  const message = entry.details === '' ? entry.message : `${entry.message} (${entry.details})`;
  return { amazonCode: masked(entry.code), amazonMessage: message === '' ? null : masked(message) };
}

/** The token's own unexpected answer says nothing about the operation: that one was never sent. */
function isOurs(error: InstanceType<typeof UnexpectedAnswer>, context: FailureContext): boolean {
  return error.details.operation === context.operation.name;
}
