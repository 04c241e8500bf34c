import type { ErrorRequestHandler, RequestHandler } from 'express';
import { messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import { invalidInput, refusal } from './api-answer.js';

/** The last handler: what Amazon answers to a body that is no JSON, and to its own failures. */
export function answerFailure(logger: Logger): ErrorRequestHandler {
  return function answerThrown(error: unknown, request, response, _next) {
    const status = (error as { status?: unknown }).status;
    if (response.headersSent || request.destroyed) {
      logger.warn('A simulator connection ended early', { path: request.path, reason: messageOf(error) });
      response.destroy();
      return;
    }
    if (status === 400 || status === 413) {
      const answer = status === 400 ? invalidInput('The body is not valid JSON.') : TOO_LARGE;
      response.status(answer.status).json(answer.body);
      return;
    }
    logger.error('The simulator failed', { path: request.path, reason: messageOf(error) });
    const answer = refusal(500, 'InternalFailure', 'We encountered an internal error. Please try again.');
    response.status(answer.status).json(answer.body);
  };
}

/** What stands behind all routes. */
export const answerUnknownRoute: RequestHandler = (_request, response) => {
  const answer = refusal(
    404,
    'NotFound',
    'The resource you requested was not found.',
    'No such operation is simulated.',
  );
  response.status(answer.status).json(answer.body);
};

const TOO_LARGE = refusal(413, 'PayloadTooLarge', 'The request size exceeded the maximum accepted size.');
