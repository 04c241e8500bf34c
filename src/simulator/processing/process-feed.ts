import type { Db } from '../../db/open-database.js';
import type { RandomSource } from '../random-source.js';
import type { DocumentStore } from '../state/document-store.js';
import { type FeedResult, type FeedStore, feedIdOf, type StoredFeed } from '../state/feed-store.js';
import type { SellerStore } from '../state/seller-store.js';
import { Shelf } from '../state/shelf.js';
import { applyMessage, type FeedScene } from './apply-message.js';
import type { FeedKind } from './feed-kind.js';
import { feedKindOf } from './feed-kinds.js';
import { writeProcessingReport } from './processing-report.js';
import { readFeedDocument } from './read-feed-document.js';
import { type DocumentFault, type FeedFault, type FeedSurvey, faultsOfCheck, surveyFeed } from './survey-feed.js';
import { inWorkingOrder, type MessageInTurn } from './working-order.js';

/** Messages applied in one transaction. */
const MESSAGES_PER_CHUNK = 250;

/** A further check of whole documents that the simulator's user brings along. */
export type DocumentCheck = (messageType: string, xml: string) => readonly DocumentFault[];

export interface FeedProcessorParts {
  readonly db: Db;
  readonly sellers: SellerStore;
  readonly documents: DocumentStore;
  readonly feeds: FeedStore;
  readonly random: RandomSource;
  readonly effectiveMs: number;
  readonly validateDocument: DocumentCheck | null;
}

/** How a feed ended. */
export interface FeedEnd {
  readonly status: 'DONE' | 'FATAL';
  readonly resultDocumentId: string | null;
}

/** Works a feed off: reads its document twice, applies it in small transactions and writes its processing report. */
export class FeedProcessor {
  readonly #parts: FeedProcessorParts;

  constructor(parts: FeedProcessorParts) {
    this.#parts = parts;
  }

  /**
   * Applies a whole feed as of an instant; one that was cut short goes on after its last finished chunk.
   *
   * @returns FATAL without a report for a document without bytes, else DONE
   */
  async process(feed: StoredFeed, atMs: number): Promise<FeedEnd> {
    const { documents } = this.#parts;
    const kind = feedKindOf(feed.feedType);
    const document = await documents.find(feed.inputDocumentId);
    if (kind === null || document === null || document.sizeBytes === 0)
      return { status: 'FATAL', resultDocumentId: null };
    const survey = await surveyFeed(this.#read(feed), { kind, sellerId: feed.sellerId });
    const faults = survey.faults.length > 0 ? survey.faults : await this.#check(feed, kind);
    if (faults.length > 0) return this.#refuse(feed, survey.messages, faults, atMs);
    await this.#apply(feed, survey, kind, atMs);
    return this.#report(feed, survey.messages, atMs);
  }

  #read(feed: StoredFeed) {
    return readFeedDocument(this.#parts.documents.openPlain(feed.inputDocumentId));
  }

  async #check(feed: StoredFeed, kind: FeedKind): Promise<readonly FeedFault[]> {
    const { validateDocument, documents } = this.#parts;
    if (validateDocument === null) return [];
    const pieces: Uint8Array[] = [];
    for await (const piece of documents.openPlain(feed.inputDocumentId)) pieces.push(piece);
    return faultsOfCheck(validateDocument(kind.messageType, Buffer.concat(pieces).toString('utf8')));
  }

  async #apply(feed: StoredFeed, survey: FeedSurvey, kind: FeedKind, atMs: number): Promise<void> {
    const known = await this.#parts.sellers.marketplaces(feed.sellerId);
    const scene: FeedScene = {
      kind,
      feedId: feed.id,
      marketplaces: known.filter(({ id }) => feed.marketplaceIds.includes(id)),
      atMs,
      effectiveFromMs: atMs + this.#parts.effectiveMs,
    };
    const chance = (messageId: string) => this.#parts.random(`feed ${feed.id} message ${messageId}`);
    let skip = feed.applied;
    let chunk: MessageInTurn[] = [];
    for await (const turn of inWorkingOrder(this.#read(feed), { kind, repeated: survey.repeated, chance })) {
      if (skip > 0) skip -= 1;
      else chunk.push(turn);
      if (chunk.length < MESSAGES_PER_CHUNK) continue;
      await this.#applyChunk(feed, chunk, scene);
      chunk = [];
    }
    if (chunk.length > 0) await this.#applyChunk(feed, chunk, scene);
  }

  async #applyChunk(feed: StoredFeed, chunk: readonly MessageInTurn[], scene: FeedScene): Promise<void> {
    const skus = chunk.flatMap(({ message }) => (message.payload === null ? [] : scene.kind.skusOf(message.payload)));
    await this.#parts.db.transaction(async (trx) => {
      const shelf = await Shelf.load(trx, feed.sellerId, skus);
      const results = chunk.map((turn) => applyMessage(turn, shelf, scene));
      await shelf.save(trx);
      await this.#parts.feeds.addProgress(trx, feed.id, {
        applied: chunk.length,
        withError: results.filter((lines) => lines.some((line) => line.result === 'Error')).length,
        withWarning: results.filter((lines) => lines.some((line) => line.result === 'Warning')).length,
        results: results.flat(),
      });
    });
  }

  async #report(feed: StoredFeed, processed: number, atMs: number): Promise<FeedEnd> {
    const { feeds } = this.#parts;
    const now = (await feeds.find(feed.sellerId, feed.id)) ?? feed;
    const counts = {
      processed,
      successful: processed - now.withError,
      withError: now.withError,
      withWarning: now.withWarning,
    };
    return this.#writeReport(feed, counts, feeds.results(feed.id), atMs);
  }

  /** Nothing was applied; as in Amazon's own reports, each line counts as a message with an error. */
  #refuse(feed: StoredFeed, processed: number, faults: readonly FeedFault[], atMs: number): Promise<FeedEnd> {
    const lines = faults.map((fault): FeedResult => ({ ...fault, result: 'Error', sku: null }));
    const counts = { processed, successful: 0, withError: lines.length, withWarning: 0 };
    return this.#writeReport(feed, counts, eachOf(lines), atMs);
  }

  async #writeReport(
    feed: StoredFeed,
    counts: { processed: number; successful: number; withError: number; withWarning: number },
    results: AsyncIterable<FeedResult>,
    atMs: number,
  ): Promise<FeedEnd> {
    const { documents, random } = this.#parts;
    const feedId = feedIdOf(feed.id);
    const resultDocumentId = await documents.create({
      sellerId: feed.sellerId,
      contentType: 'text/xml; charset=UTF-8',
      compressed: random(`feed ${feed.id} compressed`) < 0.5,
      nowMs: atMs,
    });
    const report = writeProcessingReport({ sellerId: feed.sellerId, feedId, ...counts }, results);
    await documents.write(resultDocumentId, report, atMs);
    return { status: 'DONE', resultDocumentId };
  }
}

async function* eachOf<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
