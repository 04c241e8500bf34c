import { Router } from 'express';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { pendingMigrations } from '../db/migrate.js';
import type { Db } from '../db/open-database.js';

/**
 * `/health`: the process is up and its database answers. `/ready`: it may also be given work, since the tables are of this version.
 *
 * Without a login, for whatever watches the service; the answers tell nothing but that.
 */
export function healthRoutes(db: Db, logger: Logger): Router {
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
    response.status(good ? 200 : 503).json({ status: good ? 'ok' : 'database does not answer' });
  });
  routes.get('/ready', async (_request, response) => {
    const good = await answers(async () => (await pendingMigrations(db)).length === 0);
    response.status(good ? 200 : 503).json({ status: good ? 'ready' : 'tables are not of this version' });
  });
  return routes;
}
