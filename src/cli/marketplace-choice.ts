import type { Feedbridge } from '../compose.js';
import type { Account, Marketplace } from '../features/accounts/account.js';
import type { SettingScope } from '../features/settings/setting-scope.js';
import { WrongUse } from './wrong-use.js';

/** What `--account` and `--marketplace` said. */
export interface Narrowing {
  readonly account?: string | undefined;
  readonly marketplace?: string | undefined;
}

/**
 * The one marketplace that was named.
 *
 * @throws MarketplaceUnknown, MarketplaceAmbiguous, AccountUnknown; WrongUse when the two options name different accounts
 */
export async function namedMarketplace(
  { account, marketplace }: Narrowing & { readonly marketplace: string },
  { accounts }: Feedbridge,
): Promise<Marketplace> {
  if (account === undefined) return accounts.findMarketplace(marketplace);
  const { name } = await accounts.byName(account);
  if (!marketplace.includes('/')) return accounts.findMarketplace(`${name}/${marketplace}`);
  const found = await accounts.findMarketplace(marketplace);
  if (found.accountName === name) return found;
  throw new WrongUse({
    reason: `Expected --marketplace of the account ${name}, got ${marketplace}. Leave one of them out.`,
  });
}

/** The marketplaces that a command is about: the one named, those of the account named, or all. Inactive ones too. */
export async function chosenMarketplaces(narrowing: Narrowing, program: Feedbridge): Promise<readonly Marketplace[]> {
  const { account, marketplace } = narrowing;
  if (marketplace !== undefined) return [await namedMarketplace({ account, marketplace }, program)];
  if (account === undefined) return program.accounts.marketplaces();
  return program.accounts.marketplaces((await program.accounts.byName(account)).id);
}

/** The accounts that a command is about: the one named, or all. */
export async function chosenAccounts(
  account: string | undefined,
  { accounts }: Feedbridge,
): Promise<readonly Account[]> {
  return account === undefined ? accounts.list() : [await accounts.byName(account)];
}

/** The scope in which a setting is meant. */
export async function chosenScope({ account, marketplace }: Narrowing, program: Feedbridge): Promise<SettingScope> {
  if (marketplace !== undefined) {
    const found = await namedMarketplace({ account, marketplace }, program);
    return { kind: 'marketplace', marketplaceId: found.id, accountId: found.accountId };
  }
  if (account === undefined) return { kind: 'global' };
  return { kind: 'account', accountId: (await program.accounts.byName(account)).id };
}

/** The shop context that was named, or the first of the settings. */
export function chosenShop(shopId: number | undefined, { shop }: Feedbridge): number {
  const wanted = shopId ?? shop.shopIds[0] ?? 1;
  if (shop.shopIds.includes(wanted)) return wanted;
  throw new WrongUse({
    reason: `Expected --shop to be one of ${shop.shopIds.join(', ')} as FEEDBRIDGE_SHOP names them, got ${wanted}.`,
  });
}
