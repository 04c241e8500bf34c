import type { Request, RequestHandler } from 'express';
import { FormExpired } from './http-errors.js';
import type { PageSession } from './request-locals.js';
import { isWrite } from './require-same-origin.js';

/** The form field in which every write carries its session's token. */
export const CSRF_FIELD = '_csrf';

/** Refuses writes that do not carry the token of their own session. @param matches compares in constant time */
export function requireCsrfToken(matches: (session: PageSession, received: string) => boolean): RequestHandler {
  return function requireOwnToken(request, response, next) {
    const { session } = response.locals;
    const allowed = !isWrite(request) || (session !== undefined && matches(session, csrfTokenIn(request)));
    next(allowed ? undefined : new FormExpired({}));
  };
}

/** The token that a form carries; empty when it carries none. */
export function csrfTokenIn(request: Request): string {
  const received: unknown = (request.body as Record<string, unknown> | undefined)?.[CSRF_FIELD];
  return typeof received === 'string' ? received : '';
}
