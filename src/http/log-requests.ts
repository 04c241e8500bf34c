import type { RequestHandler } from 'express';
import type { Logger } from '../core/logger.js';

const PATH_CHARACTERS = 200;

/** Writes one line for each request when its answer has ended; the query string, which may hold a secret, is never in it. */
export function logRequests(logger: Logger): RequestHandler {
  return function logRequest(request, response, next) {
    const startedAtMs = performance.now();
    const path = pathOf(request.originalUrl);
    response.once('close', () => {
      const fields = {
        method: request.method,
        path,
        status: response.statusCode,
        ms: Math.round(performance.now() - startedAtMs),
        requestId: response.locals.requestId,
        ...(response.writableFinished ? {} : { cut: true }),
      };
      if (path.startsWith('/assets/')) logger.debug('Request', fields);
      else logger.info('Request', fields);
    });
    next();
  };
}

/** The path of a URL without its query, cut to what a log line should hold. */
export function pathOf(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  return path.length > PATH_CHARACTERS ? `${path.slice(0, PATH_CHARACTERS)}…` : path;
}
