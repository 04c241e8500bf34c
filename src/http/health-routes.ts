import { Router } from 'express';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { pendingMigrations } from '../db/migrate.js';
import type { Db } from '../db/open-database.js';

/** The process beside the service that makes its runs. */
export interface Worker {
  isThere(): boolean;
}

export interface HealthParts {
  readonly db: Db;
  readonly logger: Logger;
  /** Left out where pages and runs share one process. */
  readonly worker?: Worker;
}

/**
 * `/health`: the process is up and its database answers; a worker that is away is started again by it, so that this is only said.
 * `/ready`: it may also be given work, since the tables are of this version and the worker is there.
 *
 * Without a login, for whatever watches the service; the answers tell nothing but that.
 */
export function healthRoutes({ db, logger, worker }: HealthParts): Router {
  const routes = Router();
  const answers = async (check: () => Promise<boolean>) => {
    try {
      return await check();
    } catch (error) {
      logger.warn('A health check failed', { reason: messageOf(error) });
      return false;
    }
  };
  routes.get('/health', async (_request, response) => {
    const good = await answers(async () => (await db.raw('SELECT 1')) !== undefined);
    const status = good ? 'ok' : 'database does not answer';
    response.status(good ? 200 : 503).json(worker ? { status, worker: worker.isThere() ? 'ok' : 'away' } : { status });
  });
  routes.get('/ready', async (_request, response) => {
    const current = await answers(async () => (await pendingMigrations(db)).length === 0);
    const good = current && worker?.isThere() !== false;
    const fault = current ? 'worker is away' : 'tables are not of this version';
    response.status(good ? 200 : 503).json({ status: good ? 'ready' : fault });
  });
  return routes;
}
