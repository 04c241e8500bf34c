import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../../core/clock.js';
import type { Db } from '../../db/open-database.js';
import { declareDesiredPrices } from '../processing/declare-desired-prices.js';
import { sellUnits } from '../processing/sell-units.js';
import type { WorkLine } from '../processing/work-line.js';
import { feedIdOf, feedRowOf } from '../state/feed-store.js';
import type { ListingStore } from '../state/listing-store.js';
import { showListing } from '../state/listing-view.js';
import { LogStore } from '../state/log-store.js';
import type { SellerStore } from '../state/seller-store.js';
import { faultRoutes } from './fault-routes.js';
import { describeFaults } from './list-query.js';

export interface ControlRouteParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly sellers: SellerStore;
  readonly listings: ListingStore;
  readonly workLine: WorkLine;
  /** Tells this running simulator from an earlier one on the same port. */
  readonly instance: string;
}

const sellerId = z.string().optional();
const Sell = z.object({ sellerId, sku: z.string().min(1), quantity: z.number().int().min(1) });
const DesiredPrices = z.object({
  sellerId,
  prices: z.array(
    z.object({
      sku: z.string(),
      marketplaceId: z.string(),
      price: z
        .string()
        .regex(/^\d+(\.\d+)?$/)
        .nullable(),
    }),
  ),
});
const limit = z.coerce.number().int().min(1).max(1_000).default(1_000);
const ListingsQuery = z.object({ sellerId, after: z.string().default(''), limit });
const LogQuery = z.object({
  sellerId,
  sku: z.string().optional(),
  kind: z.string().optional(),
  feedId: z.string().optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit,
});

/**
 * What Amazon does not have: the view from inside, for tests and demonstrations. Only this machine may ask.
 *
 * - GET  /health → { simulator: true, instance }
 * - GET  /listings?after=SKU&limit= → { listings: [ListingView], next: SKU or null }
 * - GET  /log?sku=&kind=&feedId=&after=ID&limit= → { entries: [{ id, kind, atMs, sku, marketplaceId, feedId, messageId, what }], next: ID or null }
 * - POST /sell { sku, quantity } → { sku, quantity: units left }; 409 when fewer are left
 * - PUT  /desired-prices { prices: [{ sku, marketplaceId, price }] } → { changed }; price null = nothing declared
 * - /faults and /release: see `faultRoutes`
 *
 * All but the last take `sellerId`, which may be left out while there is one seller.
 */
export function controlRoutes(parts: ControlRouteParts): Router {
  const router = Router();
  router.use(onlyThisMachine);
  router.get('/health', (_request, response) => {
    response.json({ simulator: true, instance: parts.instance });
  });
  router.get('/listings', answer(ListingsQuery, parts, listListings));
  router.get('/log', answer(LogQuery, parts, listLog));
  router.post('/sell', answer(Sell, parts, sell));
  router.put('/desired-prices', answer(DesiredPrices, parts, setDesiredPrices));
  router.use(faultRoutes(parts));
  return router;
}

interface ControlAnswer {
  readonly status: number;
  readonly body: unknown;
}

type ControlAction<T> = (input: T, sellerId: string, parts: ControlRouteParts) => Promise<ControlAnswer>;

function answer<T extends { sellerId?: string | undefined }>(
  schema: z.ZodType<T>,
  parts: ControlRouteParts,
  act: ControlAction<T>,
): RequestHandler {
  return async function answerControlCall(request, response) {
    const parsed = schema.safeParse(request.method === 'GET' ? request.query : request.body);
    if (!parsed.success) {
      response.status(400).json({ message: describeFaults(parsed.error) });
      return;
    }
    const seller = await parts.sellers.named(parsed.data.sellerId);
    if (seller === null) {
      response.status(404).json({ message: 'Expected the sellerId of one simulated seller. Name it.' });
      return;
    }
    const { status, body } = await parts.workLine.run(() => act(parsed.data, seller, parts));
    response.status(status).json(body);
  };
}

async function listListings(
  query: z.infer<typeof ListingsQuery>,
  seller: string,
  { listings, clock }: ControlRouteParts,
): Promise<ControlAnswer> {
  const page = await listings.page(seller, query.after, query.limit);
  const next = page.length === query.limit ? (page.at(-1)?.listing.sku ?? null) : null;
  return { status: 200, body: { listings: page.map((one) => showListing(one, clock.nowMs())), next } };
}

async function listLog(
  query: z.infer<typeof LogQuery>,
  seller: string,
  { db }: ControlRouteParts,
): Promise<ControlAnswer> {
  const feedId = query.feedId === undefined ? undefined : (feedRowOf(query.feedId) ?? 0);
  const { sku, kind, after: afterId, limit } = query;
  const entries = await new LogStore(db).page(seller, { sku, kind, feedId, afterId, limit });
  const next = entries.length === query.limit ? (entries.at(-1)?.id ?? null) : null;
  const shown = entries.map((entry) => ({ ...entry, feedId: entry.feedId === null ? null : feedIdOf(entry.feedId) }));
  return { status: 200, body: { entries: shown, next } };
}

async function sell(input: z.infer<typeof Sell>, seller: string, parts: ControlRouteParts): Promise<ControlAnswer> {
  const sale = await sellUnits(parts.db, { ...input, sellerId: seller, atMs: parts.clock.nowMs() });
  if (sale.sold) return { status: 200, body: { sku: input.sku, quantity: sale.left } };
  return {
    status: 409,
    body: { message: `Expected ${input.quantity} units of ${input.sku}, got ${sale.left ?? 'none'}.` },
  };
}

async function setDesiredPrices(
  input: z.infer<typeof DesiredPrices>,
  seller: string,
  { db, clock }: ControlRouteParts,
): Promise<ControlAnswer> {
  const said = { sellerId: seller, prices: input.prices, atMs: clock.nowMs() };
  const changed = await declareDesiredPrices(db, said);
  return { status: 200, body: { changed } };
}

function onlyThisMachine(request: Request, response: Response, next: NextFunction): void {
  const address = request.socket.remoteAddress ?? '';
  const loopback = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address);
  // The second test stops web pages that make a browser ask under a name of their own.
  if (loopback && ['127.0.0.1', 'localhost', '[::1]'].includes(request.hostname)) next();
  else response.status(403).json({ message: 'The simulator is controlled from its own machine only.' });
}
