import type { Clock } from '../../core/clock.js';
import type { Sealer } from '../../core/sealed-text.js';
import { isUniqueViolation } from '../../db/db-errors.js';
import type { Db } from '../../db/open-database.js';
import { type MarkedProducts, NOTHING_MARKED, type OfferMarks } from '../queue/offer-marks.js';
import type { Audit } from '../users/audit.js';
import type { Account, AccountCredentials, AccountState, Marketplace } from './account.js';
import { AccountNameTaken, AccountUnknown, MarketplaceAmbiguous, MarketplaceUnknown } from './account-errors.js';
import { AccountStore, type MarketplaceRecord } from './account-store.js';
import { type CheckedAccount, type CheckedMarketplace, checkNewAccount, type NewAccount } from './new-account.js';
import { type KnownShop, ShopStore } from './shop-store.js';

export interface AccountServiceParts {
  readonly clock: Clock;
  readonly sealer: Pick<Sealer, 'seal' | 'open'>;
  readonly audit: Audit;
  /** Marks what a marketplace that is switched can change. */
  readonly marks: OfferMarks;
}

/** Seller accounts, their marketplaces and their secrets. */
export class AccountService {
  readonly #db: Db;
  readonly #parts: AccountServiceParts;
  readonly #store: AccountStore;

  constructor(db: Db, parts: AccountServiceParts) {
    this.#db = db;
    this.#parts = parts;
    this.#store = new AccountStore(db);
  }

