import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from '../core/logger.js';
import { describeError } from './describe-error.js';
import { PageUnknown } from './http-errors.js';
import { logFailure } from './log-failure.js';
import { pathOf } from './log-requests.js';

/**
 * The last handler of the API: an error becomes a problem document; what is none of ours shows only the request's id.
 *
 * @source RFC 9457, Problem Details for HTTP APIs
 */
export function answerProblem(logger: Logger): ErrorRequestHandler {
  return function answerWithProblem(error: unknown, _request, response, _next) {
    if (logFailure(error, response, logger)) return;
    const { status, code, message, faults } = describeError(error);
    response
      .status(status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: `urn:feedbridge:problem:${code.toLowerCase().replaceAll('_', '-')}`,
          title: code,
          status,
          detail: message ?? 'Something unexpected happened. The log of the service tells what, under this request id.',
          requestId: response.locals.requestId,
          ...(faults.length > 0 ? { faults } : {}),
        }),
      );
  };
}

/** What stands behind all routes: there is nothing at this address. */
export const answerUnknown: RequestHandler = (request, _response, next) => {
  next(new PageUnknown({ path: pathOf(request.originalUrl) }));
};
