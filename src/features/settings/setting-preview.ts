import type { Clock } from '../../core/clock.js';
import { groupBy } from '../../core/group-by.js';
import type { Shop } from '../../shop/catalogue.js';
import type { Marketplace } from '../accounts/account.js';
import type { AccountService } from '../accounts/account-service.js';
import { parseExportOptions } from '../export/export-options.js';
import { accountFrame, type ShopFrame, shopFrame } from '../export/plan/account-frame.js';
import type { PreparedItem } from '../export/plan/prepare-items.js';
import type { ProductOptionService } from '../offers/product-option-service.js';
import { describeOffer, describePool } from '../sweep/fingerprint.js';
import type { KnownProducts } from '../sweep/known-products.js';
import { prepareBatch } from '../sweep/prepare-batch.js';
import type { LoadedSettings } from './loaded-settings.js';
import { type ProductSample, sampleOf } from './product-sample.js';
import { changesOffers, type SettingChange, touchedMarketplaces } from './setting-change.js';

/** What a change would do to the offers of the products that are known. An offer is one item on one marketplace. */
export interface OfferPreview {
  /** Those that would be marked; one that several accounts sell counts once for each. */
  readonly products: number;
  /** How many of them were computed, once with the settings as they are and once with the change. */
  readonly computedProducts: number;
  /** Offers of the products, and how many of them would be another one; estimated unless all were computed. */
  readonly offers: number;
  readonly changedOffers: number;
}

export interface SettingPreviewParts {
  readonly clock: Clock;
  readonly shop: Shop;
  readonly accounts: AccountService;
  readonly options: ProductOptionService;
  readonly known: KnownProducts;
}

export interface PreviewLimits {
  /** Of one account in one shop. */
  readonly sampleProducts: number;
  readonly productsPerBatch: number;
  /** For all accounts together; at least one batch of each is computed however long it takes. */
  readonly budgetMs: number;
}

const LIMITS: PreviewLimits = { sampleProducts: 1_000, productsPerBatch: 100, budgetMs: 2_000 };
const NOTHING: OfferPreview = { products: 0, computedProducts: 0, offers: 0, changedOffers: 0 };

/** Counts the offers that a change of a setting would make others, without changing anything. */
export class SettingPreview {
  readonly #on: SettingPreviewParts;
  readonly #limits: PreviewLimits;

  constructor(parts: SettingPreviewParts, limits: PreviewLimits = LIMITS) {
    this.#on = parts;
    this.#limits = limits;
  }

  /**
   * Computes the offers before and after a change: of all known products where these are few, else of a sample spread over them, for
   * about two seconds at most.
   *
   * @throws what the shop and stored settings throw; the change itself needs none of both
   */
  async count(change: SettingChange): Promise<OfferPreview> {
    if (!changesOffers(change)) return NOTHING;
    const touched = touchedMarketplaces(change, await this.#on.accounts.marketplaces());
    const groups = [...groupBy(touched, (one) => `${one.accountId} ${one.shopId}`).values()];
    const startMs = this.#on.clock.nowMs();
    let total = NOTHING;
    for (const [index, marketplaces] of groups.entries()) {
      const untilMs = startMs + (this.#limits.budgetMs * (index + 1)) / groups.length;
      total = sum(total, await this.#countOf(marketplaces, change, untilMs));
    }
    return total;
  }

  /** @param marketplaces of one account and shop */
  async #countOf(marketplaces: readonly Marketplace[], change: SettingChange, untilMs: number): Promise<OfferPreview> {
    const { clock, known } = this.#on;
    const [first] = marketplaces;
    if (first === undefined) return NOTHING;
    const sample = await sampleOf(known.pages(first), this.#limits.sampleProducts);
    if (sample.products === 0) return NOTHING;
    const before = await this.#frame(marketplaces, change.before);
    const after = await this.#frame(marketplaces, change.after);
    let counted = NOTHING;
    for (let start = 0; start < sample.productIds.length; start += this.#limits.productsPerBatch) {
      if (start > 0 && clock.nowMs() >= untilMs) break;
      const productIds = sample.productIds.slice(start, start + this.#limits.productsPerBatch);
      const offers = [await this.#compute(productIds, before), await this.#compute(productIds, after)] as const;
      counted = sum(counted, compare(productIds.length, ...offers));
    }
    return extrapolate(counted, sample);
  }

  async #frame([first, ...others]: readonly Marketplace[], settings: LoadedSettings): Promise<ShopFrame> {
    const { accounts, shop, clock } = this.#on;
    if (first === undefined) throw new Error('Expected marketplaces, got none.');
    const account = await accounts.byId(first.accountId);
    const selected = new Set([first.id, ...others.map((one) => one.id)]);
    const frame = await accountFrame(account, selected, { accounts, settings });
    if (frame === null) throw new Error(`Expected an active marketplace of ${account.name}, found none.`);
    return shopFrame(frame, await shop.catalogue(first.shopId).context(), parseExportOptions({}), clock);
  }

  /** What would be sent of each offer, by item and marketplace. */
  async #compute(productIds: readonly number[], frame: ShopFrame): Promise<ReadonlyMap<string, string>> {
    const { shop } = this.#on;
    const selection = { kind: 'products', productIds } as const;
    const texts = new Map<string, string>();
    for await (const batch of shop.catalogue(frame.context.shopId).batches({ ...frame.query, selection }))
      for (const prepared of await prepareBatch(batch, frame, this.#on)) addTexts(prepared, texts);
    return texts;
  }
}

function addTexts(prepared: PreparedItem, texts: Map<string, string>): void {
  const { productId, combinationId } = prepared.item;
  const pool = describePool(prepared);
  for (const one of prepared.offers) {
    const key = `${productId} ${combinationId} ${one.frame.marketplace.id}`;
    // Parts that are left out are computed all the same, some of them.
    texts.set(key, [...one.frame.parts, pool, describeOffer(one)].join('|'));
  }
}

function compare(
  computedProducts: number,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): OfferPreview {
  let changedOffers = 0;
  const keys = new Set([...before.keys(), ...after.keys()]);
  for (const key of keys) if (before.get(key) !== after.get(key)) changedOffers += 1;
  return { products: computedProducts, computedProducts, offers: keys.size, changedOffers };
}

function extrapolate({ computedProducts, offers, changedOffers }: OfferPreview, { products }: ProductSample) {
  const scaled = (figure: number) => Math.round((figure * products) / computedProducts);
  return { products, computedProducts, offers: scaled(offers), changedOffers: scaled(changedOffers) };
}

function sum(a: OfferPreview, b: OfferPreview): OfferPreview {
  return {
    products: a.products + b.products,
    computedProducts: a.computedProducts + b.computedProducts,
    offers: a.offers + b.offers,
    changedOffers: a.changedOffers + b.changedOffers,
  };
}
