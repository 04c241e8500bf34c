import type { CookieOptions, Request, Response } from 'express';
import { readCookie } from './read-cookie.js';

/** A token just made for a browser. */
export interface NewCookie {
  readonly token: string;
  /** In milliseconds, from now on: the browser's clock may differ from ours. */
  readonly lifetimeMs: number;
}

/** The cookie that holds the token of a login. */
export const sessionCookie = {
  read: (request: Request): string | null => readCookie(request, nameOf(request)),
  write: (request: Request, response: Response, { token, lifetimeMs }: NewCookie): void => {
    response.cookie(nameOf(request), token, { ...optionsOf(request), maxAge: lifetimeMs });
  },
  clear: (request: Request, response: Response): void => {
    response.clearCookie(nameOf(request), optionsOf(request));
  },
};

/** Browsers keep cookies by host and not by port, so each service on this machine needs a name of its own. */
function nameOf(request: Request): string {
  return `feedbridge_session_${request.socket.localPort ?? 0}`;
}

function optionsOf(request: Request): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps(request) };
}

/** Also behind a proxy that ends TLS: a wrong header only makes the cookie stricter. */
function isHttps(request: Request): boolean {
  return request.secure || request.get('x-forwarded-proto') === 'https';
}
