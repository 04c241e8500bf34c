import { Router } from 'express';
import { z } from 'zod';
import { parseInput } from '../../http/parse-input.js';
import type { AccountService } from '../accounts/account-service.js';
import { FEED_STATUSES, type Feed } from './feed.js';
import type { FeedService } from './feed-service.js';

export interface FeedRouteParts {
  readonly feeds: FeedService;
  readonly accounts: AccountService;
}

const idSchema = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const listSchema = z.object({
  beforeId: idSchema.optional(),
  runId: idSchema.optional(),
  marketplace: z.string().min(1).max(200).optional(),
  status: z.enum(FEED_STATUSES).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** `/api/v1/feeds`: list, and one with its causes. */
export function feedRoutes({ feeds, accounts }: FeedRouteParts): Router {
  const routes = Router();
  routes.get('/feeds', async (request, response) => {
    const { limit, beforeId, runId, status, marketplace } = parseInput(listSchema, request.query);
    const marketplaceId = marketplace === undefined ? null : (await accounts.findMarketplace(marketplace)).id;
    const found = await feeds.list({
      limit,
      ...(beforeId ? { beforeId } : {}),
      ...(runId ? { runId } : {}),
      ...(status ? { status } : {}),
      ...(marketplaceId === null ? {} : { marketplaceId }),
    });
    const nameOf = await marketplaceNames(accounts);
    response.json({ feeds: found.map((feed) => toJson(feed, nameOf)) });
  });
  routes.get('/feeds/:id', async (request, response) => {
    const feed = await feeds.find(parseInput(z.object({ id: idSchema }), request.params).id);
    response.json({ ...toJson(feed, await marketplaceNames(accounts)), causes: await feeds.causes(feed.id) });
  });
  return routes;
}

async function marketplaceNames(accounts: AccountService): Promise<(id: number) => string> {
  const names = new Map((await accounts.marketplaces()).map((one) => [one.id, `${one.accountName}/${one.country}`]));
  return (id) => names.get(id) ?? '';
}

function toJson(feed: Feed, nameOf: (marketplaceId: number) => string) {
  const { documentPath, resultPath, marketplaceId, createdAtMs, submittedAtMs, endedAtMs, settledAtMs, ...others } =
    feed;
  const { removedAtMs, ...rest } = others;
  const iso = (atMs: number | null) => (atMs === null ? null : new Date(atMs).toISOString());
  return {
    ...rest,
    marketplace: nameOf(marketplaceId),
    createdAt: iso(createdAtMs),
    submittedAt: iso(submittedAtMs),
    endedAt: iso(endedAtMs),
    settledAt: iso(settledAtMs),
    removedAt: iso(removedAtMs),
  };
}
