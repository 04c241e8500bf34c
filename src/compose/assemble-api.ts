import { Router } from 'express';
import { runRoutes } from '../features/export/pages/run-routes.js';
import { queueRoutes } from '../features/queue/queue-routes.js';
import { feedRoutes } from '../features/reports/feed-routes.js';
import type { ScreenParts } from './assemble-screen-parts.js';

/** The routes of the API under `/api/v1`; whoever may call them has been checked before. */
export function assembleApi(parts: ScreenParts): Router {
  const routes = Router();
  const { program, background, runPage, orders, choices } = parts;
  const { queue, accounts, feeds } = program;
  routes.use('/v1', queueRoutes({ queue, orders, accounts, choices }));
  routes.use('/v1', runRoutes({ exports: program.export, background, page: runPage }));
  routes.use('/v1', feedRoutes({ feeds, accounts }));
  return routes;
}
