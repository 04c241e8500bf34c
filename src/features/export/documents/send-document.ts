import type { AmazonAccount } from '../../../amazon/amazon-account.js';
import { NoAnswer } from '../../../amazon/amazon-errors.js';
import { documentFromGzipFile } from '../../../amazon/document-source.js';
import type { Clock } from '../../../core/clock.js';
import { messageOf } from '../../../core/errors.js';
import { type HeldLock, LockLost, type LockStore } from '../../../db/lock-store.js';
import type { Db } from '../../../db/open-database.js';
import type { Account } from '../../accounts/account.js';
import type { ListingService } from '../../listings/listing-service.js';
import type { QueueService } from '../../queue/queue-service.js';
import type { Archive } from '../../reports/archive.js';
import type { FeedService } from '../../reports/feed-service.js';
import { FeedPoller } from '../../reports/poll-feeds.js';
import type { GuardService } from '../guard/guard-service.js';
import type { FilledDocument } from './run-documents.js';

const XML_CONTENT_TYPE = 'text/xml; charset=UTF-8';

export interface SendDependencies {
  readonly db: Db;
  readonly clock: Clock;
  readonly archive: Archive;
  readonly locks: LockStore;
  readonly listings: ListingService;
  readonly feeds: FeedService;
  readonly queue: QueueService;
  readonly guard: GuardService;
}

/** Under whose name and reservation a document goes. */
export interface SendingRun {
  readonly runId: number;
  readonly account: Account;
  readonly amazon: AmazonAccount;
  readonly lock: HeldLock;
  readonly amazonMarketplaceId: (marketplaceId: number) => string;
  readonly signal?: AbortSignal;
  /** Looks, where new marks are kept out, for SKUs of the document that were marked anew; left out = it goes whatever was marked. */
  readonly markedAnew?: (transaction: Db) => Promise<ReadonlySet<string>>;
}

/**
 * What became of a document: at Amazon, not made (nothing happened there), nobody knows, too old to be sent at all, nothing left of it, or
 * not sent because some of it was marked anew.
 */
export type SentDocument =
  | { readonly status: 'submitted'; readonly feedId: number }
  | { readonly status: 'failed'; readonly feedId: number; readonly reason: string }
  | { readonly status: 'unanswered'; readonly feedId: number; readonly reason: string }
  | { readonly status: 'outdated' }
  | { readonly status: 'emptied' }
  | { readonly status: 'marked-anew'; readonly skus: ReadonlySet<string> };

/**
 * Sends one document: writes the intent with everything it hands over, then acts (step 8 of the run).
 *
 * A definite refusal gives the values back as unknown, so they are sent again. Without an answer to createFeed the feed is unanswered: it
 * may exist, it is looked for, and nothing of its kind may be sent until that is known.
 *
 * @throws LockLost when another run has taken over; then nothing was sent, and an intent that was written is the other one's to clear up
 */
export async function sendDocument(
  filled: FilledDocument,
  run: SendingRun,
  on: SendDependencies,
): Promise<SentDocument> {
  const intent = await writeIntent(filled, run, on);
  if (typeof intent !== 'number') return { status: 'marked-anew', skus: intent };
  const feedId = intent;
  const outcome = await trySubmit(feedId, filled, run, on);
  if ('amazonFeedId' in outcome) {
    // Not inside the try: when our own database fails here, the feed exists, and its intent must stay open.
    const nowMs = on.clock.nowMs();
    const nextPollAtMs = nowMs + FeedPoller.firstDelayMs(run.account.simulator);
    await on.feeds.submitted(feedId, outcome.amazonFeedId, { nowMs, nextPollAtMs });
    return { status: 'submitted', feedId };
  }
  const reason = messageOf(outcome.error);
  // Whoever has taken over has dealt with this intent already.
  if (outcome.error instanceof LockLost) throw outcome.error;
  if (outcome.asked && outcome.error instanceof NoAnswer) {
    await on.feeds.unanswered(feedId, on.clock.nowMs());
    return { status: 'unanswered', feedId, reason };
  }
  await takeBack(feedId, reason, { run, on });
  return { status: 'failed', feedId, reason };
}

/** `asked` = createFeed was called, so that after an error the feed may exist all the same. */
type Submission = { readonly amazonFeedId: string } | { readonly error: unknown; readonly asked: boolean };

async function trySubmit(
  feedId: number,
  { document }: FilledDocument,
  run: SendingRun,
  on: SendDependencies,
): Promise<Submission> {
  let asked = false;
  try {
    const inputFeedDocumentId = await upload(document.path, run, on);
    await ask(feedId, run, on);
    asked = true;
    const marketplaceIds = [run.amazonMarketplaceId(document.marketplaceId)];
    const feed = { feedType: document.feedType, marketplaceIds, inputFeedDocumentId };
    return { amazonFeedId: (await run.amazon.feeds.createFeed(feed, callOf(run))).feedId };
  } catch (error) {
    return { error, asked };
  }
}

const NOTHING: ReadonlySet<string> = new Set();

/** @returns the feed's number, or the SKUs that were marked anew; then nothing was written */
async function writeIntent(
  { document, handovers, graveNotes, group }: FilledDocument,
  run: SendingRun,
  on: SendDependencies,
): Promise<number | ReadonlySet<string>> {
  const atMs = on.clock.nowMs();
  return on.db.transaction(async (transaction) => {
    await on.listings.on(transaction).takeTurn();
    // From here on nobody marks anything until the intent is written.
    await on.queue.on(transaction).takeTurn();
    const marked = (await run.markedAnew?.(transaction)) ?? NOTHING;
    if (marked.size > 0) return marked;
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
        suspectGroup: group,
      },
      transaction,
      atMs,
    );
    await on.listings
      .on(transaction)
      .handOver(handovers, { feedId, accountId: run.account.id, runId: run.runId, atMs });
    await on.guard.on(transaction).handedOver(run.account.id, graveNotes);
    return feedId;
  });
}

/** @returns Amazon's number of the document */
async function upload(path: string, run: SendingRun, on: SendDependencies): Promise<string> {
  const { feeds } = run.amazon;
  const source = await documentFromGzipFile(on.archive.absolute(path));
  const target = await feeds.createFeedDocument(XML_CONTENT_TYPE, callOf(run));
  await feeds.uploadDocument(target, source, callOf(run));
  return target.feedDocumentId;
}

/**
 * Writes down that the feed may exist from now on, as the last thing before createFeed: a run that slept past its lock's expiry ends
 * here, and a crash before it leaves an intent of which everybody knows that nothing came of it.
 */
async function ask(feedId: number, run: SendingRun, on: SendDependencies): Promise<void> {
  await on.db.transaction(async (transaction) => {
    await on.locks.confirm(run.lock, transaction);
    await on.feeds.asked(feedId, transaction, on.clock.nowMs());
  });
}

function callOf({ signal }: SendingRun): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}

async function takeBack(
  feedId: number,
  reason: string,
  { run, on }: { run: SendingRun; on: SendDependencies },
): Promise<void> {
  const atMs = on.clock.nowMs();
  await on.db.transaction(async (transaction) => {
    await on.listings.on(transaction).takeTurn();
    await on.locks.confirm(run.lock, transaction);
    await on.listings.on(transaction).lose({ feedId, accountId: run.account.id, runId: run.runId, atMs });
    await on.feeds.fail(feedId, reason, transaction, atMs);
  });
}
