import type { Clock } from '../../../core/clock.js';
import type { CatalogueQuery, ShopContext } from '../../../shop/catalogue.js';
import type { Account, Marketplace } from '../../accounts/account.js';
import type { AccountService } from '../../accounts/account-service.js';
import { type OfferFrame, offerFrame, type PoolFrame, poolFrame } from '../../offers/offer-frame.js';
import type { Part, PoolOfferSettings, SkuSource } from '../../offers/offer-settings.js';
import type { SettingSource } from '../../settings/loaded-settings.js';
import {
  type ResolvedMarketplace,
  resolveMarketplaceSettings,
  resolvePoolSettings,
} from '../../settings/resolve-offer-settings.js';
import { type ExportOptions, partsOf } from '../export-options.js';

/** Everything that does not change from item to item while one account's offers of one shop are computed. */
export interface ShopFrame {
  readonly account: Account;
  readonly context: ShopContext;
  readonly pool: PoolFrame;
  readonly skuSource: SkuSource;
  /** Every active marketplace of the account that sells this shop; the pool must know the stops of all. */
  readonly marketplaces: readonly MarketplaceFrame[];
  /** Those of them that this run exports; the others only say whether they sell an item. */
  readonly exported: readonly MarketplaceFrame[];
  /** Those whose prices are exported, but not by this run, as far as their prices are read. */
  readonly leftOut: readonly MarketplaceFrame[];
  readonly query: Omit<CatalogueQuery, 'selection'>;
  readonly atMs: number;
}

export interface MarketplaceFrame {
  readonly marketplace: Marketplace;
  readonly settings: ResolvedMarketplace;
  readonly offers: OfferFrame;
  /** Whether this run exports it; the others only say whether they sell an item. */
  readonly selected: boolean;
  readonly parts: ReadonlySet<Part>;
}

/** What a run knows of one account before it looks at a product. */
export interface AccountFrame {
  readonly account: Account;
  readonly poolSettings: PoolOfferSettings;
  readonly marketplaces: readonly {
    readonly marketplace: Marketplace;
    readonly settings: ResolvedMarketplace;
    readonly selected: boolean;
  }[];
  /** Where the account's quantities are addressed to: its first active marketplace. */
  readonly poolMarketplace: Marketplace;
}

/**
 * Resolves the settings of an account's active marketplaces once for a whole run.
 *
 * @param selected ids of the marketplaces that the run exports
 * @returns null when the account has no active marketplace
 */
export async function accountFrame(
  account: Account,
  selected: ReadonlySet<number>,
  from: { accounts: AccountService; settings: SettingSource },
): Promise<AccountFrame | null> {
  const loaded = await from.settings.load();
  const active = (await from.accounts.marketplaces(account.id))
    .filter((one) => one.active)
    .toSorted((a, b) => a.id - b.id);
  const [first] = active;
  if (!first) return null;
  const marketplaces = await Promise.all(
    active.map(async (marketplace) => ({
      marketplace,
      settings: await resolveMarketplaceSettings(marketplace, loaded),
      selected: selected.has(marketplace.id),
    })),
  );
  return { account, poolSettings: await resolvePoolSettings(account.id, loaded), marketplaces, poolMarketplace: first };
}

/** The shops that an account sells from. A SKU may be carried by any of them: its listing remembers the one that carried it last. */
export function shopsOfFrame({ marketplaces }: AccountFrame): readonly number[] {
  return [...new Set(marketplaces.map((one) => one.marketplace.shopId))];
}

/**
 * Prepares the computation for one shop context of an account at the present moment.
 *
 * @param known allPrices = the prices of marketplaces that the run does not export are read as well
 */
export function shopFrame(
  account: AccountFrame,
  context: ShopContext,
  options: ExportOptions,
  clock: Clock,
  known: { readonly allPrices?: boolean } = {},
): ShopFrame {
  const atMs = clock.nowMs();
  const here = account.marketplaces.filter((one) => one.marketplace.shopId === context.shopId);
  const skuSource = account.poolSettings.skuSource;
  const isPriced = ({ selected, settings }: (typeof here)[number]) =>
    selected || isPriceFiltered(settings) || (known.allPrices === true && settings.parts.has('price'));
  const priced = here.filter(isPriced);
  const marketplaces = here.map((one): MarketplaceFrame => {
    const { marketplace, settings, selected } = one;
    const parts = partsOf(options, settings.parts);
    const want = { metadata: parts.has('metadata'), images: parts.has('images') };
    const viewIndex = priced.indexOf(one);
    const offers = offerFrame({ settings: { ...settings, parts }, context, skuSource, viewIndex, want, atMs });
    return { marketplace, settings, offers, selected, parts };
  });
  const exported = marketplaces.filter((one) => one.selected);
  const leftOut = marketplaces.filter(
    ({ selected, settings, parts, offers }) =>
      settings.parts.has('price') && !(selected && parts.has('price')) && offers.viewIndex >= 0,
  );
  return {
    account: account.account,
    context,
    pool: poolFrame(account.poolSettings, context, atMs),
    skuSource,
    marketplaces,
    exported,
    leftOut,
    query: {
      priceViews: priced.map((one) => one.settings.priceView),
      textLanguages: [
        ...new Set(exported.filter((one) => one.parts.has('metadata')).map((one) => one.settings.language)),
      ],
      withImages: exported.some((one) => one.parts.has('images')),
      atMs,
    },
    atMs,
  };
}

/** A marketplace that is not exported is only asked for its stops, and of those only the filter looks at a price. */
function isPriceFiltered({ priceFilterFrom, priceFilterTo }: ResolvedMarketplace): boolean {
  return priceFilterFrom !== null || priceFilterTo !== null;
}
