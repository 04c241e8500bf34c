import { Router } from 'express';
import { z } from 'zod';
import type { PageRenderer } from '../../http/page-renderer.js';
import { parseInput } from '../../http/parse-input.js';
import { choiceOf } from '../accounts/marketplace-screens.js';
import type { QueueService } from './queue-service.js';
import type { WaitingViews } from './waiting-views.js';

export interface QueueScreenParts {
  readonly pages: PageRenderer;
  readonly queue: QueueService;
  readonly waiting: WaitingViews;
}

const ROWS_PER_PAGE = 100;
const querySchema = z.object({ after: z.coerce.number().int().nonnegative().default(0) });

/** Catalog > Amazon > Tools > Queue: what waits, by marketplace and action, and every row of it. */
export function queueScreens({ pages, queue, waiting }: QueueScreenParts): Router {
  const routes = Router();
  routes.get('/tools/queue', async (request, response) => {
    const { after } = parseInput(querySchema, request.query);
    const { marketplaces } = choiceOf(response);
    const countries = new Map(marketplaces.map((one) => [one.id, one.country]));
    const counts = await queue.counts(marketplaces.map((one) => one.id));
    const page = await waiting.page(marketplaces, { afterId: after, limit: ROWS_PER_PAGE });
    const data = {
      counts: counts.map((one) => ({ ...one, country: countries.get(one.marketplaceId) ?? '' })),
      ...page,
      after,
    };
    pages.send(response, { template: 'screens/tools/queue', title: pages.text('tools.queue.title'), data });
  });
  return routes;
}
