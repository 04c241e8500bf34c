import { MARKETPLACES, type MarketplaceFacts, marketplaceByCountry } from '../../amazon/marketplaces.js';
import { isAmazonHost, REGION_ENDPOINTS, type Region, TOKEN_URL } from '../../amazon/regions.js';
import { defineError } from '../../core/errors.js';
import type { ShopContext } from '../../shop/catalogue.js';
import { type FeedFormat, SIMULATOR } from './account.js';
import type { AccountSecrets } from './secrets-file.js';

/** The shop context that an account sells from. */
export type SellingShop = Pick<ShopContext, 'shopId' | 'name' | 'timeZone' | 'currencies'>;

/** An account as a person or the setup gives it. */
export interface NewAccount extends AccountSecrets {
  readonly name: string;
  readonly region: Region;
  readonly shop: SellingShop;
  /** Countries that sell from another shop context than `shop`, as in `marketplaces`. */
  readonly otherShops?: ReadonlyMap<string, SellingShop>;
  readonly sellerId: string;
  /** Default: Amazon's own host of the region. "simulator" = our own local Amazon. */
  readonly baseUrl?: string;
  /** Default: Amazon's own, or "simulator" beside that base URL. */
  readonly tokenUrl?: string;
  readonly clientId: string;
  /** Default: json for Amazon's own hosts, xml elsewhere. */
  readonly feedFormat?: FeedFormat;
  /** Countries, for example ["FR", "DE", "UK"]. */
  readonly marketplaces: readonly string[];
}

/** The same with every default filled in and every rule kept. */
export interface CheckedAccount extends Required<Omit<NewAccount, 'marketplaces' | 'otherShops'>> {
  readonly marketplaces: readonly CheckedMarketplace[];
}

/** A country with the shop context that it sells from. */
export interface CheckedMarketplace {
  readonly facts: MarketplaceFacts;
  readonly shop: SellingShop;
}

const InvalidAccount = defineError<{ field: string; expected: string; received: string }>(
  'INVALID_ACCOUNT',
  422,
  ({ field, expected, received }) =>
    `Expected ${field} of the account to be ${expected}, got ${received}. Correct it and add the account again.`,
);

const REGIONS: readonly string[] = Object.keys(REGION_ENDPOINTS);

/**
 * Checks a new account and fills in its defaults.
 *
 * @throws InvalidAccount naming the first field that is wrong, never a secret's value
 */
export function checkNewAccount(account: NewAccount): CheckedAccount {
  checkName(account.name);
  if (!REGIONS.includes(account.region)) reject('the region', `one of ${REGIONS.join(', ')}`, account.region);
  for (const field of ['sellerId', 'clientId', 'clientSecret', 'refreshToken'] as const)
    if (account[field].trim() === '') reject(FIELD_NAMES[field], 'a text', '');
  const baseUrl = account.baseUrl ?? REGION_ENDPOINTS[account.region].production;
  const tokenUrl = account.tokenUrl ?? (baseUrl === SIMULATOR ? SIMULATOR : TOKEN_URL);
  checkUrl('the base URL', baseUrl);
  checkUrl('the token URL', tokenUrl);
  if ((baseUrl === SIMULATOR) !== (tokenUrl === SIMULATOR))
    reject('the token URL', 'the simulator exactly when the base URL is', tokenUrl);
  const feedFormat = account.feedFormat ?? defaultFeedFormat(baseUrl);
  const { otherShops, ...rest } = account;
  const marketplaces = findCountries(account).map((facts) => ({
    facts,
    shop: otherShops?.get(facts.country) ?? account.shop,
  }));
  return { ...rest, baseUrl, tokenUrl, feedFormat, marketplaces };
}

/** Amazon itself accepts JSON alone since 31 July 2025; the simulator and other hosts get what people can read. */
function defaultFeedFormat(baseUrl: string): FeedFormat {
  return baseUrl !== SIMULATOR && isAmazonHost(baseUrl) ? 'json' : 'xml';
}

const FIELD_NAMES = {
  sellerId: 'the seller id',
  clientId: 'the client id',
  clientSecret: 'the client secret',
  refreshToken: 'the refresh token',
} as const;

/** A slash would make ACCOUNT/FR ambiguous. */
function checkName(name: string): void {
  const fits = name.length >= 1 && name.length <= 60 && name === name.trim() && !/[/\p{Cc}]/u.test(name);
  if (!fits) reject('the name', '1 to 60 characters without a slash or outer spaces', name);
}

function checkUrl(field: string, url: string): void {
  if (url === SIMULATOR) return;
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol !== 'https:' && protocol !== 'http:') reject(field, 'an https address or "simulator"', url);
  if (protocol === 'http:' && isAmazonHost(url)) reject(field, 'an https address, since secrets travel to it', url);
}

function findCountries(account: NewAccount): readonly MarketplaceFacts[] {
  const choices = MARKETPLACES.filter((facts) => facts.region === account.region);
  const expected = `one or more of ${choices.map((facts) => facts.country).join(', ')}`;
  if (account.marketplaces.length === 0) reject('the marketplaces', expected, '');
  const found = account.marketplaces.map((country) => {
    const facts = marketplaceByCountry(country.trim());
    return facts?.region === account.region ? facts : reject('the marketplaces', expected, country);
  });
  return [...new Set(found)];
}

function reject(field: string, expected: string, received: string): never {
  throw new InvalidAccount({ field, expected, received: received === '' ? 'nothing' : JSON.stringify(received) });
}
