import { type Response, Router } from 'express';
import { z } from 'zod';
import { pageAddress } from '../../http/page-address.js';
import { parseInput } from '../../http/parse-input.js';
import { choiceOf } from '../accounts/marketplace-screens.js';
import { formFaults, readProductIds } from '../export/pages/synchronization-form.js';
import type { SynchronizationPage } from '../export/pages/synchronization-page.js';
import { loginOf } from '../users/login-screens.js';
import { type MarkOrders, NothingToMark } from './mark-orders.js';
import type { MarkRemoval } from './mark-removal.js';

export interface WaitingScreenParts {
  readonly orders: MarkOrders;
  readonly removal: MarkRemoval;
  /** Where the forms stand: shown again when something entered cannot be taken. */
  readonly page: SynchronizationPage;
}

const markSchema = z.object({
  products: z.string().max(100_000).default(''),
  action: z.enum(['update', 'create']),
});

const idSchema = z.coerce.number().int().positive();
const removeSchema = z.object({
  ids: z
    .union([idSchema.transform((id) => [id]), z.array(idSchema).max(500)])
    .optional()
    .transform((ids) => ids ?? []),
});

/** The two forms by which people change the queue: mark products by their ids, and remove rows that wait. */
export function waitingScreens({ orders, removal, page }: WaitingScreenParts): Router {
  const routes = Router();
  const back = (response: Response, query: { notice: string; count: number }) => {
    const { selected } = choiceOf(response).scope;
    response.redirect(303, pageAddress('/synchronization', { marketplace: selected, ...query }));
  };
  routes.post('/queue/mark', async (request, response) => {
    try {
      const count = await markProducts(request.body, response, orders);
      back(response, { notice: 'marked', count });
    } catch (error) {
      const refused = formFaults(error);
      if (refused === null) throw error;
      await page.send(response, { mark: readMarkDraft(request.body), ...refused });
    }
  });
  routes.post('/queue/remove', async (request, response) => {
    const { ids } = parseInput(removeSchema, request.body);
    const removed = await removal.remove(ids, loginOf(response).userName);
    back(response, { notice: removed === 0 ? 'not-removed' : 'removed', count: removed });
  });
  return routes;
}

async function markProducts(body: unknown, response: Response, orders: MarkOrders): Promise<number> {
  const { products, action } = parseInput(markSchema, body);
  const productIds = readProductIds(products);
  if (productIds.length === 0)
    throw new NothingToMark({
      reason: 'Expected at least one product id such as 12, got none. Enter the ids to mark.',
    });
  const { selected, all } = choiceOf(response);
  const { userName } = loginOf(response);
  const shopIds = selected ? [selected.shopId] : [...new Set(all.filter((one) => one.active).map((one) => one.shopId))];
  let marks = 0;
  for (const shopId of shopIds) {
    const order = { action, productIds, skus: [], marketplace: selected, shopId };
    marks += (await orders.mark(order, { reason: userName, actor: userName })).marks;
  }
  return marks;
}

function readMarkDraft(body: unknown) {
  const { products, action } = (body ?? {}) as Record<string, unknown>;
  return {
    products: typeof products === 'string' ? products : '',
    action: action === 'create' ? 'create' : 'update',
  };
}
