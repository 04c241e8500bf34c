import type { ExactPrice, RoundingMode } from '../core/money.js';

/** One shop context of PrestaShop (`id_shop`): the only source of truth for products. */
export interface ShopContext {
  readonly shopId: number;
  readonly name: string;
  /** IANA zone of the shop's own times, for example "Europe/Paris". */
  readonly timeZone: string;
  /** With a trailing slash: "https://shop.example/fr-shop/". */
  readonly baseUrl: string;
  /** ISO 639-1 codes of the active languages. */
  readonly languages: readonly string[];
  readonly defaultLanguage: string;
  /** ISO 4217 codes of the active currencies. */
  readonly currencies: readonly ShopCurrency[];
  readonly defaultCurrency: string;
  readonly roundingMode: RoundingMode;
  /** The group of a visitor who has not logged in. */
  readonly visitorGroupId: number;
  /** PS_STOCK_MANAGEMENT: without it quantities mean nothing. */
  readonly stockManagement: boolean;
}

export interface ShopCurrency {
  readonly iso: string;
  /** Decimals of prices in this currency. */
  readonly decimals: number;
}

/** For whom a price is computed: one view per marketplace of the run. Quantity is always 1, the customer anonymous. */
export interface PriceView {
  /** ISO 4217. */
  readonly currency: string;
  /** ISO 3166-1 alpha-2 of the destination, which decides the tax. */
  readonly country: string;
  /** A customer group; null = the shop's visitor group. */
  readonly groupId: number | null;
  /** Units of this currency for one unit of the shop's default currency, used only when the shop lacks the currency; else null. */
  readonly fixedRate: string | null;
}

/** PrestaShop's final price, tax included, as a step function of time. Amounts are exact, in the view's currency, not rounded. */
export interface ItemPrice {
  /** The price now with two-sided (from and to) specific prices left out. */
  readonly standard: ExactPrice;
  /** Windows whose price differs from `standard`, in time order, disjoint; only such as have not ended. Empty for most items. */
  readonly steps: readonly PriceStep[];
}

export interface PriceStep {
  /** First instant, epoch milliseconds, inclusive. */
  readonly startMs: number;
  /** First instant after the window, epoch milliseconds. */
  readonly endMs: number;
  readonly price: ExactPrice;
  /** What `standard` is at the start of this window. */
  readonly standard: ExactPrice;
}

/** Why a view has no price at all. */
export interface ItemPriceFault {
  readonly fault: 'currency-missing' | 'country-missing';
}

export type ItemPriceResult = ItemPrice | ItemPriceFault;

export type ItemCondition = 'new' | 'used' | 'refurbished' | (string & {});

/** What the shop can sell by itself: a product without combinations, or one combination. */
export interface CatalogueItem {
  readonly productId: number;
  /** 0 for a product without combinations. */
  readonly combinationId: number;
  /** Exact bytes of the shop; empty when none. Codes are never inherited from the product. */
  readonly reference: string;
  readonly supplierReference: string;
  readonly ean13: string;
  readonly upc: string;
  readonly mpn: string;
  /** False when product or combination has no row for this shop; then the shop's own fields are those of a thing not sold. */
  readonly inShop: boolean;
  /** `state` 0: left behind by the "new product" page. */
  readonly draft: boolean;
  readonly active: boolean;
  readonly availableForOrder: boolean;
  readonly virtual: boolean;
  readonly visibility: 'both' | 'catalog' | 'search' | 'none' | (string & {});
  readonly condition: ItemCondition;
  readonly minimalQuantity: number;
  readonly manufacturerId: number;
  /** Empty when none. */
  readonly manufacturerName: string;
  readonly supplierId: number;
  readonly categoryIds: readonly number[];
  /** Of the one stock row that counts; may be negative; 0 when the row is missing. */
  readonly stockQuantity: number;
  /** Whether orders are accepted at stock 0 (the product's own setting, or the shop's default). */
  readonly sellsWhenOutOfStock: boolean;
  /** "2026-12-24" when the shop announces a date, else null. */
  readonly availableDate: string | null;
  /** Cost, tax excluded, in the shop's default currency; null when not known. */
  readonly cost: ExactPrice | null;
  /** One per requested view, in the order asked. */
  readonly prices: readonly ItemPriceResult[];
  /** Only when asked for: by language, ISO 639-1. Missing translations are already filled from the default language. */
  readonly texts: ReadonlyMap<string, ItemTexts> | null;
  /** Only when asked for: public addresses, the main picture first. */
  readonly imageUrls: readonly string[] | null;
}

export interface ItemTexts {
  /** The product's name, without the combination. */
  readonly name: string;
  /** HTML as the shop keeps it. */
  readonly description: string;
  readonly shortDescription: string;
  readonly tags: readonly string[];
  /** Combination values in group order, for example { group: "Size", value: "M" }. */
  readonly attributes: readonly { readonly group: string; readonly value: string }[];
  /** True when name or description came from another language than the one asked for. */
  readonly fallback: boolean;
}

export type CatalogueSelection =
  | { readonly kind: 'all' }
  | { readonly kind: 'products'; readonly productIds: readonly number[] }
  | { readonly kind: 'category'; readonly categoryId: number };

export interface CatalogueQuery {
  readonly selection: CatalogueSelection;
  readonly priceViews: readonly PriceView[];
  /** Languages whose texts are read (ISO 639-1); empty = no texts at all. */
  readonly textLanguages: readonly string[];
  readonly withImages: boolean;
  /** Default 1,000. A batch holds whole products only and is cut short when its items would be too many. */
  readonly productsPerBatch?: number;
  /** The instant for which prices are computed, epoch milliseconds. */
  readonly atMs: number;
}

