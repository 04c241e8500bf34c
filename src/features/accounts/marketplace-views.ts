import type { Db } from '../../db/open-database.js';
import type { PageScope } from '../../http/request-locals.js';
import type { Marketplace } from './account.js';
import type { AccountService } from './account-service.js';

/** What a page is about: one marketplace, or all of them. */
export interface MarketplaceChoice {
  readonly selected: Marketplace | null;
  /** The marketplaces of the page: the one selected, or every one. */
  readonly marketplaces: readonly Marketplace[];
  readonly all: readonly Marketplace[];
  readonly scope: PageScope;
}

/** As people and addresses name it: `simulator/FR`. */
export function marketplaceName(marketplace: Marketplace): string {
  return `${marketplace.accountName}/${marketplace.country}`;
}

/** Finds what a page is about. */
export class MarketplaceViews {
  readonly #db: Db;
  readonly #accounts: AccountService;

  constructor(db: Db, accounts: AccountService) {
    this.#db = db;
    this.#accounts = accounts;
  }

  /**
   * @param text `simulator/FR`, `FR`, or empty for all marketplaces
   * @throws MarketplaceUnknown, MarketplaceAmbiguous
   */
  async choose(text: string): Promise<MarketplaceChoice> {
    const all = await this.#accounts.marketplaces();
    const selected = text === '' ? null : await this.#accounts.findMarketplace(text);
    const scope = {
      choices: all.map((one) => ({ name: marketplaceName(one), active: one.active })),
      selected: selected === null ? null : marketplaceName(selected),
      timeZone: await this.#timeZone(selected?.shopId ?? all[0]?.shopId ?? 0),
    };
    return { selected, marketplaces: selected === null ? all : [selected], all, scope };
  }

  async #timeZone(shopId: number): Promise<string> {
    const row = await this.#db('shop').where({ id: shopId }).first('time_zone');
    return row === undefined ? 'UTC' : String(row.time_zone);
  }
}
