import { type CreateFeedSpecification, FeedsApi, type FeedsApiGetFeedsRequest } from '@sp-api-sdk/feeds-api-2021-06-30';
import type { AxiosInstance } from 'axios';
import { z } from 'zod';
import type {
  AmazonFeeds,
  CallOptions,
  CreatedFeed,
  DocumentSource,
  DownloadedFile,
  DownloadOptions,
  Feed,
  FeedFilter,
  FeedUpload,
  NewFeed,
} from './amazon-account.js';
import { documentLink } from './answer-fields.js';
import type { ApiCalls } from './api-calls.js';
import type { CallRunner } from './call-runner.js';
import { decodeText } from './decode-text.js';
import { type DocumentLink, openDocument, putDocument } from './document-transfer.js';
import { createFeedAnswer, createFeedDocumentAnswer, feedAnswer, getFeedsAnswer } from './feed-answers.js';
import { OPERATIONS } from './operations.js';
import { readDocumentBytes } from './read-document-bytes.js';
import { transferRetryPlan } from './retry.js';
import { saveDocument } from './save-document.js';

const MIB = 1024 * 1024;
const LARGEST_TEXT_BYTES = 64 * MIB;
const LARGEST_FILE_BYTES = 1024 * MIB;
const PAGE_SIZE = 100;

export interface FeedsClientOptions {
  readonly baseUrl: string;
  /** Carries the token. */
  readonly apiHttp: AxiosInstance;
  /** Carries nothing: for documents. */
  readonly documentHttp: AxiosInstance;
  readonly calls: ApiCalls;
  readonly runner: CallRunner;
  readonly idleTimeoutMs: number;
}

interface OpenDocument {
  readonly charset: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Feeds of one account over HTTP. */
export class FeedsClient implements AmazonFeeds {
  readonly #api: FeedsApi;
  readonly #options: FeedsClientOptions;

  constructor(options: FeedsClientOptions) {
    this.#api = new FeedsApi(undefined, options.baseUrl, options.apiHttp);
    this.#options = options;
  }

