import { defineError } from '../../core/errors.js';
import type { SettingScopeKind } from './setting-scope.js';

export const SettingUnknown = defineError<{ name: string; nearest: string | null; names: readonly string[] }>(
  'SETTING_UNKNOWN',
  400,
  ({ name, nearest, names }) =>
    `There is no setting ${JSON.stringify(name)}. ${nearest === null ? `Expected one of ${names.join(', ')}.` : `Did you mean ${nearest}?`}`,
);

export const SettingScopeRefused = defineError<{
  name: string;
  received: SettingScopeKind;
  allowed: readonly SettingScopeKind[];
}>(
  'SETTING_SCOPE_REFUSED',
  400,
  ({ name, received, allowed }) =>
    `${name} cannot be set ${SCOPE_WORDS[received]}, only ${allowed.map((kind) => SCOPE_WORDS[kind]).join(' or ')}.`,
);

const SCOPE_WORDS: Readonly<Record<SettingScopeKind, string>> = {
  global: 'for everything',
  account: 'for one account (--account NAME)',
  marketplace: 'for one marketplace (--marketplace ACCOUNT/COUNTRY)',
};

export const SettingValueRefused = defineError<{ name: string; expected: string; received: string }>(
  'SETTING_VALUE_REFUSED',
  422,
  ({ name, expected, received }) => `Expected ${name} to be ${expected}; got ${JSON.stringify(received)}.`,
);

export const StoredSettingInvalid = defineError<{ name: string; scope: string; expected: string; received: string }>(
  'STORED_SETTING_INVALID',
  500,
  ({ name, scope, expected, received }) =>
    `The stored value of ${name} (${scope}) is ${JSON.stringify(received)}, expected ${expected}. Set it again.`,
);

export const SkuSourceInUse = defineError<{ listings: number; effect?: string }>(
  'SKU_SOURCE_IN_USE',
  400,
  ({ listings, effect }) =>
    `${effect ?? `Changing sku-source gives every item another key, and Amazon has ${listings} listings of the shop.`} Repeat with --yes if that is meant.`,
);
