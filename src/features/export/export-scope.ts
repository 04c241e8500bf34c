import { defineError } from '../../core/errors.js';
import type { Account, Marketplace } from '../accounts/account.js';
import type { AccountService } from '../accounts/account-service.js';
import type { ExportOptions } from './export-options.js';

export const NothingToExport = defineError<{ reason: string }>('NOTHING_TO_EXPORT', 400, ({ reason }) => reason);

/** One account and the marketplaces of it that a run exports. */
export interface AccountScope {
  readonly account: Account;
  readonly marketplaces: readonly Marketplace[];
}

/**
 * Finds the accounts and marketplaces that a run is about: the one named, the account named, or every active one.
 *
 * @throws AccountUnknown, MarketplaceUnknown, MarketplaceAmbiguous; NothingToExport when none of them is active
 */
export async function exportScope(options: ExportOptions, accounts: AccountService): Promise<readonly AccountScope[]> {
  const wanted = await wantedMarketplaces(options, accounts);
  const active = wanted.filter((marketplace) => marketplace.active);
  if (active.length === 0) throw new NothingToExport({ reason: explain(wanted) });
  const byAccount = new Map<number, Marketplace[]>();
  for (const marketplace of active)
    byAccount.set(marketplace.accountId, [...(byAccount.get(marketplace.accountId) ?? []), marketplace]);
  return Promise.all(
    [...byAccount].map(async ([id, marketplaces]) => ({ account: await accounts.byId(id), marketplaces })),
  );
}

async function wantedMarketplaces(options: ExportOptions, accounts: AccountService): Promise<readonly Marketplace[]> {
  if (options.marketplace !== null) {
    const text =
      options.account === null || options.marketplace.includes('/')
        ? options.marketplace
        : `${options.account}/${options.marketplace}`;
    return [await accounts.findMarketplace(text)];
  }
  if (options.account === null) return accounts.marketplaces();
  return accounts.marketplaces((await accounts.byName(options.account)).id);
}

function explain(wanted: readonly Marketplace[]): string {
  if (wanted.length === 0)
    return 'Expected at least one marketplace, there is none. "feedbridge setup" or "feedbridge account add" makes them.';
  const reasons = wanted.map((one) => `${one.accountName}/${one.country}: ${one.inactiveReason || 'switched off'}`);
  return `Expected an active marketplace, none is. ${reasons.join('; ')}`;
}
