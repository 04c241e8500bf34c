import { defineError } from '../../core/errors.js';

export const AccountNameTaken = defineError<{ name: string }>(
  'ACCOUNT_NAME_TAKEN',
  409,
  ({ name }) => `An account named ${JSON.stringify(name)} is there already. Choose another name.`,
);

export const AccountUnknown = defineError<{ wanted: string; names: readonly string[] }>(
  'ACCOUNT_UNKNOWN',
  400,
  ({ wanted, names }) => `Expected an account (${choices(names)}), got ${JSON.stringify(wanted)}. Name one of these.`,
);

export const MarketplaceUnknown = defineError<{ wanted: string; names: readonly string[] }>(
  'MARKETPLACE_UNKNOWN',
  400,
  ({ wanted, names }) =>
    `Expected a marketplace (${choices(names)}), got ${JSON.stringify(wanted)}. Name one of these.`,
);

export const MarketplaceAmbiguous = defineError<{ wanted: string; names: readonly string[] }>(
  'MARKETPLACE_AMBIGUOUS',
  400,
  ({ wanted, names }) =>
    `The marketplace ${JSON.stringify(wanted)} belongs to several accounts. Say which: ${names.join(', ')}.`,
);

function choices(names: readonly string[]): string {
  return names.length === 0 ? 'there is none yet, add one with "feedbridge account add"' : names.join(', ');
}
