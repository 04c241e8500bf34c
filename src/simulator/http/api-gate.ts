import type { Request, RequestHandler, Response } from 'express';
import type { Clock } from '../../core/clock.js';
import type { OperationName } from '../faults/fault-order.js';
import type { WorkLine } from '../processing/work-line.js';
import type { SellerStore } from '../state/seller-store.js';
import { checkAccessToken } from './access-token.js';
import { type ApiAnswer, type ApiCall, type ApiOperation, invalidInput, refusal } from './api-answer.js';
import { beginStruck, mayAnswer, type RequestFaults } from './request-faults.js';
import type { TokenBuckets } from './token-buckets.js';

export interface ApiGateParts {
  readonly clock: Clock;
  readonly sellers: SellerStore;
  readonly buckets: TokenBuckets;
  readonly faults: RequestFaults;
  readonly workLine: WorkLine;
}

/** What every operation of the Selling Partner API has in common: token, quota, faults, headers. */
export class ApiGate {
  readonly #parts: ApiGateParts;

  constructor(parts: ApiGateParts) {
    this.#parts = parts;
  }

  /**
   * Makes a route out of an operation.
   *
   * @param operation its name in the official model; quotas and faults are found by it
   */
  guard(operation: OperationName, act: ApiOperation): RequestHandler {
    return async (request, response) => {
      const token = await this.#check(request);
      if ('status' in token) this.#send(response, operation, token);
      else if (!this.#parts.buckets.take(token.sellerId, operation, this.#parts.clock.nowMs()))
        this.#send(response, operation, QUOTA_EXCEEDED);
      else await this.#call(operation, act, { request, response, sellerId: token.sellerId });
    };
  }

  async #check(request: Request): Promise<{ readonly sellerId: string } | ApiAnswer> {
    const token = request.get('x-amz-access-token');
    if (token === undefined)
      return refusal(403, 'MissingAuthenticationToken', 'Access to requested resource is denied.');
    const check = await checkAccessToken(token, this.#parts.sellers, this.#parts.clock.nowMs());
    if ('sellerId' in check) return check;
    const details =
      check.refused === 'expired'
        ? 'The access token you provided has expired.'
        : 'The access token you provided is revoked, malformed or invalid.';
    return refusal(403, 'Unauthorized', 'Access to requested resource is denied.', details);
  }

  async #call(
    operation: OperationName,
    act: ApiOperation,
    { request, response, sellerId }: { request: Request; response: Response; sellerId: string },
  ): Promise<void> {
    const { faults, workLine } = this.#parts;
    const { fault, answer } = await workLine.run(async () => {
      const drawn = await faults.draw(operation, sellerId);
      const beginning = beginStruck(drawn, response);
      if (beginning === 'cut') return { fault: drawn, answer: null };
      if (beginning !== 'act')
        return { fault: drawn, answer: beginning.refuse === 429 ? QUOTA_EXCEEDED : SERVICE_UNAVAILABLE };
      const call = readCall(request, sellerId);
      return { fault: drawn, answer: 'status' in call ? call : await act(call) };
    });
    if (answer === null) response.destroy();
    else if (await mayAnswer(fault, response)) this.#send(response, operation, answer);
  }

  #send(response: Response, operation: OperationName, answer: ApiAnswer): void {
    // Amazon tells the rate on these answers only, never with 403 or 429.
    if (answer.status < 300 || answer.status === 400 || answer.status === 404)
      response.set('x-amzn-RateLimit-Limit', String(this.#parts.buckets.perSecond(operation)));
    response.status(answer.status);
    if (answer.body === undefined) response.end();
    else response.json(answer.body);
  }
}

function readCall(request: Request, sellerId: string): ApiCall | ApiAnswer {
  if (request.method === 'POST' && !request.is('application/json'))
    return refusal(415, 'UnsupportedMediaType', 'The entity format supplied is not supported by the resource.');
  const body = parseBody(request.body);
  if ('refused' in body) return invalidInput('The body is not valid JSON.');
  const params = Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)]));
  return { sellerId, params, query: request.query, body: body.value };
}

function parseBody(text: unknown): { readonly value: unknown } | { readonly refused: true } {
  if (typeof text !== 'string' || text === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { refused: true };
  }
}

const QUOTA_EXCEEDED = refusal(429, 'QuotaExceeded', 'You exceeded your quota for the requested resource.');
const SERVICE_UNAVAILABLE = refusal(503, 'ServiceUnavailable', 'Service is temporarily unavailable. Please try again.');
