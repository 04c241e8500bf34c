import { isAmazonHost } from '../../amazon/regions.js';
import { defineError } from '../../core/errors.js';
import type { Account } from '../accounts/account.js';
import type { ExportDependencies } from './export-dependencies.js';
import type { AccountScope } from './export-scope.js';
import { type AccountFrame, accountFrame } from './plan/account-frame.js';

/** Why an account may not be sent to. */
export interface Refusal {
  readonly reason: string;
  /** Switched off is somebody's wish; an authorization that has ended is nobody's. */
  readonly isLost: boolean;
}

export const SendingStopped = defineError<Refusal & { account: string }>(
  'SENDING_STOPPED',
  409,
  ({ account, reason }) =>
    `Nothing more was sent to the account "${account}": ${reason} What this run had not sent yet waits for the next one.`,
);

/** Finds out whether an account may be sent to; null = it may. */
export async function refusalOf(account: Account, on: ExportDependencies): Promise<Refusal | null> {
  const settings = await on.settings.load();
  const refuse = (reason: string, isLost = false): Refusal => ({ reason, isLost });
  if (!settings.get('sending', { kind: 'account', accountId: account.id }))
    return refuse(
      `sending is switched off. Look at a preview, then: feedbridge settings set sending on --account ${account.name}`,
    );
  if (account.state !== 'active')
    return refuse('Amazon no longer accepts its authorization. Authorize the account again.', true);
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

/**
 * Loads the settings and marketplaces of an account as they are now, in the middle of a run.
 *
 * A run may last for hours. Call it after each claim: a row that was marked because a setting changed is then never judged by the setting
 * from before, which would find nothing different and let the row go.
 *
 * @throws SendingStopped when the account may be sent to no more, or has other active marketplaces than when the run came to it: what the
 *   run has placed may be for one that is no more
 */
export async function frameNow(
  { account, marketplaces }: AccountScope,
  before: AccountFrame,
  on: ExportDependencies,
): Promise<AccountFrame> {
  const now = await on.accounts.byId(account.id);
  const stop = (refusal: Refusal) => new SendingStopped({ account: account.name, ...refusal });
  const refusal = await refusalOf(now, on);
  if (refusal !== null) throw stop(refusal);
  const frame = await accountFrame(now, new Set(marketplaces.map((one) => one.id)), on);
  if (frame === null || marketplaceIds(frame) !== marketplaceIds(before))
    throw stop({ reason: 'a marketplace of it was switched on or off.', isLost: false });
  return frame;
}

function marketplaceIds(frame: AccountFrame): string {
  return frame.marketplaces.map((one) => one.marketplace.id).join();
}
