import type { RequestHandler } from 'express';
import { randomId } from '../core/ids.js';

/** Gives every request an id, in the answer's `X-Request-Id` and in the log, so that an error page can be found again. */
export function assignRequestId(): RequestHandler {
  return function assignId(_request, response, next) {
    response.locals.requestId = randomId();
    response.set('X-Request-Id', response.locals.requestId);
    next();
  };
}
