import type { Clock } from '../../core/clock.js';
import type { Shop, ShopContext, ShopDetails, ShopSurvey } from '../../shop/catalogue.js';
import type { AccountService } from '../accounts/account-service.js';
import type { SkuSource } from '../offers/offer-settings.js';
import type { SettingSource } from '../settings/loaded-settings.js';
import { type CatalogueCheck, checkCatalogue } from './check-catalogue.js';

export interface ShopCheckParts {
  readonly clock: Clock;
  readonly shop: Shop;
  readonly accounts: AccountService;
  readonly settings: SettingSource;
}

/** One shop context: what it says of itself, and its catalogue by each SKU source that its accounts use. */
export interface CheckedShop {
  readonly context: ShopContext;
  readonly details: ShopDetails;
  readonly catalogues: readonly CatalogueCheck[];
}

/** Looks at the shop with people's eyes: what is connected, and what is wrong with the catalogue. */
export class ShopCheckService {
  readonly #on: ShopCheckParts;

  constructor(parts: ShopCheckParts) {
    this.#on = parts;
  }

  /** @throws what `Shop.check` throws: what is missing, named */
  survey(): Promise<ShopSurvey> {
    return this.#on.shop.survey();
  }

  /**
   * Walks through the catalogue of every context that the settings name, one after the other.
   *
   * @param survey as `survey` gave it
   */
  async *shops({ details }: ShopSurvey, signal?: AbortSignal): AsyncGenerator<CheckedShop> {
    const { shop, clock } = this.#on;
    for (const one of details) {
      const catalogue = shop.catalogue(one.shopId);
      const context = await catalogue.context();
      const catalogues: CatalogueCheck[] = [];
      for (const skuSource of await this.#skuSources(one.shopId)) {
        const request = { catalogue, context, details: one, skuSource, clock };
        catalogues.push(await checkCatalogue(signal === undefined ? request : { ...request, signal }));
      }
      yield { context, details: one, catalogues };
    }
  }

  /** Those of the accounts that sell the shop; where none does, the one for everything. */
  async #skuSources(shopId: number): Promise<readonly SkuSource[]> {
    const settings = await this.#on.settings.load();
    const selling = (await this.#on.accounts.marketplaces()).filter((one) => one.shopId === shopId);
    const sources = selling.map(({ accountId }) => settings.get('sku-source', { kind: 'account', accountId }));
    return sources.length === 0 ? [settings.get('sku-source', { kind: 'global' })] : [...new Set(sources)];
  }
}
