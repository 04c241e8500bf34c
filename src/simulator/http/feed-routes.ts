import { Router } from 'express';
import { z } from 'zod';
import { feedKindOf } from '../processing/feed-kinds.js';
import { type FeedStore, feedIdOf, feedRowOf, type StoredFeed } from '../state/feed-store.js';
import type { SellerStore } from '../state/seller-store.js';
import { type ApiAnswer, type ApiCall, invalidInput, notFound } from './api-answer.js';
import type { ApiGate } from './api-gate.js';
import { answerDocument, type DocumentAnswerParts } from './document-answer.js';
import { describeFaults, pageOf, readListQuery } from './list-query.js';

export interface FeedRouteParts extends DocumentAnswerParts {
  readonly sellers: SellerStore;
  readonly feeds: FeedStore;
}

const CreateFeedDocument = z.object({ contentType: z.string().min(1) });

const CreateFeed = z.object({
  feedType: z.string().min(1),
  marketplaceIds: z.array(z.string()).min(1).max(25),
  inputFeedDocumentId: z.string().min(1),
  feedOptions: z.record(z.string(), z.string()).optional(),
});

/** The Feeds API 2021-06-30, all six operations. */
export function feedRoutes(gate: ApiGate, parts: FeedRouteParts): Router {
  const router = Router();
  const operations = new FeedOperations(parts);
  router.post(
    '/documents',
    gate.guard('createFeedDocument', (call) => operations.createDocument(call)),
  );
  router.get(
    '/documents/:id',
    gate.guard('getFeedDocument', (call) => operations.getDocument(call)),
  );
  router.post(
    '/feeds',
    gate.guard('createFeed', (call) => operations.create(call)),
  );
  router.get(
    '/feeds',
    gate.guard('getFeeds', (call) => operations.list(call)),
  );
  router.get(
    '/feeds/:id',
    gate.guard('getFeed', (call) => operations.get(call)),
  );
  router.delete(
    '/feeds/:id',
    gate.guard('cancelFeed', (call) => operations.cancel(call)),
  );
  return router;
}

class FeedOperations {
  readonly #parts: FeedRouteParts;

  constructor(parts: FeedRouteParts) {
    this.#parts = parts;
  }

  async createDocument({ sellerId, body }: ApiCall): Promise<ApiAnswer> {
    const parsed = CreateFeedDocument.safeParse(body);
    if (!parsed.success) return invalidInput(describeFaults(parsed.error));
    const { clock, documents, links, baseUrl } = this.#parts;
    const { contentType } = parsed.data;
    const nowMs = clock.nowMs();
    const documentId = await documents.create({ sellerId, contentType, compressed: false, nowMs });
    const url = await links.make({ method: 'PUT', sellerId, documentId, contentType }, { baseUrl: baseUrl(), nowMs });
    return { status: 201, body: { feedDocumentId: documentId, url } };
  }

  getDocument(call: ApiCall): Promise<ApiAnswer> {
    return answerDocument(call, 'feedDocumentId', this.#parts);
  }

  async create({ sellerId, body }: ApiCall): Promise<ApiAnswer> {
    const parsed = CreateFeed.safeParse(body);
    if (!parsed.success) return invalidInput(describeFaults(parsed.error));
    const { feedType, marketplaceIds, inputFeedDocumentId } = parsed.data;
    if (feedKindOf(feedType) === null) return invalidInput(`feedType: ${feedType} is not simulated.`);
    const foreign = await this.#parts.sellers.notSoldIn(sellerId, marketplaceIds);
    if (foreign.length > 0) return invalidInput(`marketplaceIds: the seller does not sell in ${foreign.join(', ')}.`);
    const document = await this.#parts.documents.find(inputFeedDocumentId);
    if (document === null || document.sellerId !== sellerId)
      return invalidInput(`inputFeedDocumentId: ${inputFeedDocumentId} does not exist.`);
    if (!document.uploaded) return invalidInput(`inputFeedDocumentId: nothing was uploaded to ${inputFeedDocumentId}.`);
    const sha256 = await this.#parts.documents.sha256(inputFeedDocumentId);
    const id = await this.#parts.feeds.create({
      sellerId,
      feedType,
      marketplaceIds: [...new Set(marketplaceIds)],
      document: { id: inputFeedDocumentId, sha256, sizeBytes: document.sizeBytes },
      nowMs: this.#parts.clock.nowMs(),
    });
    return { status: 202, body: { feedId: feedIdOf(id) } };
  }

  async list({ sellerId, query }: ApiCall): Promise<ApiAnswer> {
    const filter = readListQuery(query, 'feedTypes', this.#parts.clock.nowMs());
    if ('status' in filter) return filter;
    const feeds = await this.#parts.feeds.list(sellerId, filter);
    const { rows, nextToken } = pageOf(filter, feeds);
    return { status: 200, body: { feeds: rows.map(toModel), ...nextToken } };
  }

  async get(call: ApiCall): Promise<ApiAnswer> {
    const feed = await this.#find(call);
    return feed === null ? notFound(`Feed ${call.params.id} was not found.`) : { status: 200, body: toModel(feed) };
  }

  async cancel(call: ApiCall): Promise<ApiAnswer> {
    const feed = await this.#find(call);
    if (feed === null) return notFound(`Feed ${call.params.id} was not found.`);
    if (feed.status !== 'IN_QUEUE')
      return invalidInput(`Feed ${call.params.id} is ${feed.status}; only a feed that is IN_QUEUE can be cancelled.`);
    const end = { status: 'CANCELLED', endedAtMs: this.#parts.clock.nowMs(), resultDocumentId: null } as const;
    await this.#parts.feeds.setEnded(feed, end);
    return { status: 200 };
  }

  async #find({ sellerId, params }: ApiCall): Promise<StoredFeed | null> {
    const id = feedRowOf(params.id ?? '');
    return id === null ? null : this.#parts.feeds.find(sellerId, id);
  }
}

function toModel(feed: StoredFeed): Record<string, unknown> {
  return {
    feedId: feedIdOf(feed.id),
    feedType: feed.feedType,
    marketplaceIds: feed.marketplaceIds,
    createdTime: new Date(feed.createdAtMs).toISOString(),
    processingStatus: feed.status,
    ...(feed.startedAtMs === null ? {} : { processingStartTime: new Date(feed.startedAtMs).toISOString() }),
    ...(feed.endedAtMs === null ? {} : { processingEndTime: new Date(feed.endedAtMs).toISOString() }),
    ...(feed.resultDocumentId === null ? {} : { resultFeedDocumentId: feed.resultDocumentId }),
  };
}
