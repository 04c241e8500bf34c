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
  readonly offers: OfferEffect;
}

/** Whether a setting enters verdicts or offers, and which ones: what a change of it has to mark. */
export interface OfferEffect {
  /**
   * nothing: it enters none · marketplace: those of the marketplaces on which its value changes · account: those of all marketplaces of
   * their accounts too, because it enters the one stock of an account, or decides whether an item is sold at all: where nothing sells it
   * any more it is brought to 0, and another item may have its SKU.
   */
  readonly reach: 'nothing' | 'marketplace' | 'account';
  /** One sentence, for whoever asks why nothing was marked, or so much. */
  readonly because: string;
}

/** Given once for all. */
export const ONLY_GLOBAL: readonly SettingScopeKind[] = ['global'];

/** Given once for all, or for one account. */
export const UP_TO_ACCOUNT: readonly SettingScopeKind[] = ['global', 'account'];

/** Given once for all, for one account, or for one marketplace. */
const UP_TO_MARKETPLACE: readonly SettingScopeKind[] = ['global', 'account', 'marketplace'];

/** The words of a setting that enters offers, and why it does. */
interface OfferSettingWords {
  readonly unit?: string;
  readonly description: string;
  readonly because: string;
}

/** Defines a setting of which one marketplace may differ from another and which enters its offers alone. */
export function offerSetting<T>(
  kind: SettingKind<T>,
  initial: string,
  { unit = '', description, because }: OfferSettingWords,
): SettingDefinition<T> {
  const offers = { reach: 'marketplace', because } as const;
  return { kind, scopes: UP_TO_MARKETPLACE, default: initial, unit, description, offers };
}

/** Defines a setting of which one marketplace may differ from another and which decides whether an item is sold there at all. */
export function stopSetting<T>(kind: SettingKind<T>, initial: string, words: OfferSettingWords): SettingDefinition<T> {
  return { ...offerSetting(kind, initial, words), offers: { reach: 'account', because: words.because } };
}

/** Defines a setting of an account's one stock, which enters its offers. */
export function poolSetting<T>(kind: SettingKind<T>, initial: string, words: OfferSettingWords): SettingDefinition<T> {
  return { ...stopSetting(kind, initial, words), scopes: UP_TO_ACCOUNT };
}
