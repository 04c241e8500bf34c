import type { AmazonAccount } from '../../amazon/amazon-account.js';
import { AuthorizationLost } from '../../amazon/amazon-errors.js';
import type { Clock } from '../../core/clock.js';
import { FeedbridgeError } from '../../core/errors.js';
import type { Account, AccountState, Marketplace } from './account.js';

/** Whether Amazon lets us in, and what that says about the account's state; null = nothing. */
export interface AuthorizationTest {
  readonly accepted: boolean;
  /** A sentence: what was asked and answered, or what is wrong and what to do. */
  readonly finding: string;
  readonly state: AccountState | null;
}

/**
 * Asks Amazon for a token and for a list of feeds that is empty: harmless, and refused without a valid authorization.
 *
 * @param open opens the account at Amazon
 * @returns what came of it; only errors that are not ours are thrown
 */
export async function testAuthorization(
  account: Account,
  marketplaces: readonly Marketplace[],
  { open, clock }: { readonly open: (account: Account) => Promise<AmazonAccount>; readonly clock: Clock },
): Promise<AuthorizationTest> {
  try {
    const { feeds } = await open(account);
    await feeds.getFeeds({
      feedTypes: [account.feedFormat === 'json' ? 'JSON_LISTINGS_FEED' : 'POST_INVENTORY_AVAILABILITY_DATA'],
      marketplaceIds: marketplaces.slice(0, 10).map((one) => one.amazonId),
      createdSince: new Date(clock.nowMs()).toISOString(),
    });
    const where = account.simulator ? 'The simulated Amazon' : new URL(account.baseUrl).host;
    return { accepted: true, finding: `${where} accepts the authorization.`, state: 'active' };
  } catch (error) {
    if (!(error instanceof FeedbridgeError)) throw error;
    const state = error instanceof AuthorizationLost ? 'needs-authorization' : null;
    return { accepted: false, finding: error.message, state };
  }
}
