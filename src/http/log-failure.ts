import type { Response } from 'express';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { describeError } from './describe-error.js';

/**
 * Writes down what a request failed with, when a person should know of it.
 *
 * @returns true when the answer was already under way; then the connection is cut, so that nobody takes a part for the whole
 */
export function logFailure(error: unknown, response: Response, logger: Logger): boolean {
  const { status, code } = describeError(error);
  const fields = { code, reason: messageOf(error), requestId: response.locals.requestId };
  if (response.headersSent) {
    logger.warn('An answer was cut short', fields);
    response.destroy();
    return true;
  }
  if (status >= 500) logger.error('A request failed', { ...fields, stack: stackOf(error) });
  return false;
}

function stackOf(error: unknown): string | null {
  return error instanceof Error ? (error.stack?.split('\n').slice(1, 6).join('\n') ?? null) : null;
}
