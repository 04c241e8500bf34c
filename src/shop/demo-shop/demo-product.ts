import type { BrandName, SupplierCode } from './words/brands.js';
import type { Localized } from './words/localized.js';

/** A product of the demo shop before it is spread over PrestaShop's tables. Amounts are EUR, tax excluded, six decimals. */
export interface DemoProduct {
  /** "KNIFE-01", or the name of the oddity that it shows. Never changes; the tables do not contain it. */
  readonly key: string;
  readonly reference: string;
  readonly ean13: string;
  readonly upc: string;
  readonly mpn: string;
  readonly brand: BrandName | null;
  readonly supplier: SupplierCode;
  /** Key of a category; null = only in *Home*. */
  readonly category: string | null;
  readonly tax: 'standard' | 'books';
  readonly name: Localized;
  readonly description: Localized;
  readonly shortDescription: Localized;
  /** Comma separated. */
  readonly tags: Localized;
  readonly price: string;
  readonly cost: string;
  readonly ecotax: string;
  readonly weightKg: string;
  readonly draft: boolean;
  readonly active: boolean;
  readonly availableForOrder: boolean;
  readonly virtual: boolean;
  readonly visibility: 'both' | 'catalog' | 'search' | 'none';
  readonly condition: string;
  readonly minimalQuantity: number;
  /** Days from the seeding day; null = no date announced. */
  readonly availableInDays: number | null;
  /** 0 refuses orders at stock 0, 1 accepts them, 2 follows the shop. */
  readonly outOfStock: 0 | 1 | 2;
  /** Shop contexts that sell it. */
  readonly shops: readonly number[];
  /** Of a simple product; null = no stock row at all. */
  readonly stock: number | null;
  /** Figures in rows of the shared-stock form, which nothing may read here; null = no such rows. */
  readonly staleStock: number | null;
  readonly combinations: readonly DemoCombination[];
  /** Keys of simple products and how many of each one pack holds. */
  readonly packOf: readonly { readonly key: string; readonly quantity: number }[];
  /** How many pictures it has beside those of its colours. */
  readonly pictures: number;
  /** Shops that show the pictures; usually the same as `shops`. */
  readonly pictureShops: readonly number[];
}

/** One combination; price and weight are added to the product's, codes are its own. */
export interface DemoCombination {
  readonly values: readonly { readonly group: string; readonly code: string }[];
  readonly reference: string;
  readonly ean13: string;
  readonly upc: string;
  readonly mpn: string;
  readonly priceImpact: string;
  readonly weightImpactKg: string;
  readonly minimalQuantity: number;
  readonly availableInDays: number | null;
  readonly shops: readonly number[];
  readonly stock: number;
}