  async createFeedDocument(contentType: string, options: CallOptions = {}): Promise<FeedUpload> {
    const { value } = await this.#options.calls.call({
      operation: OPERATIONS.createFeedDocument,
      schema: createFeedDocumentAnswer,
      signal: options.signal,
      send: (config) => this.#api.createFeedDocument({ body: { contentType } }, config),
    });
    return { ...value, contentType };
  }

  uploadDocument(target: FeedUpload, source: DocumentSource, options: CallOptions = {}): Promise<void> {
    return this.#options.runner.run({
      operation: 'uploadDocument',
      signal: options.signal,
      plan: (error) => transferRetryPlan(error, 'uploadDocument'),
      attempt: (signal) => putDocument(this.#options.documentHttp, { target, source, signal }),
    });
  }

  async createFeed(feed: NewFeed, options: CallOptions = {}): Promise<CreatedFeed> {
    const listings = feed.feedType === 'JSON_LISTINGS_FEED';
    const { value, requestId } = await this.#options.calls.call({
      operation: listings ? OPERATIONS.createListingsFeed : OPERATIONS.createFeed,
      schema: createFeedAnswer,
      signal: options.signal,
      send: (config) => this.#api.createFeed({ body: createFeedBody(feed) }, config),
    });
    return { feedId: value.feedId, requestId };
  }

  async getFeed(feedId: string, options: CallOptions = {}): Promise<Feed> {
    const { value } = await this.#options.calls.call({
      operation: OPERATIONS.getFeed,
      schema: feedAnswer,
      signal: options.signal,
      send: (config) => this.#api.getFeed({ feedId }, config),
    });
    return value;
  }

  async getFeeds(filter: FeedFilter, options: CallOptions = {}): Promise<readonly Feed[]> {
    const feeds: Feed[] = [];
    const asked = new Set<string>();
    let request: FeedsApiGetFeedsRequest = firstPage(filter);
    for (;;) {
      const page = await this.#getPage(request, options);
      feeds.push(...page.feeds);
      // A token that comes again would go round for ever.
      if (page.nextToken === null || asked.has(page.nextToken)) return feeds;
      asked.add(page.nextToken);
      request = { nextToken: page.nextToken };
    }
  }

  async cancelFeed(feedId: string, options: CallOptions = {}): Promise<void> {
    await this.#options.calls.call({
      operation: OPERATIONS.cancelFeed,
      schema: z.unknown(),
      signal: options.signal,
      send: (config) => this.#api.cancelFeed({ feedId }, config),
    });
  }

  readDocument(feedDocumentId: string, options: DownloadOptions = {}): Promise<string> {
    const limits = { maxBytes: LARGEST_TEXT_BYTES, ...options };
    return this.#download(feedDocumentId, limits, async ({ bytes, charset }) => {
      let text = '';
      for await (const part of decodeText(bytes, charset)) text += part;
      return text;
    });
  }

  downloadDocument(feedDocumentId: string, path: string, options: DownloadOptions = {}): Promise<DownloadedFile> {
    const limits = { maxBytes: LARGEST_FILE_BYTES, ...options };
    return this.#download(feedDocumentId, limits, ({ bytes }) => saveDocument(bytes, path));
  }

  async #getPage(request: FeedsApiGetFeedsRequest, options: CallOptions): Promise<z.infer<typeof getFeedsAnswer>> {
    const { value } = await this.#options.calls.call({
      operation: OPERATIONS.getFeeds,
      schema: getFeedsAnswer,
      signal: options.signal,
      send: (config) => this.#api.getFeeds(request, config),
    });
    return value;
  }

  /** Every try asks for a fresh link, because the old one may be what failed. */
  #download<T>(
    feedDocumentId: string,
    limits: DownloadOptions & { readonly maxBytes: number },
    read: (document: OpenDocument) => Promise<T>,
  ): Promise<T> {
    const { documentHttp, idleTimeoutMs, runner } = this.#options;
    return runner.run({
      operation: 'downloadDocument',
      signal: limits.signal,
      plan: (error) => transferRetryPlan(error, 'downloadDocument'),
      attempt: async (signal) => {
        const link = await this.#linkOf(feedDocumentId, signal);
        const { body, ...opened } = await openDocument(documentHttp, link, signal);
        const options = { ...opened, maxBytes: limits.maxBytes, idleTimeoutMs, signals: [signal] };
        // A reader that fails before its first byte leaves the connection to us.
        return read({ charset: opened.charset, bytes: readDocumentBytes(body, options) }).finally(() => body.destroy());
      },
    });
  }

  async #linkOf(feedDocumentId: string, signal: AbortSignal): Promise<DocumentLink> {
    const { value } = await this.#options.calls.call({
      operation: OPERATIONS.getFeedDocument,
      schema: documentLink,
      signal,
      send: (config) => this.#api.getFeedDocument({ feedDocumentId }, config),
    });
    return value;
  }
}

function createFeedBody(feed: NewFeed): CreateFeedSpecification {
  const { feedType, inputFeedDocumentId, feedOptions } = feed;
  const body = { feedType, marketplaceIds: [...feed.marketplaceIds], inputFeedDocumentId };
  return feedOptions === undefined ? body : { ...body, feedOptions: { ...feedOptions } };
}

function firstPage(filter: FeedFilter): FeedsApiGetFeedsRequest {
  return {
    feedTypes: [...filter.feedTypes],
    pageSize: PAGE_SIZE,
    ...(filter.marketplaceIds && { marketplaceIds: [...filter.marketplaceIds] }),
    ...(filter.processingStatuses && { processingStatuses: [...filter.processingStatuses] }),
    ...(filter.createdSince && { createdSince: filter.createdSince }),
  };
}
