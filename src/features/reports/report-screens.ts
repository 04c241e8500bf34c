import { Router } from 'express';
import { z } from 'zod';
import type { PageRenderer } from '../../http/page-renderer.js';
import { parseInput } from '../../http/parse-input.js';
import { choiceOf } from '../accounts/marketplace-screens.js';
import type { FeedService } from './feed-service.js';

export interface ReportScreenParts {
  readonly pages: PageRenderer;
  readonly feeds: FeedService;
}

const FEEDS_PER_PAGE = 50;
const idSchema = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const querySchema = z.object({
  before: idSchema.optional(),
  run: idSchema.optional(),
  open: z.literal('1').optional(),
});

/** Catalog > Amazon > Report: the list of feeds. */
export function reportScreens({ pages, feeds }: ReportScreenParts): Router {
  const routes = Router();
  routes.get('/report', async (request, response) => {
    const { before, run, open } = parseInput(querySchema, request.query);
    const { selected, all, marketplaces } = choiceOf(response);
    const accountIds = [...new Set(marketplaces.map((one) => one.accountId))];
    const found = open
      ? (await Promise.all(accountIds.map((id) => feeds.open(id)))).flat()
      : await feeds.list({
          limit: FEEDS_PER_PAGE + 1,
          ...(before === undefined ? {} : { beforeId: before }),
          ...(run === undefined ? {} : { runId: run }),
          ...(selected === null ? {} : { marketplaceId: selected.id }),
        });
    const shown = open ? found : found.slice(0, FEEDS_PER_PAGE);
    const names = new Map(all.map((one) => [one.id, `${one.accountName}/${one.country}`]));
    const data = {
      feeds: shown.map((feed) => ({ ...feed, marketplace: names.get(feed.marketplaceId) ?? `#${feed.marketplaceId}` })),
      nextBefore: shown.length < found.length ? (shown.at(-1)?.id ?? null) : null,
      run: run ?? null,
      open: open !== undefined,
      selected,
    };
    pages.send(response, { template: 'screens/catalog-amazon/report', title: pages.text('report.title'), data });
  });
  return routes;
}
