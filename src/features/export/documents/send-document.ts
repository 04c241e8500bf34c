import type { AmazonAccount } from '../../../amazon/amazon-account.js';
import { NoAnswer } from '../../../amazon/amazon-errors.js';
import { documentFromGzipFile } from '../../../amazon/document-source.js';
import type { Clock } from '../../../core/clock.js';
import { messageOf } from '../../../core/errors.js';
import type { HeldLock, LockStore } from '../../../db/lock-store.js';
import type { Db } from '../../../db/open-database.js';
import type { Account } from '../../accounts/account.js';
import type { ListingService } from '../../listings/listing-service.js';
import type { Archive } from '../../reports/archive.js';
import type { FeedService } from '../../reports/feed-service.js';
import { FeedPoller } from '../../reports/poll-feeds.js';
import type { FilledDocument } from './run-documents.js';

const XML_CONTENT_TYPE = 'text/xml; charset=UTF-8';

export interface SendDependencies {
  readonly db: Db;
  readonly clock: Clock;
  readonly archive: Archive;
  readonly locks: LockStore;
  readonly listings: ListingService;
  readonly feeds: FeedService;
}

/** Under whose name and reservation a document goes. */
export interface SendingRun {
  readonly runId: number;
  readonly account: Account;
  readonly amazon: AmazonAccount;
  readonly lock: HeldLock;
  readonly amazonMarketplaceId: (marketplaceId: number) => string;
  readonly signal?: AbortSignal;
}

/** What became of a document: at Amazon, not made (nothing happened there), or nobody knows. */
export type SentDocument =
  | { readonly status: 'submitted'; readonly feedId: number }
  | { readonly status: 'failed'; readonly feedId: number; readonly reason: string }
  | { readonly status: 'unanswered'; readonly feedId: number; readonly reason: string };

/**
 * Sends one document: writes the intent with everything it hands over, then acts (step 8 of the run).
 *
 * A definite refusal gives the values back as unknown, so they are sent again. Without an answer to createFeed the intent stays open:
 * the feed may exist, and nothing of its kind may be sent until that is known.
 *
 * @throws LockLost when another run has taken over; then nothing was written and nothing sent
 */
export async function sendDocument(
  filled: FilledDocument,
  run: SendingRun,
  on: SendDependencies,
): Promise<SentDocument> {
  const feedId = await writeIntent(filled, run, on);
  const outcome = await trySubmit(filled, run, on);
  if ('amazonFeedId' in outcome) {
    // Not inside the try: when our own database fails here, the feed exists, and its intent must stay open.
    const nowMs = on.clock.nowMs();
    const nextPollAtMs = nowMs + FeedPoller.firstDelayMs(run.account.simulator);
    await on.feeds.submitted(feedId, outcome.amazonFeedId, { nowMs, nextPollAtMs });
    return { status: 'submitted', feedId };
  }
  const reason = messageOf(outcome.error);
  if (outcome.error instanceof NoAnswer) return { status: 'unanswered', feedId, reason };
  await takeBack(feedId, reason, { run, on });
  return { status: 'failed', feedId, reason };
}

async function trySubmit(
  filled: FilledDocument,
  run: SendingRun,
  on: SendDependencies,
): Promise<{ readonly amazonFeedId: string } | { readonly error: unknown }> {
  try {
    return { amazonFeedId: await submit(filled, run, on) };
  } catch (error) {
    return { error };
  }
}

async function writeIntent(
  { document, handovers }: FilledDocument,
  run: SendingRun,
  on: SendDependencies,
): Promise<number> {
  const atMs = on.clock.nowMs();
  return on.db.transaction(async (transaction) => {
    await on.listings.on(transaction).takeTurn();
    await on.locks.confirm(run.lock, transaction);
    const feedId = await on.feeds.writeIntent(
      {
        runId: run.runId,
        accountId: run.account.id,
        marketplaceId: document.marketplaceId,
        kind: document.kind,
        messageType: document.messageType,
        feedType: document.feedType,
        format: 'xml',
        messages: document.messages,
        documentBytes: document.bytes,
        documentPath: document.path,
      },
      transaction,
      atMs,
    );
    await on.listings
      .on(transaction)
      .handOver(handovers, { feedId, accountId: run.account.id, runId: run.runId, atMs });
    return feedId;
  });
}

async function submit({ document }: FilledDocument, run: SendingRun, on: SendDependencies): Promise<string> {
  const { feeds } = run.amazon;
  const call = run.signal ? { signal: run.signal } : {};
  const source = await documentFromGzipFile(on.archive.absolute(document.path));
  const upload = await feeds.createFeedDocument(XML_CONTENT_TYPE, call);
  await feeds.uploadDocument(upload, source, call);
  const created = await feeds.createFeed(
    {
      feedType: document.feedType,
      marketplaceIds: [run.amazonMarketplaceId(document.marketplaceId)],
      inputFeedDocumentId: upload.feedDocumentId,
    },
    call,
  );
  return created.feedId;
}

async function takeBack(
  feedId: number,
  reason: string,
  { run, on }: { run: SendingRun; on: SendDependencies },
): Promise<void> {
  const atMs = on.clock.nowMs();
  await on.db.transaction(async (transaction) => {
    await on.listings.on(transaction).lose({ feedId, accountId: run.account.id, runId: run.runId, atMs });
    await on.feeds.fail(feedId, reason, transaction, atMs);
  });
}
