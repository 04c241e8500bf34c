import type { Account } from '../accounts/account.js';
import type { ExportDependencies } from './export-dependencies.js';

/**
 * Puts right what a run that ended midway left behind; call it only while holding the export's lock.
 *
 * An intent without Amazon's number: nobody knows whether the feed exists, so its values count as unknown and are sent again; they are
 * absolute, so a second copy of them does no harm. Claims of ended runs wait in the queue again.
 */
export async function recoverAccount(account: Account, liveRunId: number, on: ExportDependencies): Promise<void> {
  const stranded = (await on.feeds.open(account.id)).filter(
    (feed) => feed.status === 'intent' && feed.runId !== liveRunId,
  );
  for (const feed of stranded) {
    const atMs = on.clock.nowMs();
    const fault = 'Its run ended before Amazon answered; its values are sent again.';
    await on.db.transaction(async (transaction) => {
      await on.listings.on(transaction).lose({ feedId: feed.id, accountId: account.id, runId: feed.runId, atMs });
      await on.feeds.fail(feed.id, fault, transaction, atMs);
      await on.journal.write(
        {
          level: 'warning',
          code: 'feed-stranded',
          message: `Feed ${feed.id}: ${fault}`,
          runId: feed.runId,
          accountId: account.id,
        },
        transaction,
      );
    });
  }
  const marketplaces = await on.accounts.marketplaces(account.id);
  await on.queue.releaseStale(
    marketplaces.map((one) => one.id),
    liveRunId,
  );
}
