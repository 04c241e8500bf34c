import { expect, it } from 'vitest';
import type { Marketplace } from '../../../../src/features/accounts/account.js';
import { LoadedSettings } from '../../../../src/features/settings/loaded-settings.js';
import { changesOffers, touchedMarketplaces } from '../../../../src/features/settings/setting-change.js';
import type { SettingName } from '../../../../src/features/settings/setting-definitions.js';
import type { SettingScope } from '../../../../src/features/settings/setting-scope.js';
import type { SettingRow } from '../../../../src/features/settings/setting-store.js';

const place = (id: number, accountId: number, active = true): Marketplace => ({
  id,
  accountId,
  active,
  accountName: `account ${accountId}`,
  shopId: 1,
  country: 'FR',
  amazonId: 'A13V1IB3VIYZZH',
  currency: 'EUR',
  inactiveReason: '',
});
/** Two of one account and one that is off, and one of another account. */
const marketplaces = [place(1, 1), place(2, 1), place(3, 1, false), place(4, 2)];
const everywhere: SettingScope = { kind: 'global' };
const first: SettingScope = { kind: 'marketplace', marketplaceId: 1, accountId: 1 };

const change = (name: SettingName, scope: SettingScope, value: string | null, rows: readonly SettingRow[] = []) => {
  const before = new LoadedSettings(rows);
  return { name, scope, before, after: before.with(name, scope, value) };
};
const touched = (...of: Parameters<typeof change>) =>
  touchedMarketplaces(change(...of), marketplaces).map((one) => one.id);

it('A change touches the active marketplaces on which another value holds', () => {
  expect(touched('rounding', everywhere, 'attractive')).toEqual([1, 2, 4]);
  expect(touched('rounding', { kind: 'account', accountId: 1 }, 'attractive')).toEqual([1, 2]);
  expect(touched('rounding', first, 'attractive')).toEqual([1]);
});

it('A change does not touch a marketplace with a value of its own', () => {
  const own: SettingRow = { name: 'rounding', scope: 'marketplace', scopeId: 1, value: 'one-digit' };
  expect(touched('rounding', everywhere, 'attractive', [own])).toEqual([2, 4]);
  expect(touched('rounding', first, null, [own])).toEqual([1]);
});

it('A change of what stops items touches the other marketplaces of the account too', () => {
  expect(touched('categories', first, '3')).toEqual([1, 2]);
  expect(touched('categories', { kind: 'marketplace', marketplaceId: 4, accountId: 2 }, '3')).toEqual([4]);
});

it('A change to the text that holds anyway, or of what enters no offer, touches nothing', () => {
  expect(touched('rounding', first, 'none')).toEqual([]);
  expect(touched('products-per-claim', everywhere, '7')).toEqual([]);
  expect(changesOffers(change('rounding', first, 'none'))).toBe(false);
  expect(changesOffers(change('products-per-claim', everywhere, '7'))).toBe(false);
  expect(changesOffers(change('rounding', first, 'attractive'))).toBe(true);
});
