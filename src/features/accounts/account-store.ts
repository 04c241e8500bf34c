import type { Region } from '../../amazon/regions.js';
import type { Db } from '../../db/open-database.js';
import { type Account, type AccountState, type FeedFormat, type Marketplace, SIMULATOR } from './account.js';

interface AccountTableRow {
  id: number;
  name: string;
  region: Region;
  shop_id: number;
  seller_id: string;
  base_url: string;
  token_url: string;
  client_id: string;
  client_secret_sealed: string;
  refresh_token_sealed: string;
  feed_format: FeedFormat;
  state: AccountState;
  listings_read_at_ms: number | null;
  first_released_at_ms: number | null;
  created_at_ms: number;
}

interface MarketplaceTableRow {
  id: number;
  account_id: number;
  account_name: string;
  shop_id: number;
  country: string;
  amazon_id: string;
  currency: string;
  active: number;
  inactive_reason: string;
}

/** An account to be stored; the secrets are sealed already. */
export interface AccountRecord {
  readonly name: string;
  readonly region: Region;
  readonly shopId: number;
  readonly sellerId: string;
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly feedFormat: FeedFormat;
  readonly clientId: string;
  readonly clientSecretSealed: string;
  readonly refreshTokenSealed: string;
}

/** A marketplace of it; `inactiveReason` empty = active. */
export interface MarketplaceRecord {
  readonly shopId: number;
  readonly country: string;
  readonly amazonId: string;
  readonly currency: string;
  readonly inactiveReason: string;
}

/** Secrets as they lie in the table. */
export interface SealedCredentials {
  readonly clientId: string;
  readonly clientSecretSealed: string;
  readonly refreshTokenSealed: string;
}

/** The tables `account` and `marketplace`. */
export class AccountStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  on(transaction: Db): AccountStore {
    return new AccountStore(transaction);
  }

  /** @returns the new account's id; a name that is taken fails with the driver's unique violation */
  async insert(account: AccountRecord, nowMs: number): Promise<number> {
    const [id] = await this.#db('account').insert({
      name: account.name,
      region: account.region,
      shop_id: account.shopId,
      seller_id: account.sellerId,
      base_url: account.baseUrl,
      token_url: account.tokenUrl,
      client_id: account.clientId,
      client_secret_sealed: account.clientSecretSealed,
      refresh_token_sealed: account.refreshTokenSealed,
      feed_format: account.feedFormat,
      state: 'active',
      listings_read_at_ms: null,
      created_at_ms: nowMs,
    });
    return Number(id);
  }

  async insertMarketplaces(
    accountId: number,
    marketplaces: readonly MarketplaceRecord[],
    nowMs: number,
  ): Promise<void> {
    const rows = marketplaces.map((one) => ({
      account_id: accountId,
      shop_id: one.shopId,
      country: one.country,
      amazon_id: one.amazonId,
      currency: one.currency,
      active: one.inactiveReason === '' ? 1 : 0,
      inactive_reason: one.inactiveReason,
      created_at_ms: nowMs,
    }));
    await this.#db('marketplace').insert(rows);
  }

  /** All accounts, or the one with this id or name, by name. */
  async accounts(only: { id?: number; name?: string } = {}): Promise<readonly Account[]> {
    return (await this.#db<AccountTableRow>('account').where(only).orderBy('name')).map(toAccount);
  }

  /** By account name, then country. */
  async marketplaces(only: { accountId?: number } = {}): Promise<readonly Marketplace[]> {
    const query = this.#db('marketplace')
      .join('account', 'account.id', 'marketplace.account_id')
      .orderBy(['account.name', 'marketplace.country'])
      .select<MarketplaceTableRow[]>('marketplace.*', 'account.name as account_name');
    if (only.accountId !== undefined) query.where('marketplace.account_id', only.accountId);
    return (await query).map(toMarketplace);
  }

  async credentials(accountId: number): Promise<SealedCredentials | null> {
    const row = await this.#db<AccountTableRow>('account').where({ id: accountId }).first();
    if (row === undefined) return null;
    return {
      clientId: row.client_id,
      clientSecretSealed: row.client_secret_sealed,
      refreshTokenSealed: row.refresh_token_sealed,
    };
  }

  async setActive(marketplaceId: number, active: boolean, inactiveReason: string): Promise<void> {
    const row = { active: active ? 1 : 0, inactive_reason: inactiveReason };
    await this.#db('marketplace').where({ id: marketplaceId }).update(row);
  }

  /** @returns false when there is no such account */
  async setListingsRead(accountId: number, atMs: number): Promise<boolean> {
    return (await this.#db('account').where({ id: accountId }).update({ listings_read_at_ms: atMs })) > 0;
  }

  /** Keeps the first instant when it is told several. */
  async setFirstReleased(accountId: number, atMs: number): Promise<void> {
    await this.#db('account')
      .where({ id: accountId })
      .whereNull('first_released_at_ms')
      .update({ first_released_at_ms: atMs });
  }

  async setState(accountId: number, state: AccountState): Promise<void> {
    await this.#db('account').where({ id: accountId }).update({ state });
  }
}

function toAccount(row: AccountTableRow): Account {
  return {
    id: row.id,
    name: row.name,
    region: row.region,
    shopId: row.shop_id,
    sellerId: row.seller_id,
    baseUrl: row.base_url,
    tokenUrl: row.token_url,
    feedFormat: row.feed_format,
    state: row.state,
    listingsReadAtMs: row.listings_read_at_ms,
    firstReleasedAtMs: row.first_released_at_ms,
    simulator: row.base_url === SIMULATOR,
  };
}

function toMarketplace(row: MarketplaceTableRow): Marketplace {
  return {
    id: row.id,
    accountId: row.account_id,
    accountName: row.account_name,
    shopId: row.shop_id,
    country: row.country,
    amazonId: row.amazon_id,
    currency: row.currency,
    active: row.active === 1,
    inactiveReason: row.inactive_reason,
  };
}
