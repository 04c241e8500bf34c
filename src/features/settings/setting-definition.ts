import type { SettingKind } from './setting-kind.js';
import type { SettingScopeKind } from './setting-scope.js';

/** What one setting is: how it is written, where it may be given, and what it means. */
export interface SettingDefinition<T> {
  readonly kind: SettingKind<T>;
  readonly scopes: readonly SettingScopeKind[];
  /** As a text of its kind. */
  readonly default: string;
  /** What the figure counts, in words: "pieces", "business days"; empty for words and ids. */
  readonly unit: string;
  readonly description: string;
  /** Whether it enters a verdict or an offer: then a change of it marks the items it can change. */
  readonly entersOffers: boolean;
}

/** Given once for all. */
export const ONLY_GLOBAL: readonly SettingScopeKind[] = ['global'];

/** Given once for all, or for one account. */
export const UP_TO_ACCOUNT: readonly SettingScopeKind[] = ['global', 'account'];

/** Given once for all, for one account, or for one marketplace. */
const UP_TO_MARKETPLACE: readonly SettingScopeKind[] = ['global', 'account', 'marketplace'];

/** Defines a setting of which one marketplace may differ from another and which enters its offers. */
export function offerSetting<T>(
  kind: SettingKind<T>,
  initial: string,
  words: { readonly unit?: string; readonly description: string },
): SettingDefinition<T> {
  const { unit = '', description } = words;
  return { kind, scopes: UP_TO_MARKETPLACE, default: initial, unit, description, entersOffers: true };
}

/** Defines a setting of an account's one stock, which enters its offers. */
export function poolSetting<T>(
  kind: SettingKind<T>,
  initial: string,
  words: { readonly unit?: string; readonly description: string },
): SettingDefinition<T> {
  return { ...offerSetting(kind, initial, words), scopes: UP_TO_ACCOUNT };
}
