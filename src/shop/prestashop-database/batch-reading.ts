import type { KeyExtent } from './key-extent.js';
import type { ProductRange } from './product-range.js';
import type { ShopIdentity, ShopReading } from './shop-identity.js';

/** One batch's reading: a transaction, one shop context, some products. */
export interface BatchReading extends ShopReading {
  readonly shop: ShopIdentity;
  readonly products: ProductRange;
  readonly extents: BatchExtents;
}

/** Where the batch's rows lie in the two largest tables. */
export interface BatchExtents {
  readonly combinations: KeyExtent;
  readonly stock: KeyExtent;
}
