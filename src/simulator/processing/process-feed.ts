import type { Db } from '../../db/open-database.js';
import { type DocumentDamage, damageAmong, damaged } from '../faults/damaged-document.js';
import type { FeedContents } from '../faults/fault-book.js';
import type { WorkFault } from '../faults/fault-order.js';
import type { RandomSource } from '../random-source.js';
import type { DocumentStore } from '../state/document-store.js';
import { type FeedResult, type FeedStore, feedIdOf, type StoredFeed } from '../state/feed-store.js';
import type { SellerStore } from '../state/seller-store.js';
import { Shelf } from '../state/shelf.js';
import { applyMessage, type FeedScene } from './apply-message.js';
import type { FeedKind } from './feed-kind.js';
import { feedKindOf } from './feed-kinds.js';
import { findContents } from './find-contents.js';
import { linesBySku } from './message-lines.js';
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

/** A feed whose time has come. */
interface FeedWork {
  readonly feed: StoredFeed;
  readonly atMs: number;
  readonly struck: readonly WorkFault[];
}

const WHOLE_FEED_ERROR: FeedFault = {
  messageId: '0',
  code: '5000',
  description: 'The feed could not be processed. Nothing in it was processed.',
};

/** Works a feed off: reads its document twice, applies it in small transactions and writes its processing report. */
export class FeedProcessor {
  readonly #parts: FeedProcessorParts;

  constructor(parts: FeedProcessorParts) {
    this.#parts = parts;
  }

  /** Those of the wanted SKUs and message ids that a feed holds. */
  async find(feed: StoredFeed, wanted: FeedContents): Promise<FeedContents> {
    const kind = feedKindOf(feed.feedType);
    if (kind === null) return { skus: new Set(), messageIds: new Set() };
    return findContents(this.#read(feed), kind, wanted);
  }

  /**
   * Applies a whole feed as of an instant; one that was cut short goes on after its last finished chunk.
   *
   * @param struck the faults that were drawn for it
   * @returns FATAL without a report for a document without bytes or by a fault, else DONE
   */
  async process(feed: StoredFeed, atMs: number, struck: readonly WorkFault[]): Promise<FeedEnd> {
    const { documents } = this.#parts;
    const kind = feedKindOf(feed.feedType);
    const document = await documents.find(feed.inputDocumentId);
    const fatal = struck.some((fault) => fault.kind === 'fatal');
    if (fatal || kind === null || document === null || document.sizeBytes === 0)
      return { status: 'FATAL', resultDocumentId: null };
    const work: FeedWork = { feed, atMs, struck };
    if (struck.some((fault) => fault.kind === 'whole-feed-error')) return this.#refuse(work, 0, [WHOLE_FEED_ERROR]);
    const survey = await surveyFeed(this.#read(feed), { kind, sellerId: feed.sellerId });
    const faults = survey.faults.length > 0 ? survey.faults : await this.#check(feed, kind);
    if (faults.length > 0) return this.#refuse(work, survey.messages, faults);
    await this.#apply(work, survey, kind);
    return this.#report(work, survey.messages);
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

  async #apply({ feed, atMs, struck }: FeedWork, survey: FeedSurvey, kind: FeedKind): Promise<void> {
    const known = await this.#parts.sellers.marketplaces(feed.sellerId);
    const scene: FeedScene = {
      kind,
      feedId: feed.id,
      marketplaces: known.filter(({ id }) => feed.marketplaceIds.includes(id)),
      atMs,
      effectiveFromMs: atMs + this.#parts.effectiveMs,
      commandedLines: linesBySku(struck),
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

  async #report(work: FeedWork, processed: number): Promise<FeedEnd> {
    const { feed } = work;
    const { feeds } = this.#parts;
    const now = (await feeds.find(feed.sellerId, feed.id)) ?? feed;
    const counts = {
      processed,
      successful: processed - now.withError,
      withError: now.withError,
      withWarning: now.withWarning,
    };
    return this.#writeReport(work, counts, feeds.results(feed.id));
  }

  /** Nothing was applied; as in Amazon's own reports, each line counts as a message with an error. */
  #refuse(work: FeedWork, processed: number, faults: readonly FeedFault[]): Promise<FeedEnd> {
    const lines = faults.map((fault): FeedResult => ({ ...fault, result: 'Error', sku: null }));
    const counts = { processed, successful: 0, withError: lines.length, withWarning: 0 };
    return this.#writeReport(work, counts, eachOf(lines));
  }

  async #writeReport(
    { feed, atMs, struck }: FeedWork,
    counts: { processed: number; successful: number; withError: number; withWarning: number },
    results: AsyncIterable<FeedResult>,
  ): Promise<FeedEnd> {
    const { documents, random } = this.#parts;
    const damage = damageAmong(struck);
    const feedId = feedIdOf(feed.id);
    const resultDocumentId = await documents.create({
      sellerId: feed.sellerId,
      contentType: contentTypeOf(damage),
      compressed: random(`feed ${feed.id} compressed`) < 0.5,
      nowMs: atMs,
    });
    const report = writeProcessingReport({ sellerId: feed.sellerId, feedId, ...counts }, results);
    await documents.write(resultDocumentId, damaged(report, damage), atMs);
    return { status: 'DONE', resultDocumentId };
  }
}

function contentTypeOf(damage: DocumentDamage | null): string {
  return damage === 'report-html' ? 'text/html; charset=UTF-8' : 'text/xml; charset=UTF-8';
}

async function* eachOf<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
