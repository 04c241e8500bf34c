import type { Request, RequestHandler, Response } from 'express';
import { FormExpired } from './http-errors.js';
import { isLoopback } from './loopback.js';
import type { PageSession } from './request-locals.js';
import { isWrite } from './require-same-origin.js';
import { type NewCookie, sessionCookie } from './session-cookie.js';

/** What the login of pages stands on. */
export interface LoginParts {
  readonly find: (token: string) => Promise<PageSession | null>;
  /** Begins an automatic local login. */
  readonly startLocal: () => Promise<NewCookie>;
  /** Whether people on this machine need no login at present. */
  readonly localLoginAllowed: () => Promise<boolean>;
}

/** Lets only people with a login see pages; the others are sent to the login page and come back from there. */
export function requireLogin(parts: LoginParts): RequestHandler {
  return async function requireSession(request, response, next) {
    const local = isDirectLocal(request) && (await parts.localLoginAllowed());
    const session =
      (await knownSession(request, parts, local)) ?? (await localSession(request, response, parts, local));
    if (session !== null) {
      response.locals.session = session;
      next();
    } else if (local) next(new FormExpired({}));
    else response.redirect(303, `/login?next=${encodeURIComponent(isWrite(request) ? '/' : request.originalUrl)}`);
  };
}

async function knownSession(request: Request, parts: LoginParts, local: boolean): Promise<PageSession | null> {
  const token = sessionCookie.read(request);
  const session = token === null ? null : await parts.find(token);
  // An automatic login holds only as long as one would be given now.
  return session !== null && (session.userId !== null || local) ? session : null;
}

async function localSession(
  request: Request,
  response: Response,
  ...[parts, local]: [LoginParts, boolean]
): Promise<PageSession | null> {
  if (!local || isWrite(request)) return null;
  const started = await parts.startLocal();
  sessionCookie.write(request, response, started);
  return parts.find(started.token);
}

/** A peer on this machine that speaks for itself; behind a proxy everybody seems to be one. */
function isDirectLocal(request: Request): boolean {
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some(
    (name) => request.get(name) !== undefined,
  );
  return !forwarded && isLoopback(request.socket.remoteAddress ?? '');
}
