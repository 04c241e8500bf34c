import { filterSettings } from './filter-settings.js';
import { listingSettings } from './listing-settings.js';
import { nearestName } from './nearest-name.js';
import { operationSettings } from './operation-settings.js';
import { priceSettings } from './price-settings.js';
import type { SettingDefinition } from './setting-definition.js';
import { SettingUnknown } from './setting-errors.js';
import { stockSettings } from './stock-settings.js';

/** Every setting that a person may change while the service runs, by its name. */
export const settingDefinitions = {
  ...operationSettings,
  ...stockSettings,
  ...filterSettings,
  ...priceSettings,
  ...listingSettings,
};

export type SettingName = keyof typeof settingDefinitions;

/** What a setting's text reads as. */
export type SettingValue<N extends SettingName> =
  (typeof settingDefinitions)[N] extends SettingDefinition<infer T> ? T : never;

/** In the order in which they are listed. */
export const settingNames = Object.keys(settingDefinitions) as readonly SettingName[];

/**
 * Finds a setting by the name that a person or program gave.
 *
 * @throws SettingUnknown with the name that was probably meant
 */
export function settingNamed(name: string): SettingName {
  const found = settingNames.find((one) => one === name);
  if (found !== undefined) return found;
  throw new SettingUnknown({ name, nearest: nearestName(name, settingNames), names: settingNames });
}

/** The definition of a setting whatever its type, for lists and writes. */
export function definitionOf(name: SettingName): SettingDefinition<unknown> {
  return settingDefinitions[name];
}
