import { randomBytes } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import type { Db } from '../../db/open-database.js';
import type { AttemptLimit } from '../../http/attempt-limit.js';
import { FormExpired } from '../../http/http-errors.js';
import { safeReturn } from '../../http/page-address.js';
import type { PageRenderer } from '../../http/page-renderer.js';
import { readCookie } from '../../http/read-cookie.js';
import type { PageSession } from '../../http/request-locals.js';
import { csrfTokenIn } from '../../http/require-csrf-token.js';
import { sessionCookie } from '../../http/session-cookie.js';
import type { Audit } from './audit.js';
import { canonicalUserName } from './credential-rules.js';
import type { SessionService, StartedSession } from './session-service.js';
import { sameSecret } from './token-hash.js';
import type { User } from './user.js';
import type { UserService } from './user-service.js';

export interface LoginScreenParts {
  readonly pages: PageRenderer;
  readonly users: UserService;
  readonly sessions: SessionService;
  readonly db: Db;
  readonly audit: Audit;
  readonly limit: AttemptLimit;
}

/** Before a login there is no session whose token a form could carry: this cookie takes its place. */
const FORM_COOKIE = 'feedbridge_login';

/** Who has logged in; only behind `requireLogin`. */
export function loginOf(response: Response): PageSession {
  const { session } = response.locals;
  if (session === undefined) throw new Error('Expected a route behind requireLogin, got one before it.');
  return session;
}

/** The login page and its form. */
export function loginScreens(parts: LoginScreenParts): Router {
  const routes = Router();
  routes.get('/login', (request, response) => {
    showLogin(parts.pages, response, { name: '', next: safeReturn(textOf(request.query.next)), status: 200 });
  });
  routes.post('/login', async (request, response) => {
    checkFormToken(request);
    await logIn(request, response, parts);
  });
  return routes;
}

/** Ends a login; behind `requireLogin`, so that only its own form can. */
export function logoutScreens({ db, sessions, audit }: Pick<LoginScreenParts, 'db' | 'sessions' | 'audit'>): Router {
  const routes = Router();
  routes.post('/logout', async (request, response) => {
    const token = sessionCookie.read(request);
    const { userName } = loginOf(response);
    await db.transaction(async (transaction) => {
      if (token !== null) await sessions.on(transaction).revoke(token);
      await audit.record({ actor: userName, action: 'logout', subject: userName, details: {} }, transaction);
    });
    sessionCookie.clear(request, response);
    response.redirect(303, '/login');
  });
  return routes;
}

async function logIn(request: Request, response: Response, parts: LoginScreenParts): Promise<void> {
  const { users, limit, pages } = parts;
  const fields = (request.body ?? {}) as Record<string, unknown>;
  const name = textOf(fields.name).slice(0, 200);
  const next = safeReturn(textOf(fields.next));
  const key = `${request.socket.remoteAddress} ${canonicalUserName(name)}`;
  limit.attempt(key);
  const user = await users.verify(name, textOf(fields.password).slice(0, 1_000));
  if (user === null) {
    showLogin(pages, response, { name, next, status: 401 });
    return;
  }
  limit.succeed(key);
  sessionCookie.write(request, response, await startSession(user, sessionCookie.read(request), parts));
  response.redirect(303, next);
}

/** @param before token of the session that the browser had */
function startSession(
  user: User,
  before: string | null,
  { db, sessions, audit }: LoginScreenParts,
): Promise<StartedSession> {
  return db.transaction(async (transaction) => {
    const inside = sessions.on(transaction);
    if (before !== null) await inside.revoke(before);
    await inside.purgeExpired();
    await audit.record({ actor: user.name, action: 'login', subject: user.name, details: {} }, transaction);
    return inside.start(user.id);
  });
}

function showLogin(
  pages: PageRenderer,
  response: Response,
  { name, next, status }: { name: string; next: string; status: 200 | 401 },
): void {
  const formToken = randomBytes(32).toString('base64url');
  response.cookie(FORM_COOKIE, formToken, { httpOnly: true, sameSite: 'strict', path: '/login' });
  const data = { name, next, formToken, refused: status === 401 };
  pages.send(response, { template: 'screens/login', title: pages.text('login.title'), status, data });
}

function checkFormToken(request: Request): void {
  const expected = readCookie(request, FORM_COOKIE);
  if (expected === null || !sameSecret(expected, csrfTokenIn(request))) throw new FormExpired({});
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
