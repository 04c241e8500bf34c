import type { Marketplace } from '../accounts/account.js';
import type { LoadedSettings } from './loaded-settings.js';
import { definitionOf, type SettingName } from './setting-definitions.js';
import type { SettingScope } from './setting-scope.js';

/** One setting given another text in one scope: all settings as they are, and as they would be. */
export interface SettingChange {
  readonly name: SettingName;
  readonly scope: SettingScope;
  readonly before: LoadedSettings;
  readonly after: LoadedSettings;
}

/** Whether another text holds in the scope of the change; if not there, then in no narrower one. */
export function takesEffect({ name, scope, before, after }: SettingChange): boolean {
  return before.find(name, scope).text !== after.find(name, scope).text;
}

/** Whether verdicts or offers can be other ones. */
export function changesOffers(change: SettingChange): boolean {
  return definitionOf(change.name).offers.reach !== 'nothing' && takesEffect(change);
}

/**
 * The active marketplaces of which a change can touch verdicts or offers.
 *
 * Those on which another text holds; where the setting's reach is the account, all of the accounts of those.
 */
export function touchedMarketplaces(
  change: SettingChange,
  marketplaces: readonly Marketplace[],
): readonly Marketplace[] {
  const { reach } = definitionOf(change.name).offers;
  if (reach === 'nothing') return [];
  const active = marketplaces.filter((one) => one.active);
  const felt = active.filter(({ id, accountId }) =>
    takesEffect({ ...change, scope: { kind: 'marketplace', marketplaceId: id, accountId } }),
  );
  if (reach === 'marketplace') return felt;
  const accountIds = new Set(felt.map((one) => one.accountId));
  return active.filter((one) => accountIds.has(one.accountId));
}
