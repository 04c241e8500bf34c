import { type Response, Router } from 'express';
import { z } from 'zod';
import { pageAddress } from '../../http/page-address.js';
import type { PageRenderer } from '../../http/page-renderer.js';
import { parseInput } from '../../http/parse-input.js';
import { sendDownload } from '../../http/send-download.js';
import { choiceOf } from '../accounts/marketplace-screens.js';
import type { ListingService } from '../listings/listing-service.js';
import { loginOf } from '../users/login-screens.js';
import { type DocumentViews, xmlTokens } from './document-views.js';
import { type Feed, OPEN_FEED_STATUSES } from './feed.js';
import type { FeedService } from './feed-service.js';
import { keptAnswer, keptDocument } from './kept-files.js';
import type { FeedRequeue } from './requeue-feed.js';

export interface FeedScreenParts {
  readonly pages: PageRenderer;
  readonly feeds: FeedService;
  readonly listings: ListingService;
  readonly documents: DocumentViews;
  readonly requeue: FeedRequeue;
}

const LINES_PER_PAGE = 50;
const feedSchema = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
const count = z.coerce.number().int().nonnegative();
const querySchema = z.object({ after: count.default(0), requeued: count.optional() });
const requeueSchema = z.object({ code: z.string().max(20).optional() });
const pageSchema = z.object({ page: z.coerce.number().int().positive().max(1_000_000).default(1) });

/** A feed's page: what came of it, by cause and line by line, and Requeue. */
export function feedScreens(parts: FeedScreenParts): Router {
  const { feeds, requeue } = parts;
  const routes = Router();
  routes.get('/report/:id', async (request, response) => {
    const feed = await feeds.find(parseInput(feedSchema, request.params).id);
    const { after, requeued } = parseInput(querySchema, request.query);
    await showFeed(response, feed, { parts, after, requeued: requeued ?? null });
  });
  routes.post('/report/:id/requeue', async (request, response) => {
    const feed = await feeds.find(parseInput(feedSchema, request.params).id);
    const { code } = parseInput(requeueSchema, request.body);
    const requeued = await requeue.requeue(feed, code || null, loginOf(response).userName);
    const marketplace = choiceOf(response).scope.selected;
    response.redirect(303, pageAddress(`/report/${feed.id}`, { marketplace, requeued }));
  });
  return routes.use(paperScreens(parts));
}

async function showFeed(
  response: Response,
  feed: Feed,
  shown: { parts: FeedScreenParts; after: number; requeued: number | null },
): Promise<void> {
  const { parts, after, requeued } = shown;
  const { pages, feeds, listings } = parts;
  const found = await feeds.issues(feed.id, { afterId: after, limit: LINES_PER_PAGE + 1 });
  const lines = found.slice(0, LINES_PER_PAGE);
  const skus = [...new Set(lines.map((line) => line.sku).filter((sku) => sku !== null))];
  const products = new Map((await listings.ofSkus(feed.accountId, skus)).map((one) => [one.sku, one.productId]));
  const data = {
    feed,
    marketplace: marketplaceOf(response, feed),
    causes: await feeds.causes(feed.id),
    lines: lines.map((line) => ({ ...line, productId: (line.sku !== null && products.get(line.sku)) || 0 })),
    nextAfter: found.length > LINES_PER_PAGE ? (lines.at(-1)?.id ?? null) : null,
    isOpen: OPEN_FEED_STATUSES.includes(feed.status),
    requeued: requeued === null ? null : pages.text('notice.requeued', { count: requeued }),
  };
  const title = pages.text('feed.title', { id: String(feed.id), type: feed.messageType });
  pages.send(response, { template: 'screens/catalog-amazon/feed', title, data });
}

/** The two papers of a feed: the document sent, and the answer received. */
function paperScreens({ pages, feeds, documents }: FeedScreenParts): Router {
  const routes = Router();
  const find = (params: unknown) => feeds.find(parseInput(feedSchema, params).id);
  const backTo = (feed: Feed) => ({
    path: `/report/${feed.id}`,
    text: pages.text('feed.title', { id: String(feed.id), type: feed.messageType }),
  });
  routes.get('/report/:id/document', async (request, response) => {
    const feed = await find(request.params);
    const at = parseInput(pageSchema, request.query).page;
    const content = await documents.page(keptDocument(feed), at);
    const { messages, documentBytes: bytes } = feed;
    const address = `/report/${feed.id}/document`;
    const data = { tokens: xmlTokens(content.xml), content, address, at, back: backTo(feed), messages, bytes };
    const title = pages.text('document.sent.title', { id: String(feed.id) });
    pages.send(response, { template: 'screens/catalog-amazon/document', title, data });
  });
  routes.get('/report/:id/document/download', async (request, response) => {
    const feed = await find(request.params);
    const file = { name: `feed-${feed.id}-${feed.messageType.toLowerCase()}.xml`, type: 'application/xml' };
    await sendDownload(response, await feeds.document(feed), file);
  });
  routes.get('/report/:id/answer', async (request, response) => {
    const feed = await find(request.params);
    const path = keptAnswer(feed);
    const answer = path === null ? null : await documents.answer(path);
    const tokens = xmlTokens(answer?.text ?? '');
    const data = { answer, tokens, address: `/report/${feed.id}/answer`, back: backTo(feed) };
    const title = pages.text('document.answer.title', { id: String(feed.id) });
    pages.send(response, { template: 'screens/catalog-amazon/answer', title, data });
  });
  routes.get('/report/:id/answer/download', async (request, response) => {
    const feed = await find(request.params);
    const answer = await feeds.result(feed);
    if (answer === null) return response.redirect(303, pageAddress(`/report/${feed.id}/answer`, {}));
    await sendDownload(response, answer, { name: `feed-${feed.id}-answer.xml`, type: 'application/xml' });
  });
  return routes;
}

function marketplaceOf(response: Response, feed: Feed): string {
  const marketplace = choiceOf(response).all.find((one) => one.id === feed.marketplaceId);
  return marketplace === undefined ? `#${feed.marketplaceId}` : `${marketplace.accountName}/${marketplace.country}`;
}
