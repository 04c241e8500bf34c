import type { Account } from '../accounts/account.js';
import type { ExportDependencies } from './export-dependencies.js';

const NEVER_ASKED = 'Its run ended before Amazon was asked to make it; its values are sent again.';

/**
 * Puts right what a run that ended midway left behind; call it only while holding the export's lock.
 *
 * An intent for which Amazon was never asked to make a feed gives its values back, to be sent at once. Where it was asked, the feed may exist: it is looked
 * for, and until that is known nothing of its kind is sent. Claims of ended runs wait in the queue again.
 */
export async function recoverAccount(account: Account, liveRunId: number, on: ExportDependencies): Promise<void> {
  const stranded = (await on.feeds.open(account.id)).filter(
    (feed) => feed.status === 'intent' && feed.runId !== liveRunId,
  );
  for (const feed of stranded) {
    if (feed.askedAtMs === null) await on.giveBack(feed, { fault: NEVER_ASKED, delayMs: 0 });
    else await on.feeds.unanswered(feed.id, on.clock.nowMs());
  }
  const marketplaces = await on.accounts.marketplaces(account.id);
  await on.queue.releaseStale(
    marketplaces.map((one) => one.id),
    liveRunId,
  );
}
