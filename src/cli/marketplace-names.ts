import type { Feedbridge } from '../compose.js';
import type { Marketplace } from '../features/accounts/account.js';
import { POOL } from '../features/listings/listing.js';

/** How marketplaces are called: "FR" where one account is all there is, "ACCOUNT/FR" otherwise and for programs. */
export class MarketplaceNames {
  readonly #byId: ReadonlyMap<number, Marketplace>;
  readonly #several: boolean;

  constructor(marketplaces: readonly Marketplace[]) {
    this.#byId = new Map(marketplaces.map((one) => [one.id, one]));
    this.#several = new Set(marketplaces.map((one) => one.accountId)).size > 1;
  }

  static async of({ accounts }: Feedbridge): Promise<MarketplaceNames> {
    return new MarketplaceNames(await accounts.marketplaces());
  }

  /** For people; "all" for what exists once for all marketplaces of an account. */
  short(marketplaceId: number): string {
    if (marketplaceId === POOL) return 'all';
    const known = this.#byId.get(marketplaceId);
    if (known === undefined) return `#${marketplaceId}`;
    return this.#several ? fullName(known) : known.country;
  }

  /** For programs: "ACCOUNT/FR"; null for what exists once for all marketplaces of an account. */
  full(marketplaceId: number): string | null {
    if (marketplaceId === POOL) return null;
    const known = this.#byId.get(marketplaceId);
    return known === undefined ? `#${marketplaceId}` : fullName(known);
  }
}

function fullName({ accountName, country }: Marketplace): string {
  return `${accountName}/${country}`;
}
