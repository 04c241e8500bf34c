import { describe, expect, it } from 'vitest';
import { parsePrice } from '../../../../src/core/money.js';
import type { Marketplace } from '../../../../src/features/accounts/account.js';
import { LoadedSettings } from '../../../../src/features/settings/loaded-settings.js';
import {
  resolveMarketplaceSettings,
  resolvePoolSettings,
} from '../../../../src/features/settings/resolve-offer-settings.js';
import {
  definitionOf,
  type SettingName,
  type SettingValue,
  settingNames,
} from '../../../../src/features/settings/setting-definitions.js';
import type { SettingScope } from '../../../../src/features/settings/setting-scope.js';
import type { SettingRow } from '../../../../src/features/settings/setting-store.js';

const uk: Marketplace = {
  id: 7,
  accountId: 3,
  accountName: 'Demo',
  shopId: 1,
  country: 'UK',
  amazonId: 'A1F83G8C2ARO7P',
  currency: 'GBP',
  active: true,
  inactiveReason: '',
};

const everywhere = (name: SettingName, value: string): SettingRow => ({ name, scope: 'global', scopeId: 0, value });

/** Notes which settings are asked for. */
class NotedSettings extends LoadedSettings {
  readonly asked = new Set<SettingName>();

  override get<N extends SettingName>(name: N, scope: SettingScope): SettingValue<N> {
    this.asked.add(name);
    return super.get(name, scope);
  }
}

describe('What offers are made with', () => {
  it('is the default where nobody set anything', async () => {
    const resolved = await resolveMarketplaceSettings(uk, new LoadedSettings([]));
    expect(resolved).toMatchObject({
      marketplaceId: 7,
      accountId: 3,
      shopId: 1,
      country: 'UK',
      currency: 'GBP',
      currencyDecimals: 2,
      timeZone: 'Europe/London',
      language: 'en',
      parts: new Set(['offer', 'price', 'quantity']),
      categoryIds: new Set(),
      priceFilterFrom: null,
      refuseHidden: false,
      priceRules: [],
      rounding: 'none',
      attractiveEndingMinor: 99,
      minimumPrice: null,
      defaultBrowseNode: null,
      priceView: { currency: 'GBP', country: 'GB', groupId: null, fixedRate: null },
    });
    expect(await resolvePoolSettings(3, new LoadedSettings([]))).toEqual({
      accountId: 3,
      skuSource: 'reference',
      reserve: 0,
      cap: null,
      fixedQuantity: null,
      preorder: false,
      handlingTimeDays: null,
    });
  });

  it('is taken from the marketplace, else its account, else everywhere', async () => {
    const rows: SettingRow[] = [
      everywhere('minimum-price', '1'),
      everywhere('tax-country', 'DE'),
      everywhere('fixed-rate', '0.85'),
      everywhere('reserve', '1'),
      { name: 'minimum-price', scope: 'account', scopeId: 3, value: '2' },
      { name: 'minimum-price', scope: 'account', scopeId: 4, value: '8' },
      { name: 'minimum-price', scope: 'marketplace', scopeId: 7, value: '3.50' },
      { name: 'customer-group', scope: 'account', scopeId: 3, value: '5' },
      { name: 'language', scope: 'marketplace', scopeId: 8, value: 'fr' },
      { name: 'reserve', scope: 'account', scopeId: 3, value: '2' },
    ];
    const resolved = await resolveMarketplaceSettings(uk, new LoadedSettings(rows));
    expect(resolved.minimumPrice).toBe(parsePrice('3.50'));
    expect(resolved.priceView).toEqual({ currency: 'GBP', country: 'DE', groupId: 5, fixedRate: '0.85' });
    expect(resolved.language).toBe('en');
    const neighbour = await resolveMarketplaceSettings({ ...uk, id: 8 }, new LoadedSettings(rows));
    expect(neighbour.minimumPrice).toBe(parsePrice('2'));
    expect(neighbour.language).toBe('fr');
    expect((await resolvePoolSettings(3, new LoadedSettings(rows))).reserve).toBe(2);
    expect((await resolvePoolSettings(5, new LoadedSettings(rows))).reserve).toBe(1);
  });

  it('enters offers by exactly the settings that say so', async () => {
    const settings = new NotedSettings([]);
    await resolveMarketplaceSettings(uk, settings);
    await resolvePoolSettings(3, settings);
    const entering = settingNames.filter((name) => definitionOf(name).offers.reach !== 'nothing');
    expect([...settings.asked].sort()).toEqual([...entering].sort());
  });

  it('is refused where a stored text is none of this version, naming it', async () => {
    const broken = new LoadedSettings([everywhere('cap', 'plenty')]);
    await expect(resolvePoolSettings(3, broken)).rejects.toMatchObject({
      code: 'STORED_SETTING_INVALID',
      message: expect.stringMatching(/cap \(account 3\) is "plenty", expected a whole number/),
    });
  });

  it('is refused for a marketplace that Amazon does not have', async () => {
    const odd = resolveMarketplaceSettings({ ...uk, amazonId: 'NONE' }, new LoadedSettings([]));
    await expect(odd).rejects.toThrow('Expected the marketplace Demo/UK to have an id of Amazon\'s, got "NONE"');
  });
});
