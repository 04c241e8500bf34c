import { defineError, isRetryable, messageOf } from '../../core/errors.js';
import type { HeldLock } from '../../db/lock-store.js';
import type { FeedPoller } from '../reports/poll-feeds.js';
import { frameNow, type Refusal, refusalOf, SendingStopped } from './account-now.js';
import type { ExportDependencies } from './export-dependencies.js';
import type { ExportOptions } from './export-options.js';
import { type AccountScope, exportScope } from './export-scope.js';
import { AccountGuard } from './guard/account-guard.js';
import { FirstSendHeld, holdFirstSend, isFirstSend } from './guard/first-send.js';
import { markSelection } from './mark-selection.js';
import { accountFrame } from './plan/account-frame.js';
import { recoverAccount } from './recover-account.js';
import type { PassedOver } from './run/run.js';
import type { RunRecorder } from './run/run-recorder.js';
import { sendRound } from './send-round.js';
import type { SendSubject } from './send-subject.js';

export const SendingOff = defineError<{ account: string } & Refusal>(
  'SENDING_OFF',
  409,
  ({ account, reason }) => `Nothing was sent to the account "${account}": ${reason}`,
);

export const AccountNotSent = defineError<{ account: string; reason: string }>(
  'ACCOUNT_NOT_SENT',
  502,
  ({ account, reason }) =>
    `Nothing more was sent to the account "${account}": ${reason} The other accounts of the run had their turn.`,
);

/** Under the export's lock no other run is alive, and this one has ended for the account. */
const NO_RUN = 0;

/** How long to look away between two looks at open feeds while waiting for them. */
const LOOK_EVERY_MS = 250;

/** How long after one feed has settled others are waited for that were sent with it. */
const TOGETHER_MS = 1_000;

export interface SendOptions {
  /** Poll in this process until every feed that carries a claimed row is settled. */
  readonly wait: boolean;
  readonly lock: HeldLock;
  readonly poller: FeedPoller;
  readonly accounts: SendableAccounts;
}

/** The accounts that a send is about. */
export interface SendableAccounts {
  readonly scopes: readonly AccountScope[];
  readonly passedOver: readonly PassedOver[];
  /** One for each account that was to be sent to and cannot be: the run goes on without it, and ends as failed. */
  readonly lost: readonly Error[];
}

/**
 * Finds the accounts that a send is about and may send to; looked at before a run is made, so that a refusal leaves no run behind.
 *
 * @param asked isReleasing: a first send that is held is about to be let go, so it keeps nothing back
 * @throws SendingOff, FirstSendHeld when none of them may be sent to; otherwise one that may not is passed over, and told in the run and the journal
 */
export async function sendableAccounts(
  options: ExportOptions,
  on: ExportDependencies,
  asked: { readonly isReleasing: boolean } = { isReleasing: false },
): Promise<SendableAccounts> {
  const allowed: AccountScope[] = [];
  const lost: Error[] = [];
  const refusals: InstanceType<typeof SendingOff | typeof FirstSendHeld>[] = [];
  for (const scope of await exportScope(options, on.accounts)) {
    const { name } = scope.account;
    const refusal = await refusalOf(scope.account, on);
    const first =
      isFirstSend(scope.account) && !asked.isReleasing ? await on.holds.firstSendOf(scope.account.id) : null;
    if (refusal !== null) {
      const error = new SendingOff({ account: name, ...refusal });
      refusals.push(error);
      if (refusal.isLost) lost.push(error);
    } else if (first !== null) refusals.push(new FirstSendHeld({ account: name, runId: first.runId }));
    else allowed.push(scope);
  }
  const [first] = refusals;
  if (allowed.length === 0 && first) throw first;
  for (const { message } of refusals) await on.journal.write({ level: 'warning', code: 'sending-off', message });
  const passedOver = refusals.map((one) => ({ reason: one.message, isHeld: one instanceof FirstSendHeld }));
  return { scopes: allowed, passedOver, lost };
}

/**
 * Sends what waits in the queue, account by account (design section 4).
 *
 * Without `wait` one round is sent: what depends on its results goes with a later run.
 *
 * @throws what went wrong with one account, once the others had their turn
 */
export async function sendExport(recorder: RunRecorder, send: SendOptions, on: ExportDependencies): Promise<void> {
  const { scopes, passedOver, lost } = send.accounts;
  recorder.tally.setPassedOver(passedOver);
  const failures: unknown[] = [...lost];
  for (const scope of scopes) {
    try {
      await sendAccount(scope, { recorder, send, on });
    } catch (error) {
      recorder.signal?.throwIfAborted();
      if (scopes.length + lost.length === 1) throw error;
      const details = { account: scope.account.name, reason: messageOf(error) };
      on.logger.error('An account was not sent to', { runId: recorder.run.id, ...details });
      failures.push(new AccountNotSent(details, { cause: error }));
    }
  }
  if (failures.length > 0) throw failures[0];
}

interface Sending {
  readonly recorder: RunRecorder;
  readonly send: SendOptions;
  readonly on: ExportDependencies;
}

