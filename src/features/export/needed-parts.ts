import type { AccountService } from '../accounts/account-service.js';
import { type PartMask, partMask } from '../queue/queue-row.js';
import type { SettingService } from '../settings/setting-service.js';

/** What a queue row must have compared before it may go, for each marketplace of an account: the parts that its settings export. */
export function neededPartsOf(
  accounts: AccountService,
  settings: SettingService,
): (accountId: number) => Promise<ReadonlyMap<number, PartMask>> {
  return async (accountId) => {
    const loaded = await settings.load();
    const marketplaces = await accounts.marketplaces(accountId);
    return new Map(
      marketplaces.map(({ id }) => [
        id,
        partMask(loaded.get('parts', { kind: 'marketplace', marketplaceId: id, accountId })),
      ]),
    );
  };
}
