import { isAmazonHost } from '../../amazon/regions.js';
import { defineError, isRetryable } from '../../core/errors.js';
import type { HeldLock } from '../../db/lock-store.js';
import type { FeedPoller } from '../reports/poll-feeds.js';
import type { ExportDependencies } from './export-dependencies.js';
import type { ExportOptions } from './export-options.js';
import { type AccountScope, exportScope } from './export-scope.js';
import { markSelection } from './mark-selection.js';
import { accountFrame } from './plan/account-frame.js';
import type { RunRecorder } from './preview-export.js';
import { recoverAccount } from './recover-account.js';
import { type SendSubject, sendRound } from './send-round.js';

export const SendingOff = defineError<{ account: string; reason: string }>(
  'SENDING_OFF',
  409,
  ({ account, reason }) => `Nothing was sent to the account "${account}": ${reason}`,
);

/** How long to look away between two looks at open feeds while waiting for them. */
const LOOK_EVERY_MS = 250;

export interface SendOptions {
  /** Poll in this process until every feed that carries a claimed row is settled. */
  readonly wait: boolean;
  readonly lock: HeldLock;
  readonly poller: FeedPoller;
  readonly scopes: readonly AccountScope[];
}

/**
 * Finds the accounts that a send is about and may send to; looked at before a run is made, so that a refusal leaves no run behind.
 *
 * @throws SendingOff when none of them may be sent to; otherwise one that may not is told in the journal and passed over
 */
export async function sendableScopes(options: ExportOptions, on: ExportDependencies): Promise<readonly AccountScope[]> {
  const allowed: AccountScope[] = [];
  const refusals: InstanceType<typeof SendingOff>[] = [];
  for (const scope of await exportScope(options, on.accounts)) {
    const refusal = await refusalOf(scope, on);
    if (refusal === null) allowed.push(scope);
    else refusals.push(refusal);
  }
  const [first] = refusals;
  if (allowed.length === 0 && first) throw first;
  for (const { message } of refusals) await on.journal.write({ level: 'warning', code: 'sending-off', message });
  return allowed;
}

/**
 * Sends what waits in the queue, account by account (design section 4).
 *
 * Without `wait` one round is sent: what depends on its results goes with a later run.
 */
export async function sendExport(recorder: RunRecorder, send: SendOptions, on: ExportDependencies): Promise<void> {
  for (const scope of send.scopes) {
    const subject = await prepareAccount(scope, { recorder, send, on });
    if (subject === null) continue;
    await markSelection(scope, recorder, on);
    await sendRounds(subject, { recorder, send, on });
  }
  recorder.tally.setResults(await on.feeds.resultsOfRun(recorder.run.id));
}

interface Sending {
  readonly recorder: RunRecorder;
  readonly send: SendOptions;
  readonly on: ExportDependencies;
}

async function refusalOf(
  { account }: AccountScope,
  on: ExportDependencies,
): Promise<InstanceType<typeof SendingOff> | null> {
  const settings = await on.settings.load();
  const refuse = (reason: string) => new SendingOff({ account: account.name, reason });
  if (!settings.get('sending', { kind: 'account', accountId: account.id }))
    return refuse(
      `sending is switched off. Look at a preview, then: feedbridge settings set sending on --account ${account.name}`,
    );
  if (account.state !== 'active')
    return refuse('Amazon no longer accepts its authorization. Authorize the account again.');
  if (account.feedFormat === 'json')
    return refuse(
      'it takes JSON listing feeds, which this version does not write yet; XML is sent to the simulator only.',
    );
  if (!account.simulator && isAmazonHost(account.baseUrl))
    return refuse(
      'Amazon has refused XML listing feeds since 31 July 2025, they end FATAL. Set the feed format of the account to json.',
    );
  return null;
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
  return { scope, frame, amazon: await on.open(account), lock: send.lock, productsPerClaim };
}

async function sendRounds(subject: SendSubject, { recorder, send, on }: Sending): Promise<void> {
  for (;;) {
    const sent = await sendRound(subject, recorder, on);
    if (!send.wait) return;
    const submitted = sent.some((one) => one.status === 'submitted');
    const settled = await awaitSettlement(subject, { recorder, send, on });
    if (!submitted && !settled) return;
  }
}

/** Polls until at least one feed of the account has settled; false when none is on its way. */
async function awaitSettlement({ scope }: SendSubject, { recorder, send, on }: Sending): Promise<boolean> {
  for (;;) {
    const before = (await on.feeds.open(scope.account.id)).filter((feed) => feed.amazonFeedId !== null);
    if (before.length === 0) return false;
    const { products, items } = recorder.tally.totals;
    recorder.progress({ phase: 'waiting', products, productsTotal: products, items, feedsOpen: before.length });
    await askForFeeds(scope.account.id, { recorder, send });
    const still = new Set((await on.feeds.open(scope.account.id)).map((feed) => feed.id));
    if (before.some((feed) => !still.has(feed.id))) return true;
    await on.pause(LOOK_EVERY_MS, recorder.signal);
    recorder.signal?.throwIfAborted();
  }
}

/** A passing failure is no reason to stop waiting: the feed is asked for again. */
async function askForFeeds(accountId: number, { recorder, send }: Omit<Sending, 'on'>): Promise<void> {
  try {
    await send.poller.pollDue({ accountId, ...(recorder.signal ? { signal: recorder.signal } : {}) });
  } catch (error) {
    if (!isRetryable(error)) throw error;
  }
}