async function sendAccount(scope: AccountScope, { recorder, send, on }: Sending): Promise<void> {
  const subject = await prepareAccount(scope, { recorder, send, on });
  if (subject === null) return;
  await markSelection(scope, recorder, on);
  if (isFirstSend(scope.account)) {
    await holdFirstSend(subject, recorder, on);
    return;
  }
  try {
    await sendRounds(subject, { recorder, send, on });
  } catch (error) {
    if (!(error instanceof SendingStopped)) throw error;
    await stopMidway(error, scope, { recorder, send, on });
  }
}

/** Gives back what the run holds and has not handed over; a run that somebody stopped on purpose ends well. */
async function stopMidway(
  error: InstanceType<typeof SendingStopped>,
  { account, marketplaces }: AccountScope,
  { recorder, send, on }: Sending,
): Promise<void> {
  const subject = { runId: recorder.run.id, accountId: account.id };
  await on.db.transaction(async (transaction) => {
    const queue = on.queue.on(transaction);
    await queue.takeTurn();
    await on.locks.confirm(send.lock, transaction);
    await queue.releaseStale(
      marketplaces.map((one) => one.id),
      NO_RUN,
    );
  });
  await on.journal.write({ level: 'warning', code: 'sending-off', message: error.message, ...subject });
  if (error.details.isLost) throw error;
}

async function prepareAccount(scope: AccountScope, { recorder, send, on }: Sending): Promise<SendSubject | null> {
  const { account } = scope;
  const frame = await accountFrame(account, new Set(scope.marketplaces.map((one) => one.id)), on);
  if (frame === null) return null;
  await recoverAccount(account, recorder.run.id, on);
  if (account.listingsReadAtMs === null) {
    const progress = (listings: number) =>
      recorder.progress({ phase: 'reading-listings', products: listings, productsTotal: null, items: 0, feedsOpen: 0 });
    await on.reader.read(account, {
      onProgress: (read) => progress(read.listings),
      ...(recorder.signal ? { signal: recorder.signal } : {}),
    });
  }
  const settings = await on.settings.load();
  const productsPerClaim = settings.get('products-per-claim', { kind: 'global' });
  const maxDocumentAgeMs = settings.get('max-document-age-ms', { kind: 'global' });
  const amazon = await on.open(account);
  const { lock } = send;
  const guard = new AccountGuard({ runId: recorder.run.id, accountId: account.id, lock }, on.guard);
  const figures = { productsPerClaim, maxDocumentAgeMs };
  return { scope, frame, frameNow: () => frameNow(scope, frame, on), amazon, lock, guard, ...figures };
}

async function sendRounds(subject: SendSubject, { recorder, send, on }: Sending): Promise<void> {
  const accountId = subject.scope.account.id;
  for (;;) {
    // Each time, since a run that waits may go on for hours, and nobody else can let them go meanwhile.
    await on.holds.releaseDue(accountId, send.lock);
    const before = send.wait ? await feedsOnTheirWay(accountId, on) : NO_FEEDS;
    const sent = await sendRound(subject, recorder, on);
    const submitted = sent.some((one) => one.status === 'submitted');
    // What became too old is made again at once, as long as something gets through.
    if (submitted && sent.some((one) => one.status === 'outdated')) continue;
    if (!send.wait) return;
    // All of it was marked anew: nothing of its kind is on its way that would have to settle first.
    if (sent.some((one) => one.status === 'emptied')) continue;
    const settled = await awaitSettlement(accountId, before, { recorder, send, on });
    if (!submitted && !settled) return;
  }
}

/**
 * Polls until feeds of the account have settled, here or in another process; false when none was on its way.
 *
 * Feeds that were sent together mostly end together: those that end within a moment of the first one are waited for, since a round for one
 * kind alone looks at every product once more for the others.
 *
 * @param before the feeds that were on their way when the round began, and may have kept values of it back
 */
async function awaitSettlement(accountId: number, before: ReadonlySet<number>, sending: Sending): Promise<boolean> {
  const { recorder, on } = sending;
  let seen = before;
  let settledAtMs: number | null = null;
  for (let isFirst = true; ; isFirst = false) {
    const open = await feedsOnTheirWay(accountId, on);
    const hasSettled = [...seen].some((id) => !open.has(id));
    if (hasSettled) settledAtMs = on.clock.nowMs();
    if (open.size === 0) return settledAtMs !== null;
    if (!hasSettled && !isFirst) {
      if (settledAtMs !== null && on.clock.nowMs() - settledAtMs >= TOGETHER_MS) return true;
      await on.pause(LOOK_EVERY_MS, recorder.signal);
      recorder.signal?.throwIfAborted();
    }
    const { products, items } = recorder.tally.totals;
    recorder.progress({ phase: 'waiting', products, productsTotal: products, items, feedsOpen: open.size });
    await askForFeeds(accountId, sending);
    seen = open;
  }
}

const NO_FEEDS: ReadonlySet<number> = new Set();

async function feedsOnTheirWay(accountId: number, { feeds }: ExportDependencies): Promise<ReadonlySet<number>> {
  return new Set((await feeds.open(accountId)).filter((feed) => feed.status !== 'intent').map((feed) => feed.id));
}

/** A passing failure is no reason to stop waiting: the feed is asked for again. */
async function askForFeeds(accountId: number, { recorder, send }: Omit<Sending, 'on'>): Promise<void> {
  try {
    await send.poller.pollDue({ accountId, ...(recorder.signal ? { signal: recorder.signal } : {}) });
  } catch (error) {
    if (!isRetryable(error)) throw error;
  }
}
