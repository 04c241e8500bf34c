import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from '../core/logger.js';
import { describeError } from './describe-error.js';
import { logFailure } from './log-failure.js';
import type { PageRenderer } from './page-renderer.js';

/** The last handler of the pages: an error becomes a page; what is none of ours shows only the request's id. */
export function answerErrorPage(pages: PageRenderer, logger: Logger): ErrorRequestHandler {
  return function answerWithPage(error: unknown, _request, response, _next) {
    if (!logFailure(error, response, logger)) sendErrorPage(pages, response, error);
  };
}

/** Shows an error as a page, without menu for those who have no login. */
function sendErrorPage(pages: PageRenderer, response: Response, error: unknown): void {
  const { status, message } = describeError(error);
  const known = pages.texts.has(`error.${status}`) ? String(status) : status < 500 ? '4xx' : '5xx';
  const title = pages.text(`error.${known}`);
  pages.send(response, { template: 'screens/error', title, status, data: { message, status } });
}
