import type { Clock } from '../../core/clock.js';
import { formatMinor, roundToMinor } from '../../core/money.js';
import type { Catalogue, CatalogueItem, Shop, ShopContext } from '../../shop/catalogue.js';
import type { AccountCredentials } from '../accounts/account.js';
import { type Account, type Marketplace, SIMULATOR } from '../accounts/account.js';
import type { AccountService } from '../accounts/account-service.js';
import { skuOf } from '../offers/sku.js';
import { resolvePoolSettings } from '../settings/resolve-offer-settings.js';
import type { SettingService } from '../settings/setting-service.js';

/** The account of the embedded default. */
export const SIMULATOR_ACCOUNT = 'simulator';
const COUNTRIES = ['FR', 'DE', 'ES', 'IT', 'UK'];

/** An item of the shop as the simulated Amazon's first listings need it. */
export interface SetupItem {
  readonly sku: string;
  readonly code: string | null;
  readonly title: string;
  readonly price: string;
  readonly quantity: number;
  readonly brand: string | null;
}

/** The simulated Amazon, as far as setting up needs it; compose connects it, since features do not know the simulator. */
export interface SimulatedSeller {
  secrets(sellerId: string): AccountCredentials;
  /** Gives the seller its first listings, once. */
  seed(seed: {
    sellerId: string;
    marketplaces: readonly Marketplace[];
    items: readonly SetupItem[];
    nowMs: number;
  }): Promise<number>;
}

export interface SetupDependencies {
  readonly clock: Clock;
  readonly shop: Shop;
  readonly accounts: AccountService;
  readonly settings: SettingService;
  readonly seller: SimulatedSeller;
}

export interface SetupResult {
  readonly account: Account;
  readonly marketplaces: readonly Marketplace[];
  /** False when everything was there already. */
  readonly created: boolean;
  /** SKUs that the simulated Amazon lists from the start. */
  readonly listed: number;
}

/** Prepares the embedded default in whatever database and shop the settings name; a second time it changes nothing. */
export class SetupService {
  readonly #on: SetupDependencies;

  constructor(dependencies: SetupDependencies) {
    this.#on = dependencies;
  }

  /** Makes the simulator's account with its marketplaces; those whose currency the shop lacks stay inactive, with that reason. */
  async setUp(actor: string): Promise<SetupResult> {
    const { accounts, shop, clock } = this.#on;
    const catalogue = shop.catalogue(shop.shopIds[0] ?? 1);
    const context = await catalogue.context();
    const known = await accounts.findByName(SIMULATOR_ACCOUNT);
    const account = known ?? (await this.#addAccount(context, actor));
    await this.#allowSending(account, actor);
    const marketplaces = await accounts.marketplaces(account.id);
    const items = await this.#items(catalogue, context, account);
    const listed = await this.#on.seller.seed({
      sellerId: account.sellerId,
      marketplaces,
      items,
      nowMs: clock.nowMs(),
    });
    return { account, marketplaces, created: known === null, listed };
  }

  async #addAccount(context: ShopContext, actor: string): Promise<Account> {
    const sellerId = `SIMULATED${context.shopId}`;
    return this.#on.accounts.add(
      {
        name: SIMULATOR_ACCOUNT,
        region: 'EU',
        shop: context,
        sellerId,
        baseUrl: SIMULATOR,
        marketplaces: COUNTRIES,
        ...this.#on.seller.secrets(sellerId),
      },
      actor,
    );
  }

  /** Also where an earlier setup was cut short before it; what a person has set since then stays. */
  async #allowSending({ id }: Account, actor: string): Promise<void> {
    const { settings } = this.#on;
    const scope = { kind: 'account', accountId: id } as const;
    const { origin } = (await settings.load()).find('sending', scope);
    if (origin !== 'account') await settings.set('sending', 'on', scope, { actor });
  }

  async #items(catalogue: Catalogue, context: ShopContext, account: Account): Promise<readonly SetupItem[]> {
    const { skuSource } = await resolvePoolSettings(account.id, await this.#on.settings.load());
    const view = { currency: context.defaultCurrency, country: 'FR', groupId: null, fixedRate: null };
    const query = {
      priceViews: [view],
      textLanguages: [context.defaultLanguage],
      withImages: false,
      atMs: this.#on.clock.nowMs(),
    };
    const items: SetupItem[] = [];
    for await (const batch of catalogue.batches({ ...query, selection: { kind: 'all' } }))
      for (const item of batch.items)
        if (isOffered(item)) items.push(toSetupItem(item, skuOf(item, skuSource), context));
    return items.filter((item) => item.sku.trim() === item.sku && item.sku.length >= 1 && item.sku.length <= 40);
  }
}

function isOffered(item: CatalogueItem): boolean {
  return (
    item.inShop && item.active && item.availableForOrder && !item.draft && !item.virtual && item.minimalQuantity <= 1
  );
}

function toSetupItem(item: CatalogueItem, sku: string, context: ShopContext): SetupItem {
  const [price] = item.prices;
  const exact = price && !('fault' in price) ? price.standard : 0n;
  return {
    sku,
    code: item.ean13 || item.upc || null,
    title: item.texts?.get(context.defaultLanguage)?.name ?? sku,
    price: formatMinor(roundToMinor(exact, 2, context.roundingMode), 2),
    quantity: Math.max(0, item.stockQuantity),
    brand: item.manufacturerName || null,
  };
}
