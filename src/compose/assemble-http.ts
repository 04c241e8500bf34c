import { join } from 'node:path';
import express, { type Express } from 'express';
import type { Feedbridge } from '../compose.js';
import type { Configuration } from '../config/configuration.js';
import { defineError } from '../core/errors.js';
import { projectRoot } from '../core/project-root.js';
import { BackgroundRuns, type RunStarter } from '../features/export/pages/background-runs.js';
import { noticeRoutes } from '../features/shop-notices/notice-routes.js';
import { answerErrorPage } from '../http/answer-error-page.js';
import { answerProblem, answerUnknown } from '../http/answer-problem.js';
import { assignRequestId } from '../http/assign-request-id.js';
import { healthRoutes, type Worker } from '../http/health-routes.js';
import { logRequests } from '../http/log-requests.js';
import { isLoopback } from '../http/loopback.js';
import { PageRenderer } from '../http/page-renderer.js';
import { refuseForeignHosts } from '../http/refuse-foreign-hosts.js';
import { requireBearerToken } from '../http/require-bearer-token.js';
import { securityHeaders } from '../http/security-headers.js';
import { assembleApi } from './assemble-api.js';
import { assemblePages } from './assemble-pages.js';
import { assembleScreenParts } from './assemble-screen-parts.js';

/** What serves pages and API. */
export interface HttpApp {
  /** The whole of it; give it to `http.createServer`. */
  readonly handler: Express;
  /** Ends what makes the runs that pages and programs have ordered, at its next safe place. */
  stop(): Promise<void>;
}

export const UserNeeded = defineError<{ host: string }>(
  'USER_NEEDED',
  409,
  ({ host }) =>
    `Expected a user before listening on ${host}, where others could reach the pages; there is none. ` +
    'Add one with "feedbridge user add NAME", or set HOST to 127.0.0.1.',
);

/**
 * Refuses to listen where others can connect while nobody could log in.
 *
 * @throws UserNeeded
 */
export function assertMayListen({ host }: Configuration, userCount: number): void {
  if (!isLoopback(host) && userCount === 0) throw new UserNeeded({ host });
}

/** The process beside the pages: makes runs, and looks at what the shop tells us. */
type WorkerBeside = RunStarter & Worker & { noticed(): void };

/**
 * Puts pages and API together for a program; the access rules come before everything else.
 *
 * @param worker what makes the runs that are ordered; left out = this process
 */
export function createApp(program: Feedbridge, worker?: WorkerBeside): HttpApp {
  const { configuration, logger, db, apiTokens, clock, journal, notices } = program;
  const pages = new PageRenderer(join(projectRoot(), 'templates'), clock);
  const background = worker ?? new BackgroundRuns({ exports: program.export, journal, logger });
  const parts = assembleScreenParts(program, pages, background);
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(assignRequestId(), logRequests(logger), securityHeaders());
  // Before the names of this service are asked for: a shop may know it by another, and no page can make a signature.
  const hooks = noticeRoutes({ inbox: notices, clock, noticed: () => worker?.noticed() });
  app.use('/hooks', hooks, answerUnknown, answerProblem(logger));
  app.use(refuseForeignHosts(configuration.host));
  app.use(healthRoutes({ db, logger, ...(worker ? { worker } : {}) }));
  const api = [requireBearerToken((token) => apiTokens.verify(token)), express.json({ limit: '1mb' })];
  app.use('/api', ...api, assembleApi(parts), answerUnknown, answerProblem(logger));
  app.use(pages.assets.routes(), assemblePages(program, parts));
  app.use(answerUnknown, answerErrorPage(pages, logger));
  return { handler: app, stop: () => background.stop() };
}
