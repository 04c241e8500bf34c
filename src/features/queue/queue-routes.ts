import { type Response, Router } from 'express';
import { z } from 'zod';
import { parseInput } from '../../http/parse-input.js';
import type { AccountService } from '../accounts/account-service.js';
import type { MarketplaceViews } from '../accounts/marketplace-views.js';
import type { MarkOrders } from './mark-orders.js';
import type { QueueRow } from './queue-row.js';
import type { QueueService } from './queue-service.js';

export interface QueueRouteParts {
  readonly queue: QueueService;
  readonly orders: MarkOrders;
  readonly accounts: AccountService;
  readonly choices: MarketplaceViews;
}

const productId = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const markSchema = z
  .strictObject({
    action: z.enum(['update', 'create', 'delete']).default('update'),
    productIds: z.array(productId).max(10_000).default([]),
    skus: z.array(z.string().min(1).max(200)).max(2_000).default([]),
    /** `FR` or `ACCOUNT/FR`; left out = every active marketplace of the shop. */
    marketplace: z.string().min(1).max(200).optional(),
    shopId: z.number().int().positive().optional(),
  })
  .refine((mark) => mark.productIds.length + mark.skus.length > 0, {
    path: ['productIds'],
    message: 'Expected productIds or skus, got neither.',
  })
  .refine((mark) => mark.action !== 'delete' || mark.productIds.length === 0, {
    path: ['productIds'],
    message: 'A deletion names skus, not productIds.',
  });

const listSchema = z.object({
  marketplace: z.string().max(200).default(''),
  afterId: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

/**
 * `/api/v1/marks` and `/api/v1/queue`.
 *
 * An `Idempotency-Key` is welcome and needs no memory: a mark sent twice is the same mark, only newer.
 */
export function queueRoutes({ queue, orders, accounts, choices }: QueueRouteParts): Router {
  const routes = Router();
  routes.post('/marks', async (request, response) => {
    const { action, productIds, skus, marketplace, shopId } = parseInput(markSchema, request.body);
    const order = {
      action,
      productIds,
      skus,
      marketplace: marketplace === undefined ? null : await accounts.findMarketplace(marketplace),
      shopId: shopId ?? null,
    };
    response.json(await orders.mark(order, { reason: 'api', actor: actorOf(response) }));
  });
  routes.get('/queue', async (request, response) => {
    const { marketplace, afterId, limit } = parseInput(listSchema, request.query);
    const { marketplaces } = await choices.choose(marketplace);
    const marketplaceIds = marketplaces.map((one) => one.id);
    const rows = await queue.list({ marketplaceIds, afterId, limit });
    const names = new Map(marketplaces.map((one) => [one.id, `${one.accountName}/${one.country}`]));
    const counts = (await queue.counts(marketplaceIds)).map(({ marketplaceId, oldestMs, newestMs, ...count }) => ({
      marketplace: names.get(marketplaceId),
      ...count,
      oldest: new Date(oldestMs).toISOString(),
      newest: new Date(newestMs).toISOString(),
    }));
    const nextAfterId = rows.length === limit ? (rows.at(-1)?.id ?? null) : null;
    response.json({ counts, rows: rows.map((row) => toJson(row, names.get(row.marketplaceId) ?? '')), nextAfterId });
  });
  return routes;
}

function actorOf(response: Response): string {
  return `token ${response.locals.program ?? ''}`;
}

function toJson(row: QueueRow, marketplace: string) {
  const { id, shopId, productId, action, sku, revision, claimedRunId, tries, reason } = row;
  return {
    id,
    marketplace,
    shopId,
    productId,
    action,
    sku,
    revision,
    runId: claimedRunId,
    tries,
    reason,
    notBefore: row.notBeforeMs === 0 ? null : new Date(row.notBeforeMs).toISOString(),
    markedAt: new Date(row.markedAtMs).toISOString(),
  };
}
