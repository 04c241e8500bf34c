import type { BrandName, SupplierCode } from '../words/brands.js';
import type { Localized } from '../words/localized.js';
import type { MaterialKey, OriginKey } from '../words/materials.js';

/** A kind of thing the shop sells; its models become the products. */
export interface ProductFamily {
  /** Starts every reference: "KNIFE" gives KNIFE-01, KNIFE-02 … in the order of the models. At most 8 characters. */
  readonly code: string;
  /** Key of a category in `demoCategories`. */
  readonly category: string;
  /** Which tax rules apply; default standard. */
  readonly tax?: 'books';
  readonly supplier: SupplierCode;
  readonly material: MaterialKey;
  readonly origin: OriginKey;
  readonly weightKg: string;
  /** Environmental tax, tax excluded, EUR: what the country's recycling scheme asks for one piece. */
  readonly ecotax?: string;
  readonly name: Localized;
  /** One or two sentences that sell it. */
  readonly pitch: Localized;
  /** Comma separated. */
  readonly tags: Localized;
  /** Group key → value codes; every mix of them is one combination. Left out: a simple product. */
  readonly options?: Readonly<Record<string, readonly string[]>>;
  /** Value code → what it adds to the price, tax excluded, EUR; may be negative. */
  readonly impacts?: Readonly<Record<string, string>>;
  readonly models: readonly ProductModel[];
}

/** One product of a family: an invented series name, its maker, its price. */
export type ProductModel = readonly [series: string, brand: BrandName, priceTaxExcl: string];