  /** The same service inside a transaction. */
  on(transaction: Db): AccountService {
    return new AccountService(transaction, this.#parts);
  }

  /**
   * Adds an account with its marketplaces and remembers its shop context. A marketplace whose currency the shop lacks starts inactive.
   *
   * @param actor whom the audit names
   * @throws InvalidAccount, AccountNameTaken
   */
  async add(account: NewAccount, actor: string): Promise<Account> {
    const checked = checkNewAccount(account);
    const id = await this.#db.transaction(async (transaction) => {
      for (const shop of [checked.shop, ...checked.marketplaces.map((one) => one.shop)])
        await this.rememberShop(shop, transaction);
      const added = await this.#insert(checked, transaction);
      const details = { region: checked.region, baseUrl: checked.baseUrl, sellerId: checked.sellerId };
      await this.#parts.audit.record({ actor, action: 'account-add', subject: checked.name, details }, transaction);
      return added;
    });
    return this.byId(id);
  }

  /** Brings what our tables remember of a shop context up to date. */
  async rememberShop(shop: KnownShop, transaction: Db = this.#db): Promise<void> {
    await new ShopStore(transaction).upsert(shop, this.#parts.clock.nowMs());
  }

  /** By name. */
  async list(): Promise<readonly Account[]> {
    return this.#store.accounts();
  }

  /** @throws AccountUnknown naming the accounts there are */
  async byName(name: string): Promise<Account> {
    return (await this.findByName(name)) ?? this.#unknown(name);
  }

  async findByName(name: string): Promise<Account | null> {
    return (await this.#store.accounts({ name }))[0] ?? null;
  }

  /** @throws AccountUnknown naming the accounts there are */
  async byId(id: number): Promise<Account> {
    return (await this.#store.accounts({ id }))[0] ?? this.#unknown(`number ${id}`);
  }

  /** Of one account or of all, by account name and country; inactive ones too. */
  async marketplaces(accountId?: number): Promise<readonly Marketplace[]> {
    return this.#store.marketplaces(accountId === undefined ? {} : { accountId });
  }

  /**
   * Finds the marketplace that a person means.
   *
   * @param text "FR", or "ACCOUNT/FR" where several accounts have one; the country in any letter case, "GB" is taken as "UK"
   * @throws MarketplaceUnknown, MarketplaceAmbiguous, each listing the choices
   */
  async findMarketplace(text: string): Promise<Marketplace> {
    const all = await this.#store.marketplaces();
    const wanted = readMarketplaceText(text);
    const matches = all.filter(
      (one) => one.country === wanted.country && (wanted.account === null || one.accountName === wanted.account),
    );
    const [match] = matches;
    if (match === undefined) throw new MarketplaceUnknown({ wanted: text, names: all.map(fullName) });
    if (matches.length > 1) throw new MarketplaceAmbiguous({ wanted: text, names: matches.map(fullName) });
    return match;
  }

  /**
   * Switches a marketplace on or off, and marks what that can change: every product of the account, on all its marketplaces. Where
   * nothing sells an item any more its stock is brought to 0, and it comes back where something does again.
   *
   * @param to reason: shown while it is off, forgotten when it is on
   * @param actor whom the audit names
   * @throws MarketplaceUnknown
   */
  async setActive(
    marketplaceId: number,
    to: { active: boolean; reason: string },
    actor: string,
  ): Promise<MarkedProducts> {
    const { active } = to;
    const reason = active ? '' : to.reason;
    return this.#db.transaction(async (transaction) => {
      await this.#parts.marks.takeTurn(transaction);
      const all = await this.on(transaction).marketplaces();
      const found = all.find((one) => one.id === marketplaceId);
      if (found === undefined)
        throw new MarketplaceUnknown({ wanted: `number ${marketplaceId}`, names: all.map(fullName) });
      await this.#store.on(transaction).setActive(marketplaceId, active, reason);
      const action = active ? 'marketplace-on' : 'marketplace-off';
      const marked = found.active === active ? NOTHING_MARKED : await this.#markAccount(found, action, transaction);
      await this.#parts.audit.record({ actor, action, subject: fullName(found), details: { reason } }, transaction);
      return marked;
    });
  }

  /**
   * Records that all listings of the account were read at that instant.
   *
   * @throws AccountUnknown
   */
  async markListingsRead(accountId: number, atMs: number): Promise<void> {
    if (!(await this.#store.setListingsRead(accountId, atMs))) await this.#unknown(`number ${accountId}`);
  }

  /** Records that a person released the first send to the account; call it in the transaction of the release. */
  async releaseFirstSend(accountId: number): Promise<void> {
    await this.#store.setFirstReleased(accountId, this.#parts.clock.nowMs());
  }

  /**
   * Notes what Amazon said of the account's authorization.
   *
   * @param actor who asked Amazon, as the audit names it
   * @throws AccountUnknown
   */
  async setState(accountId: number, state: AccountState, actor: string): Promise<void> {
    await this.#db.transaction(async (transaction) => {
      const { name, state: before } = await this.on(transaction).byId(accountId);
      await this.#store.on(transaction).setState(accountId, state);
      const details = { before, after: state };
      await this.#parts.audit.record({ actor, action: 'account-state', subject: name, details }, transaction);
    });
  }

  /**
   * The account's secrets, opened.
   *
   * @throws AccountUnknown; SealingKeyUnknown or SealedTextDamaged when they cannot be opened with the keys of this process
   */
  async credentials(accountId: number): Promise<AccountCredentials> {
    const sealed = (await this.#store.credentials(accountId)) ?? (await this.#unknown(`number ${accountId}`));
    const { sealer } = this.#parts;
    return {
      clientId: sealed.clientId,
      clientSecret: sealer.open(sealed.clientSecretSealed),
      refreshToken: sealer.open(sealed.refreshTokenSealed),
    };
  }

  async #markAccount({ accountId }: Marketplace, reason: string, transaction: Db): Promise<MarkedProducts> {
    const all = await this.#store.on(transaction).marketplaces({ accountId });
    const active = all.filter((one) => one.active);
    return this.#parts.marks.markAll(active, reason, transaction);
  }

  async #insert(account: CheckedAccount, transaction: Db): Promise<number> {
    const { clock, sealer } = this.#parts;
    const { clientSecret, refreshToken, shop, marketplaces, ...fields } = account;
    const store = this.#store.on(transaction);
    const record = {
      ...fields,
      shopId: shop.shopId,
      clientSecretSealed: sealer.seal(clientSecret),
      refreshTokenSealed: sealer.seal(refreshToken),
    };
    const id = await store.insert(record, clock.nowMs()).catch((error: unknown) => {
      throw isUniqueViolation(error) ? new AccountNameTaken({ name: account.name }, { cause: error }) : error;
    });
    const rows = marketplaces.map((one) => toMarketplaceRecord(one));
    await store.insertMarketplaces(id, rows, clock.nowMs());
    return id;
  }

  async #unknown(wanted: string): Promise<never> {
    throw new AccountUnknown({ wanted, names: (await this.list()).map((account) => account.name) });
  }
}

function toMarketplaceRecord({ facts, shop }: CheckedMarketplace): MarketplaceRecord {
  const { country, currency } = facts;
  const known = shop.currencies.some((one) => one.iso === currency);
  const inactiveReason = known
    ? ''
    : `The shop ${shop.name} has no currency ${currency}. Add it in PrestaShop, or set "fixed-rate" for this marketplace, then switch it on.`;
  return { shopId: shop.shopId, country, amazonId: facts.marketplaceId, currency, inactiveReason };
}

/** An account's name has no slash, so the last one ends it. */
function readMarketplaceText(text: string): { account: string | null; country: string } {
  const slash = text.lastIndexOf('/');
  const country = text
    .slice(slash + 1)
    .trim()
    .toUpperCase();
  return { account: slash < 0 ? null : text.slice(0, slash).trim(), country: country === 'GB' ? 'UK' : country };
}

function fullName(marketplace: Marketplace): string {
  return `${marketplace.accountName}/${marketplace.country}`;
}
