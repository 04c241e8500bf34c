import { groupBy } from '../../core/group-by.js';
import type { CatalogueBatch, CatalogueItem } from '../../shop/catalogue.js';
import type { Account, Marketplace } from '../accounts/account.js';
import { parseExportOptions } from '../export/export-options.js';
import { accountFrame, type ShopFrame, shopFrame } from '../export/plan/account-frame.js';
import { isAtAmazon } from '../export/plan/desire-sku.js';
import { isSellable, optionsBy } from '../export/plan/prepare-items.js';
import type { ListingService } from '../listings/listing-service.js';
import { judgeSku, skuOf } from '../offers/sku.js';
import { type ClaimingItem, type SellableOf, SkuCollisions } from '../shop-check/sku-collisions.js';
import { type SettingChange, touchedMarketplaces } from './setting-change.js';
import type { SettingPreviewParts } from './setting-preview.js';

/** What another SKU source would do to the listings of the accounts that feel it. */
export interface SkuSourceEffect {
  /** SKUs that Amazon has of the shop. */
  readonly listings: number;
  /** Those of them that no item would carry any more: they are brought to 0. */
  readonly withdrawn: number;
  /** SKUs that items would carry and Amazon does not have. */
  readonly created: number;
}

export interface SkuSourcePreviewParts extends SettingPreviewParts {
  readonly listings: ListingService;
}

const NOTHING: SkuSourceEffect = { listings: 0, withdrawn: 0, created: 0 };
const LISTINGS_PER_PAGE = 2_000;

/** Counts what a change of the SKU source would take off Amazon and put there, over the whole catalogue, without changing anything. */
export class SkuSourcePreview {
  readonly #on: SkuSourcePreviewParts;

  constructor(parts: SkuSourcePreviewParts) {
    this.#on = parts;
  }

  /** @throws what the shop throws */
  async count(change: SettingChange): Promise<SkuSourceEffect> {
    const { accounts } = this.#on;
    const touched = touchedMarketplaces(change, await accounts.marketplaces());
    let total = NOTHING;
    for (const [accountId, marketplaces] of groupBy(touched, (one) => one.accountId)) {
      if ((await this.#on.listings.count(accountId)) === 0) continue;
      const effect = await this.#countOf(await accounts.byId(accountId), marketplaces, change);
      total = {
        listings: total.listings + effect.listings,
        withdrawn: total.withdrawn + effect.withdrawn,
        created: total.created + effect.created,
      };
    }
    return total;
  }

  async #countOf(
    account: Account,
    marketplaces: readonly Marketplace[],
    change: SettingChange,
  ): Promise<SkuSourceEffect> {
    const { accounts, shop, clock } = this.#on;
    const selected = new Set(marketplaces.map((one) => one.id));
    const frame = await accountFrame(account, selected, { accounts, settings: change.after });
    const keys = new NewKeys(account.id, this.#on.listings);
    for (const shopId of new Set(marketplaces.map((one) => one.shopId))) {
      if (frame === null) continue;
      const context = await shop.catalogue(shopId).context();
      await this.#walk(shopFrame(frame, context, parseExportOptions({}), clock), keys);
    }
    return keys.result();
  }

  async #walk(frame: ShopFrame, keys: NewKeys): Promise<void> {
    const catalogue = this.#on.shop.catalogue(frame.context.shopId);
    const query = { ...frame.query, textLanguages: [], withImages: false };
    const sellableOf = this.#sellableOf(frame);
    const field = frame.skuSource;
    const collisions = field === 'ids' ? null : new SkuCollisions({ catalogue, query, field, sellableOf });
    for await (const batch of catalogue.batches({ ...query, selection: { kind: 'all' } }))
      await keys.take(batch, { frame, isSellable: await sellableOf(batch.items), collisions });
  }

  #sellableOf(frame: ShopFrame): SellableOf {
    return async (items) => {
      const productIds = [...new Set(items.map((one) => one.productId))];
      const optionsOf = optionsBy(await this.#on.options.ofProducts(frame.context.shopId, productIds));
      return (item) => isSellable(item, frame, optionsOf);
    };
  }
}

/** The keys that items of one account would have, counted batch by batch; what Amazon has is all that is kept in mind of them. */
class NewKeys {
  readonly #accountId: number;
  readonly #listings: ListingService;
  /** SKUs at Amazon that an item would carry. */
  readonly #kept = new Set<string>();
  /** Items that would have no sound SKU: their listings follow them downward and are not withdrawn. */
  readonly #faulty = new Set<string>();
  #created = 0;

  constructor(accountId: number, listings: ListingService) {
    this.#accountId = accountId;
    this.#listings = listings;
  }

  async take(
    { items }: CatalogueBatch,
    by: {
      readonly frame: ShopFrame;
      readonly isSellable: (item: CatalogueItem) => boolean;
      readonly collisions: SkuCollisions | null;
    },
  ): Promise<void> {
    const claiming: ClaimingItem[] = [];
    for (const item of items.filter(by.isSellable)) {
      const sku = skuOf(item, by.frame.skuSource);
      if (judgeSku(sku, by.frame.skuSource) === null) claiming.push({ item, sku });
      else this.#faulty.add(keyOf(item));
    }
    const skus = [...new Set(claiming.map((one) => one.sku))];
    const known = await this.#listings.ofSkus(this.#accountId, skus);
    for (const listing of known) if (isAtAmazon(listing)) this.#kept.add(listing.sku);
    this.#created += claiming.filter(({ sku }) => !this.#kept.has(sku)).length;
    // Of items that collide none gets the SKU, unless Amazon has it from one of them.
    for (const { sku, holders } of (await by.collisions?.among(claiming)) ?? []) {
      if (this.#kept.has(sku)) continue;
      this.#created -= holders.length;
      for (const holder of holders) this.#faulty.add(keyOf(holder));
    }
  }

  async result(): Promise<SkuSourceEffect> {
    let listings = 0;
    let withdrawn = 0;
    for (let afterId = 0; ; ) {
      const page = await this.#listings.page(this.#accountId, afterId, LISTINGS_PER_PAGE);
      for (const listing of page.filter(isAtAmazon)) {
        if (listing.productId === 0) continue;
        listings += 1;
        if (!this.#kept.has(listing.sku) && !this.#faulty.has(keyOf(listing))) withdrawn += 1;
      }
      const last = page.at(-1);
      if (last === undefined) return { listings, withdrawn, created: this.#created };
      afterId = last.poolListingId;
    }
  }
}

function keyOf({ productId, combinationId }: { readonly productId: number; readonly combinationId: number }): string {
  return `${productId}-${combinationId}`;
}