export interface CatalogueBatch {
  /** Every product looked at, ascending; one asked for by id that the shop no longer has is here too, without items. */
  readonly productIds: readonly number[];
  /** In (product, combination) order. */
  readonly items: readonly CatalogueItem[];
  /**
   * The stock digest of each product of the batch, of the very rows that its items were made of; one that the shop does not have has none.
   * Worked out when asked for.
   */
  stockDigests(): StockDigests;
}

/**
 * By product, what everything comes to that makes its quantity: `NO_STOCK` or 16 hexadecimal digits of at least 64 bits of a hash that is not
 * linear (two quantities that change places are a change).
 *
 * It changes whenever a stock row changes that counts for the product: the quantity of any of its rows, `out_of_stock` of the row of
 * combination 0, the row form that counts (`share_stock`), the shop's own settings that a row refers to; and for a pack the same of its
 * components. The same rows give the same digest, in a batch and in a stretch.
 */
export type StockDigests = ReadonlyMap<number, string>;

/** A product without stock rows. */
export const NO_STOCK = '0000000000000000';

/** Products from one id to another and what their stock comes to together, so that most of them need not be looked at. */
export interface StockStretch {
  /** Inclusive, both; the stretches of a catalogue follow one another without a gap, from 0 to the largest safe integer. */
  readonly firstProductId: number;
  readonly lastProductId: number;
  /** The digests of its products, exclusive-or. */
  readonly digest: string;
  /** Its products with their digests, read now; those of `NO_STOCK` may be left out. At most a few thousand. */
  products(): Promise<StockDigests>;
}

/** The shop's fields that can be the key at Amazon; keys made of ids cannot collide and need no search. */
export type SkuField = 'reference' | 'supplier-reference' | 'ean13';

/** A product or combination (0 = none) that carries a text in one of those fields. */
export interface SkuHolder {
  readonly sku: string;
  readonly productId: number;
  readonly combinationId: number;
}

/** The catalogue of one shop context. Each batch is read in one repeatable-read transaction with a fixed number of queries. */
export interface Catalogue {
  readonly shopId: number;
  context(): Promise<ShopContext>;
  batches(query: CatalogueQuery): AsyncIterable<CatalogueBatch>;
  /**
   * Everything in this shop context that carries one of these texts in that field, byte for byte: two holders of one text are a collision.
   * At most 2,000 texts a call; a fixed number of queries. A product that has combinations in this shop is no holder itself.
   */
  holdersOf(field: SkuField, skus: readonly string[]): Promise<readonly SkuHolder[]>;
  /** How many products a selection holds, for progress. */
  countProducts(selection: CatalogueSelection): Promise<number>;
  /** When a price next begins or ends by the clock after that instant (epoch milliseconds), null when none does. */
  nextPriceChangeMs(afterMs: number): Promise<number | null>;
  /**
   * The stock of the whole catalogue, ascending, in at most some thousand stretches: set-based where the adapter allows it, since it is asked
   * for every minute.
   */
  stockStretches(): AsyncIterable<StockStretch>;
  /**
   * Products of which a price may begin or end by the clock in (afterMs, untilMs], ascending, each once, in pages of at most 1,000; product 0 first
   * = a row for every product.
   */
  repricedBetween(afterMs: number, untilMs: number): AsyncIterable<readonly number[]>;
}

/** What can be said of a shop's installation without looking at its products. */
export interface ShopSurvey {
  /** How it is reached, in words, without user or password: "shop at db.example:3306". */
  readonly connection: string;
  /** As PrestaShop says itself, "8.2.1"; empty when it does not. For people only: nothing is decided by it. */
  readonly version: string;
  /** What other versions have and this one lacks, by its PrestaShop name, such as "product.mpn". */
  readonly absent: readonly string[];
  readonly rights: ShopRights;
  /** Every shop context of the installation by id, also those that the settings do not name. */
  readonly contexts: readonly { readonly shopId: number; readonly name: string; readonly active: boolean }[];
  /** Of the contexts that the settings name, in their order. */
  readonly details: readonly ShopDetails[];
}

/** What our login may do there; reading is all it needs. */
export interface ShopRights {
  /** What it may do beyond reading what we read, a sentence each; empty when nothing. */
  readonly excess: readonly string[];
  /** What else is to be known, such as what could not be looked at, a sentence each. */
  readonly notes: readonly string[];
}

/** What people want to know of one shop context beside what offers need. */
export interface ShopDetails {
  readonly shopId: number;
  /** ISO 3166-1 alpha-2 of the active countries, and of the shop's own (empty when it has none). */
  readonly countries: readonly string[];
  readonly defaultCountry: string;
  /** Units of each currency for one unit of the default one, as decimal text, by ISO 4217 code. */
  readonly rates: ReadonlyMap<string, string>;
  /** Items whose stock row is missing, which counts as 0, the first of them; left out where that is not known. */
  readonly withoutStock?: {
    readonly items: number;
    readonly examples: readonly { readonly productId: number; readonly combinationId: number }[];
  };
}

/** One PrestaShop installation with the contexts that the settings name. */
export interface Shop {
  readonly shopIds: readonly number[];
  /** What is unsafe about the way it is reached, a sentence; left out when nothing is. */
  readonly caution?: string;
  catalogue(shopId: number): Catalogue;
  /** Connects, reads the columns, and says what is wrong with the first thing that is missing. */
  check(): Promise<void>;
  /** Looks at the connection, the rights and the contexts. @throws what `check` throws */
  survey(): Promise<ShopSurvey>;
  close(): Promise<void>;
}
